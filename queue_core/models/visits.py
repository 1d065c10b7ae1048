"""The tables of people waiting, and of all that happened."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field

from queue_core.lifecycle import AT_COUNTER, Status
from queue_core.models.base import Base, Json, id_key, json_column, one_of, partial, quoted, site_key, table

WAITING = f"status = '{Status.WAITING}'"
KEPT = "token <> visit_id"
"""A token that can still be typed; one that was erased is the visit's own id, which no link can hold."""
AWAY = f"status = '{Status.HELD}'"
STANDING = f"status IN ({quoted(tuple(sorted(AT_COUNTER)))})"


class NumberSeries(Base, table=True):
    """A line of numbers. A new day is a new row; nothing is ever reset."""

    __tablename__ = "number_series"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    prefix: str = Field(primary_key=True, max_length=4)
    origin: str = Field(primary_key=True, max_length=4)
    business_date: date = Field(primary_key=True)
    last: int


class Visit(Base, table=True):
    """One person's stay: the number on the paper. `legs` counts the waits done and planned."""

    __tablename__ = "visit"
    __table_args__ = table(
        UniqueConstraint("site_id", "prefix", "origin", "business_date", "number", name="uq_visit_number"),
        UniqueConstraint("site_id", "business_date", "token", name="uq_visit_token"),
        Index("ix_visit_label", "site_id", "business_date", "label"),
        partial("ix_visit_token_kept", "site_id", "business_date", "visit_id", where=KEPT),
        ForeignKeyConstraint(["site_id"], ["site.site_id"]),
    )
    site_id: str = site_key()
    visit_id: str = id_key()
    business_date: date
    prefix: str = Field(max_length=4)
    origin: str = Field(default="", max_length=4)
    number: int
    label: str = Field(max_length=20)
    token: str = Field(max_length=32)
    language: str = Field(max_length=2)
    priority: bool
    journey: str = Field(default="", max_length=31)
    machine: str = Field(default="", max_length=32)
    legs: int = 1
    arrived_at: datetime
    left_at: datetime | None = None
    stepped_back: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # how often it let others go first
    rated: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}
    )  # said how it was; not what
    note: str = Field(
        default="", max_length=120, sa_column_kwargs={"server_default": text("''")}
    )  # for colleagues, without personal data


class VisitLeg(Base, table=True):
    """A step that a journey plans: `planned` until its ticket is made, then `begun`; `dropped` when it will not happen.

    Steps of one `stage` are free among themselves. `reason` tells why one was dropped, as journeys.Gone does. The `leg` of
    what has begun is its ticket's; planned ones follow in their order, dropped ones after them.
    """

    __tablename__ = "visit_leg"
    __table_args__ = table(
        one_of("state", ("planned", "begun", "dropped")),
        ForeignKeyConstraint(["site_id", "visit_id"], ["visit.site_id", "visit.visit_id"]),
    )
    site_id: str = site_key()
    visit_id: str = id_key()
    leg: int = Field(primary_key=True)
    service: str = Field(max_length=36)
    optional: bool
    state: str = Field(default="planned", max_length=8)
    stage: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    reason: str = Field(default="", max_length=8, sa_column_kwargs={"server_default": text("''")})


class Ticket(Base, table=True):
    """One wait for one service. `passed` counts people called past it by preference since it is late at the head."""

    __tablename__ = "ticket"
    __table_args__ = table(
        one_of("status", tuple(Status)),
        UniqueConstraint("site_id", "visit_id", "leg", name="uq_ticket_leg"),
        ForeignKeyConstraint(["site_id", "visit_id"], ["visit.site_id", "visit.visit_id"]),
        Index("ix_ticket_day", "site_id", "business_date", "service"),
        partial(
            "ix_ticket_waiting",
            *("site_id", "business_date", "service", "priority", "waiting_since", "ticket_id"),
            where=WAITING,
        ),
        partial("ix_ticket_away", "site_id", "held_until", where=AWAY),
        partial("uq_ticket_standing", "site_id", "counter", where=STANDING, unique=True),
    )
    site_id: str = site_key()
    ticket_id: str = id_key()
    visit_id: str = Field(max_length=32)
    leg: int
    business_date: date
    agency: str = Field(max_length=4)
    service: str = Field(max_length=36)
    status: str = Field(max_length=12)
    priority: bool
    waiting_since: datetime
    due_at: datetime
    called_at: datetime | None = None  # the first call: where the wait ends
    last_called_at: datetime | None = None  # the newest call, recall or resumption: where the board sorts
    started_at: datetime | None = None
    finished_at: datetime | None = None
    calls: int = 0
    passed: int = 0
    owed: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # what a ratio of priority and regular visitors owes it
    counter: int | None = None
    staff: str = Field(default="", max_length=64)
    note: str = ""  # why it is on hold, or why it came to nothing
    held_until: datetime | None = None  # a ticket on hold is back in line from then on
    aimed: int | None = None  # the counter that shall call it, as long as somebody sits there
    restored: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # how often it was put back in line
    wait_low: int | None = None  # the announced wait in minutes, kept to be compared with the real one
    wait_high: int | None = None
    place: int | None = (
        None  # waiting.Present.place then; None: nobody served this line, or the line was left and rejoined
    )
    credit: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # seconds by which `waiting_since` lies before the joining of this line, see queue_core.journeys


class Event(Base, table=True):
    """One change, in the past tense. `command` names the verb whose answer this row is, with its `request_id`."""

    __tablename__ = "event"
    __table_args__ = table(
        ForeignKeyConstraint(["site_id"], ["site.site_id"]),
        Index("ix_event_at", "site_id", "at"),
        partial("ix_event_visit", "site_id", "visit_id", where="visit_id IS NOT NULL"),
        partial("uq_event_request", "site_id", "request_id", where="request_id IS NOT NULL", unique=True),
        partial(
            "uq_event_source", "site_id", "source", "source_seq", where="source IS NOT NULL", unique=True
        ),
    )
    site_id: str = site_key()
    seq: int = Field(primary_key=True)
    at: datetime
    kind: str = Field(max_length=24)
    label: str = Field(default="", max_length=20)
    visit_id: str | None = Field(default=None, max_length=32)
    ticket_id: str | None = Field(default=None, max_length=32)
    service: str = Field(default="", max_length=36)
    counter: int | None = None
    staff: str = Field(default="", max_length=64)
    machine: str = Field(default="", max_length=32)
    data: Json = json_column()
    request_id: str | None = Field(default=None, max_length=64)
    command: str | None = Field(default=None, max_length=24)
    source: str | None = Field(default=None, max_length=32)  # the store that told of it first, if another
    source_seq: int | None = None  # its number there
