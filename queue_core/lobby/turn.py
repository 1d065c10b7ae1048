"""One command or one read under way: the connection, the moment, who acts, and the events that it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, bindparam, func, insert, select, text, update

from queue_core.errors import RequestReused, UnknownSite
from queue_core.events import Actor, EventKind
from queue_core.ids import NewId, RandomBytes
from queue_core.lobby.catalogue import SiteCatalogue
from queue_core.lobby.pasts import Pasts
from queue_core.lobby.tables import COUNTER, EVENT, PAST_WAIT, SITE, TICKET
from queue_core.models import AWAY
from queue_core.store.highwater import Reached
from queue_core.views import TicketView

Answer = TypeVar("Answer")

_THIS_SITE = SITE.c.site_id == bindparam("site")
_LOOKING = (
    *(
        SITE.c[name]
        for name in (
            "event_seq",
            "catalogue_revision",
            "max_business_date",
            "last_event_at",
            "clock_accepts",
            "epoch",
            "epoch_day",
            "origin",
        )
    ),
    select(func.max(PAST_WAIT.c.seq))
    .where(PAST_WAIT.c.site_id == bindparam("site"))
    .scalar_subquery()
    .label("taught"),
)
_TURNING = (
    select(func.min(TICKET.c.held_until))
    .where(TICKET.c.site_id == bindparam("site"), text(f"ticket.{AWAY}"))
    .scalar_subquery()
    .label("first_due"),
    select(EVENT.c.seq)
    .where(EVENT.c.site_id == bindparam("site"), EVENT.c.request_id == bindparam("request"))
    .scalar_subquery()
    .label("answered"),
)
_LOOK_ROW = select(*_LOOKING).where(_THIS_SITE)
_TURN_ROW = select(*_LOOKING, *_TURNING).where(_THIS_SITE)
_INSERT_EVENTS = insert(EVENT)
_RAISE_SEQ = (
    update(SITE)
    .where(SITE.c.site_id == bindparam("site"))
    .values(
        event_seq=bindparam("seq"), max_business_date=bindparam("day"), last_event_at=bindparam("happened")
    )
)
_RAISE_SEQ_ONLY = update(SITE).where(SITE.c.site_id == bindparam("site")).values(event_seq=bindparam("seq"))
_TOUCH = (
    update(COUNTER)
    .where(COUNTER.c.site_id == bindparam("site"), COUNTER.c.number == bindparam("counter"))
    .values(last_action_at=bindparam("now"))
)
_EARLIER = select(EVENT).where(EVENT.c.site_id == bindparam("site"), EVENT.c.seq == bindparam("answered"))


@dataclass(frozen=True, slots=True)
class Look:
    """A read under way: one moment of one site."""

    connection: Connection
    site: str
    catalogue: SiteCatalogue
    now: datetime
    today: date
    seq: int
    taught: int  # the seq at which a wait taught something last
    pasts: Pasts
    clock_fault: str = ""  # why the clock cannot be right, see clockwork.Fault
    set_back_to: str = ""  # with what today's numbers begin since the store was set back, see `set_back_to`


@dataclass(slots=True)
class Turn:
    """A command under way. What it changes it does on `connection`; what it did it says by `emit`."""

    connection: Connection
    site: str
    catalogue: SiteCatalogue
    now: datetime
    today: date
    last_day: date | None  # the latest business day that the site has seen
    seq: int
    taught: int  # the seq at which a wait taught something last
    pasts: Pasts
    origin: str  # of the numbers given out now, see `origin_of`
    by: Actor
    make_id: NewId
    random_bytes: RandomBytes
    epoch: int = 1  # how often the store was set back; 1: never
    clock_fault: str = ""  # why the clock cannot be right; empty: it may be
    command: str = ""
    request_id: str | None = None
    answered: int | None = None  # the event that answered this very request before
    quiet: bool = False  # True: what was written stands though no event tells of it, such as a heartbeat
    standing: dict[int, Row[Any] | None] = field(default_factory=dict)  # by counter, just read
    states: dict[int, str] = field(
        default_factory=dict
    )  # of counters, where they were read with who stands there
    afterwards: list[Callable[[], None]] = field(default_factory=list)  # see `check_later`
    touched: set[int] = field(default_factory=set)  # counters at which somebody has worked
    before: dict[str, Row[Any]] = field(default_factory=dict)  # tickets as they were before this command
    moved: dict[str, set[str]] = field(default_factory=dict)  # the columns of these that it has set
    passed: list[str] = field(default_factory=list)  # tickets past which somebody was called by preference
    lent: dict[str, int] = field(
        default_factory=dict
    )  # tickets to what a ratio owes them more (or less) by this call
    shares: dict[str, int] | None = (
        None  # what the counter remembered of its shares before this call; None: it did not change
    )
    _events: list[dict[str, object]] = field(default_factory=list)
    _retold: list[dict[str, object]] = field(default_factory=list)

    def new_id(self) -> str:
        """Return an id for something that begins now."""
        return self.make_id(self.now)

    def check_later(self, check: Callable[[], None]) -> None:
        """Look at what a statement has changed when all have left, before the commit: so nobody waits for each of them."""
        self.afterwards.append(check)

    def emit(
        self,
        kind: EventKind,
        ticket: Row[Any] | TicketView | None = None,
        *,
        counter: int | None = None,
        answers: bool = False,
        **data: object,
    ) -> None:
        """Say what happened; of a visit with several legs also at which step.

        Exactly one event of a command `answers` it and keeps its request_id.
        """
        if ticket is not None and getattr(ticket, "legs", 1) > 1:  # a slip's row knows no legs
            data = {"leg": ticket.leg, "legs": ticket.legs, **data}
        asked = answers and self.request_id is not None
        self._events.append(
            {
                "site_id": self.site,
                "seq": self.last_seq + 1,
                "at": self.now,
                "kind": kind,
                "label": "" if ticket is None else ticket.label,
                "visit_id": None if ticket is None else ticket.visit_id,
                "ticket_id": None if ticket is None else ticket.ticket_id,
                "service": "" if ticket is None else ticket.service,
                "counter": counter,
                "staff": self.by.staff,
                "machine": self.by.machine,
                "data": data,
                "request_id": self.request_id if asked else None,
                "command": self.command if asked else None,
            }
        )

    @property
    def last_seq(self) -> int:
        """The number of the last event so far."""
        return self.seq + len(self._events) + len(self._retold)

    def retell(self, event: Mapping[str, object]) -> None:
        """Say what happened in another store, under a number of this one; `event` has all other columns of an event."""
        self._retold.append({"site_id": self.site, "seq": self.last_seq + 1, **event})

    def happened(self) -> list[tuple[str, str]]:
        """Kind and ticket of what was said of tickets so far, in order."""
        return [(str(each["kind"]), str(each["ticket_id"])) for each in self._events if each["ticket_id"]]

    @contextmanager
    def unasked(self) -> Iterator[None]:
        """What is said meanwhile answers nobody: it is a part of the command, not its answer."""
        asked, self.request_id = self.request_id, None
        yield
        self.request_id = asked

    def answer_last(self) -> None:
        """Let the last event, whatever it was, keep the request_id: the command found nothing that answers better."""
        if self._events and self.request_id is not None:
            self._events[-1].update(request_id=self.request_id, command=self.command)

    def once(self, do: Callable[[], Answer], again: Callable[[Turn, Row[Any]], Answer]) -> Answer:
        """Do a command, or give its earlier answer again when this very request was answered before.

        Raises: RequestReused when it was another command that answered it.
        """
        earlier = self.earlier_answer()
        return do() if earlier is None else again(self, earlier)

    def earlier_answer(self) -> Row[Any] | None:
        """Return the event that answered this request before, if any. Raises RequestReused."""
        if self.answered is None:
            return None
        values = {"site": self.site, "answered": self.answered}
        event = self.connection.execute(_EARLIER, values).one()
        if event.command != self.command:
            raise RequestReused(request_id=self.request_id, command=event.command)
        return event

    def finish(self) -> Reached | None:
        """Write the events and return how far they bring the site; take everything back when nothing happened."""
        if not (self._events or self._retold):
            if not self.quiet:
                self.connection.rollback()
            return None
        for number in self.touched:
            self.connection.execute(_TOUCH, {"site": self.site, "counter": number, "now": self.now})
        for told in filter(None, (self._events, self._retold)):
            self.connection.execute(_INSERT_EVENTS, told if len(told) > 1 else told[0])
        seq = self.last_seq
        if self.clock_fault:  # what a wrong clock shows must not become what later times are measured by
            self.connection.execute(_RAISE_SEQ_ONLY, {"site": self.site, "seq": seq})
        else:
            day = max(self.today, self.last_day or self.today)
            values = {"site": self.site, "seq": seq, "day": day, "happened": self.now}
            self.connection.execute(_RAISE_SEQ, values)
        for check in self.afterwards:
            check()
        return Reached(seq, self.today, self.epoch)


def look_row(connection: Connection, site: str) -> Row[Any]:
    """Return the site's sequence, revision and day. Raises UnknownSite."""
    return _of_site(connection.execute(_LOOK_ROW, {"site": site}).one_or_none(), site)


