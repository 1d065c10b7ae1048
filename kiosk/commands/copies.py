"""Copies of the store: made and proved while everybody works, and put back when the store was lost."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import Misused
from kiosk.commands.output import answer
from kiosk.commands.session import Session
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from queue_core import Copy

_log = logging.getLogger(__name__)

Folder = Annotated[Path | None, typer.Option("--to", metavar="FOLDER", help=HELP("cli.option.copies"))]
Yes = Annotated[bool, typer.Option("--yes", help=HELP("cli.option.yes"))]


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    command(app, "backup", "store")(backup)
    command(app, "restore-copy", "store")(restore_copy)
    command(app, "new-series", "store")(new_series)


def backup(session: Session, to: Folder = None) -> None:
    """Copy the store while it is in use, read the copy through, and remove the oldest ones."""
    from kiosk.wiring import now
    from queue_core import forget_old_copies, make_copy

    folder = to or session.place.base / session.settings.store.copies
    copy = make_copy(session.house.store, folder, now())
    _say_made(session)
    gone = forget_old_copies(folder, session.settings.store.keep_copies)
    shape = {"copy": str(copy.path), "bytes": copy.bytes, "version": copy.revision, "removed": len(gone)}
    answer(session, shape, copied(session, copy))


def _say_made(session: Session) -> None:
    """Let supervisors know when no copy was made for long. The copy is good also when this cannot be said now."""
    from queue_core import site_ids
    from queue_core.alerts import COPIES

    try:
        for site in site_ids(session.house.store):
            session.house.lobby(site).beat(f"{COPIES}{session.settings.machine.id}")
    except QueueError as error:
        _log.warning("could not say that a copy was made: %s", error)


def copied(session: Session, copy: Copy) -> str:
    """Return the sentence about a copy that was made."""
    return session.words("cli.copied", path=copy.path, size=max(1, copy.bytes // 1024))


def restore_copy(
    session: Session,
    copy: Annotated[Path, typer.Argument(metavar="COPY", help=HELP("cli.argument.copy"))],
    yes: Yes = False,
) -> None:
    """Put a copy in the place of the store. Nothing is thrown away, and no number is given out a second time."""
    from kiosk.wiring import begin_epochs, build_house, now
    from queue_core import put_back

    if not yes:
        _ask(session, copy)
    house = build_house(session.settings, session.place)
    session.at_end(house.store.close)
    old = put_back(house.store, copy, now(), lambda store, before: begin_epochs(store, session.by, before))
    shape = {"store": str(house.store.url), "copy": str(copy), "old": str(old or "")}
    sentence = session.words("cli.put_back", copy=copy)
    answer(session, shape, f"{sentence} {session.words('cli.old_store', path=old)}" if old else sentence)


def new_series(session: Session) -> None:
    """After a standby took over that had not heard all: what it does not know is on paper and must not come twice."""
    from kiosk.wiring import begin_epochs

    begin_epochs(session.house.store, session.by)
    answer(session, {"store": str(session.house.store.url)}, session.words("cli.series_begun"))


def _ask(session: Session, copy: Path) -> None:
    if not sys.stdin.isatty():
        raise Misused(says="cli.restore_needs_yes")
    where = session.settings.store.url.rpartition("@")[2]
    if not typer.confirm(session.words("cli.ask_put_back", copy=copy, store=where)):
        raise typer.Abort
