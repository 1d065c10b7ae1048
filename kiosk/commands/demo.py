"""`kiosk demo`: one visit from the touch to done, without screens, told in plain words."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import NotDone
from kiosk.commands.log import start_log
from kiosk.commands.output import answer
from kiosk.commands.sentences import spoken
from kiosk.commands.session import Session
from kiosk.commands.shapes import issued_shape, ticket_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings import Settings
    from kiosk.wiring import House
    from queue_core import Lobby
    from queue_core.views import CounterSummary, TicketView

Here = Annotated[bool, typer.Option("--here", help=HELP("cli.option.here"))]

PAPER_SECONDS = 30.0


def register(app: typer.Typer) -> None:
    """Add this verb to the app."""
    command(app, "demo", "practice")(demo)


def demo(session: Session, *, here: Here = False) -> None:
    """Play one visit in a store of its own, or with `--here` in the configured one."""
    start_log(session)
    with _store(session, here=here) as (house, settings):
        lobby = house.lobby(session.site)
        seat = _free_counter(lobby)
        service = next(iter(seat.services))
        _say(
            session,
            "cli.demo.begin",
            site=session.words.pick(session.section.name),
            where=str(house.store.url),
        )
        lobby.open_counter(seat.id, by=session.by)
        _say(session, "cli.counter_opened", counter=seat.id)
        issued = lobby.issue(
            service,
            request_id=session.request_id,
            language=session.words.language,
            printer=session.printer,
            by=session.by,
        )
        shape = issued_shape(issued, settings.web.public_url)
        answer(session, shape, session.words("cli.demo.issued", **spoken(issued.ticket, session.words)))
        _paper(session, lobby, settings)
        _serve(session, lobby, seat.id, issued.ticket.label)


@contextmanager
def _store(session: Session, *, here: bool) -> Iterator[tuple[House, Settings]]:
    """Give the configured store, or one that is gone afterwards; paper is always drawn, never printed."""
    from kiosk.wiring import make_if_absent, open_house

    settings = session.settings
    drawn = settings.printer.model_copy(update={"device": "preview", "path": ""})
    settings = settings.model_copy(update={"printer": drawn})
    with tempfile.TemporaryDirectory(prefix="kiosk-demo-") as folder:
        if not here:
            store = settings.store.model_copy(update={"url": f"sqlite:///{Path(folder) / 'demo.db'}"})
            settings = settings.model_copy(update={"store": store})
        with open_house(settings, session.place, ready=here) as house:
            if not here:
                make_if_absent(house, settings, session.by)
            yield house, settings


def _free_counter(lobby: Lobby) -> CounterSummary:
    """Return a closed counter whose first service is open now."""
    offer = lobby.offer()
    open_now = {each.id for agency in offer.agencies for each in agency.services if each.opening.open}
    for seat in lobby.queues().counters:
        if seat.state == "closed" and seat.current is None and seat.services and seat.services[0] in open_now:
            return seat
    raise NotDone(says="cli.no_free_counter", site=offer.site.id)


def _paper(session: Session, lobby: Lobby, settings: Settings) -> None:
    """Draw the slip that a printer would print, and show it as text."""
    from kiosk.wiring import build_spool

    worker, device = build_spool(lobby, settings, session.place)
    worker.drain(PAPER_SECONDS)
    files: list[Path] = getattr(device, "files", [])
    pictures = [file for file in files if file.suffix == ".png"]
    if not pictures:
        raise NotDone(says="cli.demo.no_paper")
    text = pictures[-1].with_suffix(".txt").read_text(encoding="utf-8").rstrip()
    framed = "\n".join(f"    | {row}" for row in text.splitlines())
    shape = {"paper": str(pictures[-1]), "text": text}
    answer(session, shape, f"{session.words('cli.demo.paper', path=pictures[-1])}\n\n{framed}\n")


def _serve(session: Session, lobby: Lobby, counter: str, label: str) -> None:
    _tell(session, lobby.call(counter, label, by=session.by), "cli.called")
    _tell(session, lobby.start(counter, by=session.by), "cli.started")
    _tell(session, lobby.complete(counter, by=session.by), "cli.completed")
    lobby.close_counter(counter, by=session.by)
    _say(session, "cli.demo.end")


def _tell(session: Session, ticket: TicketView, key: str) -> None:
    answer(session, ticket_shape(ticket), session.words(key, **spoken(ticket, session.words)))


def _say(session: Session, key: str, **data: object) -> None:
    if not session.json:
        print(session.words(key, **data), flush=True)
