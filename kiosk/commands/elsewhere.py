"""What `kiosk check` says of the stores beside this one: a kiosk's own, the mall's, and those whose rows come here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.commands.sentences import refusal
from kiosk.shared.dates import long_moment
from queue_core.errors import QueueError, UnknownSite

if TYPE_CHECKING:
    from kiosk.commands.session import Session
    from kiosk.wiring import House
    from queue_core import Lobby

LONG = timedelta(days=1)
"""What was not sent for longer than this is worth going to look at the cable."""

Said = tuple[bool, str]
"""Whether it is good, and the sentence."""


def findings(session: Session, *, whole: bool, away: bool = False) -> Iterator[Said]:
    """Look at each; with `whole`, at every row of a kiosk's own store too; at that one only while this store is `away`."""
    from kiosk.wiring import build_local

    try:
        if local := build_local(session.settings, session.place):
            with closing(local.store):
                yield from _own(session, local, whole=whole)
        if away:
            return
        if session.settings.store.upstream:
            yield _unsent(session, session.lobby, session.house.clock())
        yield from _arriving(session)
    except UnknownSite:
        return  # the store may hold other sites than the file; who looks at the site itself says so
    except QueueError as error:
        yield False, refusal(session, error)


def _own(session: Session, local: House, *, whole: bool) -> Iterator[Said]:
    lobby, words = local.lobby(session.site), session.words
    try:
        yield _unsent(session, lobby, local.clock())
        flaws = [words("cli.flaw.engine", detail=each) for each in local.store.flaws()] if whole else []
        flaws += [
            words(f"cli.flaw.{each.kind}", where=f"{session.site} {each.where}", detail=each.detail)
            for each in (lobby.flaws() if whole else ())
        ]
    except UnknownSite:
        yield True, words("cli.check.local_new", file=session.settings.store.local)
        return
    yield from ((False, sentence) for sentence in flaws)
    if whole and not flaws:
        yield True, words("cli.check.store_sound", store=str(local.store.url))


def _unsent(session: Session, lobby: Lobby, now: datetime) -> Said:
    status, words = lobby.sync_status(), session.words
    met = _moment(session, status.last_contact)
    if not status.unsent:
        return True, words("cli.check.all_sent", origin=status.origin or session.site, at=met)
    oldest = status.oldest
    fresh = oldest is not None and now - oldest < LONG
    data = {"origin": status.origin or session.site, "count": status.unsent, "at": met}
    return fresh, words("cli.check.unsent", oldest=_moment(session, oldest), **data)


def _arriving(session: Session) -> Iterator[Said]:
    for each in session.lobby.sources():
        data = {"origin": each.origin or session.site, "machine": each.machine}
        key = "cli.check.source_missing" if each.missing else "cli.check.source"
        met = _moment(session, each.last_contact)
        yield True, session.words(key, at=met, count=each.missing, **data)


def _moment(session: Session, at: datetime | None) -> str:
    if at is None:
        return "-"
    return long_moment(at, session.section.time_zone, session.words.language)
