"""The tables of what a site offers and who works there."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKeyConstraint, text
from sqlmodel import Field

from queue_core.models.base import Base, Json, json_column, one_of, site_key, table


class CounterState(StrEnum):
    """Whether staff take visitors at a counter. The value is what is stored; never rename one."""

    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


class Site(Base, table=True):
    """One place. Its row is also the turnstile: who changes anything at the site holds it, and raises `event_seq`."""

    __tablename__ = "site"
    __table_args__ = table(one_of("kind", ("hall", "outreach")))
    site_id: str = site_key()
    position: int
    names: Json = json_column()
    kind: str = Field(max_length=8)
    motto: str
    address: str
    time_zone: str
    day_starts: str = Field(max_length=5)
    languages: Json = json_column()
    hours: Json = json_column(nullable=True)
    desk: Json = json_column(nullable=True)
    alerts: Json = json_column(nullable=True)
    opening: Json = json_column(nullable=True)
    policy: Json = json_column(nullable=True)  # whose turn it is; NULL: the default
    active: bool = True
    catalogue_revision: int = 0
    event_seq: int = 0
    max_business_date: date | None = None
    last_event_at: datetime | None = None
    clock_accepts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    epoch: int = 1
    epoch_day: date | None = None  # the day on which the store was put back from a copy
    origin: str = Field(
        default="", max_length=4, sa_column_kwargs={"server_default": text("''")}
    )  # of the numbers that this store gives out: `K2` in a kiosk's own


class Agency(Base, table=True):
    """An institution at a site; the row is the membership too, `position` its place on the screen."""

    __tablename__ = "agency"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    code: str = Field(primary_key=True, max_length=4)
    position: int
    names: Json = json_column()
    short: str
    hours: Json = json_column(nullable=True)
    opening: Json = json_column(nullable=True)
    active: bool = True


class Service(Base, table=True):
    """What a visitor comes for; `service_id` is `DK.ktp`."""

    __tablename__ = "service"
    __table_args__ = table(ForeignKeyConstraint(["site_id", "agency"], ["agency.site_id", "agency.code"]))
    site_id: str = site_key()
    service_id: str = Field(primary_key=True, max_length=36)
    agency: str = Field(max_length=4)
    position: int
    names: Json = json_column()
    minutes: int
    target_wait_minutes: int
    requirements: Json = json_column(nullable=True)
    cost: Json = json_column(nullable=True)
    time_limit: Json = json_column(nullable=True)
    hours: Json = json_column(nullable=True)
    most_waiting: int | None = None
    opening: Json = json_column(nullable=True)
    active: bool = True


class Counter(Base, table=True):
    """A numbered place where staff serve, and how it stands now."""

    __tablename__ = "counter"
    __table_args__ = table(
        one_of("state", tuple(CounterState)), ForeignKeyConstraint(["site_id"], ["site.site_id"])
    )
    site_id: str = site_key()
    number: int = Field(primary_key=True)
    state: str = Field(default=CounterState.CLOSED, max_length=8)
    since: datetime | None = None
    staff: str = Field(default="", max_length=64)
    back_at: datetime | None = None
    last_action_at: datetime | None = None
    undo: Json = json_column(nullable=True)  # how it was before the last action, see lobby.undo
    policy: Json = json_column(nullable=True)  # NULL: the site's
    turns: Json = json_column(nullable=True)  # calling.Memory: what its shares must remember
    active: bool = True
    home: Json = json_column(
        nullable=True
    )  # while a supervisor has moved it: the services that the catalogue gives it


class CounterService(Base, table=True):
    """Which services a counter takes; position 0 is the main one."""

    __tablename__ = "counter_service"
    __table_args__ = table(
        ForeignKeyConstraint(["site_id", "counter"], ["counter.site_id", "counter.number"]),
        ForeignKeyConstraint(["site_id", "service"], ["service.site_id", "service.service_id"]),
    )
    site_id: str = site_key()
    counter: int = Field(primary_key=True)
    service: str = Field(primary_key=True, max_length=36)
    position: int


class Journey(Base, table=True):
    """A named list of services; `legs` is `[{"service": "DK.ktp", "optional": false, "stage": 0}, …]`."""

    __tablename__ = "journey"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    journey_id: str = Field(primary_key=True, max_length=31)
    position: int
    names: Json = json_column()
    legs: Json = json_column()
    credit_minutes: int = Field(default=15, sa_column_kwargs={"server_default": "15"})
    active: bool = True


class Staff(Base, table=True):
    """A person who may sign in."""

    __tablename__ = "staff"
    __table_args__ = table(
        one_of("role", ("visitor_desk", "counter", "supervisor", "admin")),
        ForeignKeyConstraint(["site_id"], ["site.site_id"]),
    )
    site_id: str = site_key()
    staff_id: str = Field(primary_key=True, max_length=64)
    name: str
    role: str = Field(max_length=16)
    pin_hash: str
    active: bool = True
    created_at: datetime


class SignInAttempts(Base, table=True):
    """How often in a row a wrong PIN was given for a name, or at the kiosk's door.

    `subject` is a digest, not the name: names that nobody has are counted too, so that none can be told from the
    others by its answer, and what was typed there may have been a PIN.
    """

    __tablename__ = "sign_in_attempts"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    subject: str = Field(primary_key=True, max_length=64)
    failed: int
    locked_until: datetime | None = None
    changed_at: datetime


class Machine(Base, table=True):
    """A program of the site, as last heard of, at most once a minute: `counter:3`, `touch:K1`, `board:K2`."""

    __tablename__ = "machine"
    __table_args__ = table(ForeignKeyConstraint(["site_id"], ["site.site_id"]))
    site_id: str = site_key()
    machine_id: str = Field(primary_key=True, max_length=32)
    last_seen: datetime
