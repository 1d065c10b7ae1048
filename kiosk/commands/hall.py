"""What is going on: queues, the hall's board, one ticket, and every change as it happens."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import Misused
from kiosk.commands.names import LabelName
from kiosk.commands.output import answer, table
from kiosk.commands.sentences import status_sentence
from kiosk.commands.session import Session
from kiosk.commands.shapes import call_shape, event_shape, queue_shape, story_shape
from kiosk.shared.clock import clock_seconds, clock_time, duration

if TYPE_CHECKING:
    from queue_core.views import EventView, QueueView, TicketStory

After = Annotated[int | None, typer.Option("--after", metavar="N", min=0, help=HELP("cli.option.after"))]
Follow = Annotated[bool, typer.Option("--follow", help=HELP("cli.option.follow"))]
Zone = Annotated[list[str] | None, typer.Option("--zone", metavar="CODE", help=HELP("cli.option.zone"))]
Once = Annotated[bool, typer.Option("--once", help=HELP("cli.option.board_once"))]

LOOK_AGAIN = 3.0
"""Seconds after which a follower reads although nothing was heard."""

_SHOWN, _LOOKED_AT = 5, 50
"""Calls of a board, and how many are looked through for those of a zone."""


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    command(app, "queues", "hall")(queues)
    command(app, "board", "hall")(board)
    command(app, "ticket", "hall")(ticket)
    command(app, "events", "hall")(events)


def queues(session: Session) -> None:
    """Show each service's line and its day so far."""
    overview = session.lobby.queues()
    words = session.words
    keys = (
        "service",
        "name",
        "waiting",
        "serving",
        "longest",
        "average",
        "over",
        "counters",
        "issued",
        "completed",
    )
    table(
        session,
        [words(f"cli.head.{key}") for key in keys],
        [queue_shape(queue) for queue in overview.queues],
        [_queue_row(session, queue) for queue in overview.queues],
    )


def _queue_row(session: Session, queue: QueueView) -> list[str]:
    words = session.words
    return [
        queue.service,
        words.pick(queue.service_names),
        str(queue.waiting),
        str(queue.serving),
        duration(timedelta(seconds=queue.longest_wait), words),
        duration(timedelta(seconds=queue.average_wait), words),
        str(queue.over_limit),
        str(queue.open_counters),
        str(queue.issued),
        str(queue.completed),
    ]


def board(session: Session, *, once: Once = False, zone: Zone = None) -> None:
    """Open the hall's board; with `--once` print the newest calls, and where no terminal is, also after every change."""
    codes = _zone(session, zone)
    if once:
        _print_board(session, codes)
    elif session.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        _follow(session, -1, lambda seen: _print_board(session, codes, seen))
    else:
        from kiosk.commands.screens import open_board

        open_board(session, codes)


def _zone(session: Session, typed: list[str] | None) -> frozenset[str]:
    """The agencies that were named, else those of the settings; empty for all."""
    if typed is None:
        return frozenset(session.settings.board.zone)
    known = [agency.code for agency in session.settings.agency]
    codes = [code.strip().upper() for each in typed for code in each.split(",")]
    for code in codes:
        if code not in known:
            raise Misused(says="cli.unknown_agency", value=code, known=", ".join(known))
    return frozenset(codes)


def _print_board(session: Session, zone: frozenset[str], seen: int = -1) -> int:
    view = session.lobby.board(_SHOWN if not zone else _LOOKED_AT)
    if view.seq == seen:
        return seen
    words = session.words
    calls = [call for call in view.calls if not zone or call.agency in zone][:_SHOWN]
    rows = [
        [call.label, call.counter, words.pick(call.agency_names), clock_time(call.called_at, session.zone)]
        for call in calls
    ]
    if rows or session.json:
        head = [words(f"cli.head.{key}") for key in ("label", "counter", "agency", "called")]
        table(session, head, [call_shape(call) for call in calls], rows)
    else:
        print(words("cli.board_empty", waiting=view.waiting), flush=True)
    if view.notice is not None and not session.json:
        print(f"» {' / '.join(view.notice.texts.values())}", flush=True)
    return view.seq


def _follow(session: Session, seen: int, show: Callable[[int], int]) -> None:
    """Show what came after `seen`, and again after every change, until stopped."""
    feed = session.house.feed()
    try:
        while True:
            seen = show(seen)
            feed.wait(LOOK_AGAIN)
    finally:
        feed.close()


def ticket(session: Session, label: LabelName) -> None:
    """Tell the whole story of a number."""
    story = session.lobby.ticket_story(label)
    answer(session, story_shape(story, session.settings.web.public_url), "\n".join(_story(session, story)))


def _story(session: Session, story: TicketStory) -> Iterable[str]:
    from kiosk.shared.telling import Telling

    words = session.words
    for leg in story.tickets:
        yield status_sentence(leg, words)
    telling = Telling(
        {leg.service: words.pick(leg.service_names) for leg in story.tickets}, words, session.zone
    )
    for event in story.events:
        details = telling.details(event)
        yield "  " + _event_line(session, event) + (f"  ({details})" if details else "")


def events(session: Session, *, after: After = None, follow: Follow = False) -> None:
    """Print every change after a number; with `--follow`, go on until stopped, by default from now."""
    if follow:
        seen = session.lobby.board().seq if after is None else after
        _follow(session, seen, lambda seen: _print_events(session, seen))
    else:
        _print_events(session, after or 0)


def _print_events(session: Session, seen: int) -> int:
    """Print all that came after `seen`; return the newest number."""
    while page := session.lobby.events_after(seen):
        for event in page:
            answer(session, event_shape(event), _event_line(session, event))
        seen = page[-1].seq
    return seen


def _event_line(session: Session, event: EventView) -> str:
    words = session.words
    parts = [
        clock_seconds(event.at, session.zone),
        words(f"cli.event.{event.kind}"),
        event.label,
        event.service or str(event.data.get("target", "")),
        words("cli.event_counter", counter=event.counter) if event.counter else "",
        event.staff,
        *(str(event.data[key]) for key in ("alert", "subject", "verb") if event.data.get(key)),
    ]
    return f"{event.seq:>6}  " + "  ".join(part for part in parts if part)