def turn_row(connection: Connection, site: str, request_id: str | None) -> Row[Any]:
    """Return the same, when the first visitor on hold is due, and what answered the request before. Raises UnknownSite."""
    keys = {"site": site, "request": request_id}
    return _of_site(connection.execute(_TURN_ROW, keys).one_or_none(), site)


def _of_site(row: Any, site: str) -> Row[Any]:
    if row is None:
        raise UnknownSite(site=site)
    found: Row[Any] = row
    return found


def origin_of(site: Row[Any], today: date) -> str:
    """Return the origin of the numbers given out now: a kiosk's own store has one, such as `K2`.

    The site's own have none, but `E2` on the day on which a copy was put back.

    What was given out between the copy and the loss is on paper though the store does not know it; a series of its own
    keeps new numbers apart from those.
    """
    return str(site.origin) or set_back_to(site, today)


def set_back_to(site: Row[Any], today: date) -> str:
    """Return with what the site's own numbers begin on the day on which its store was set back; else nothing."""
    return origin(site.epoch) if site.epoch_day == today else ""


def origin(epoch: int) -> str:
    """Return the origin of an epoch's numbers."""
    return f"E{epoch}"


def business_day_of(catalogue: SiteCatalogue, now: datetime) -> date:
    """Return the site's day that a moment belongs to."""
    return catalogue.days.at(now).date
