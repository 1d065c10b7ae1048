"""The rows that one store gives to another, checked strictly: what is not of this form is not taken.

A record is a visit with all that belongs to it, as it stood when the store's event `version` was written. It is whole: a
newer one takes the place of an older, in whatever order they come. The columns are those of the tables, by a test.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from queue_core.lifecycle import Status

FORMAT: Literal[1] = 1
"""Raised when a program that knows only the one before could not read a bundle any more."""

_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_Origin = Annotated[str, Field(pattern=r"^([A-Z][0-9]{1,3})?$")]
_Agency = Annotated[str, Field(pattern=r"^[A-Z]{1,4}$")]
_Service = Annotated[str, Field(max_length=36)]
_Count = Annotated[int, Field(ge=0)]
_Number = Annotated[int, Field(ge=1)]
_Name = Annotated[str, Field(max_length=64)]
_Machine = Annotated[str, Field(max_length=32)]
_Label = Annotated[str, Field(max_length=20)]

DONE_JOBS = ("sent", "printed", "void", "asking", "stale", "failed")
"""States of a slip with which its own spool has finished; those in a person's hands are handed over with it."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class VisitRow(_Row):
    """A row of `visit`."""

    visit_id: _Id
    business_date: date
    prefix: _Agency
    origin: _Origin
    number: _Number
    label: _Label
    token: Annotated[str, Field(max_length=32)]
    language: Annotated[str, Field(max_length=2)]
    priority: bool
    journey: Annotated[str, Field(max_length=31)]
    machine: _Machine
    legs: _Number
    arrived_at: AwareDatetime
    left_at: AwareDatetime | None
    stepped_back: _Count
    rated: bool
    note: Annotated[str, Field(max_length=120)]


class LegRow(_Row):
    """A row of `visit_leg`."""

    leg: _Number
    service: _Service
    optional: bool
    state: Literal["planned", "begun", "dropped"]
    stage: int
    reason: Annotated[str, Field(max_length=8)]


class TicketRow(_Row):
    """A row of `ticket`."""

    ticket_id: _Id
    leg: _Number
    agency: _Agency
    service: _Service
    status: Annotated[Status, Field(strict=False)]
    priority: bool
    waiting_since: AwareDatetime
    due_at: AwareDatetime
    called_at: AwareDatetime | None
    last_called_at: AwareDatetime | None
    started_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    calls: _Count
    passed: _Count
    owed: int
    counter: int | None
    staff: _Name
    note: str
    held_until: AwareDatetime | None
    aimed: int | None
    restored: _Count
    wait_low: int | None
    wait_high: int | None
    place: int | None
    credit: int


class EventRow(_Row):
    """A row of `event`; `seq` is its number in the store that tells of it."""

    seq: _Number
    at: AwareDatetime
    kind: Annotated[str, Field(max_length=24)]
    label: _Label
    ticket_id: _Id | None
    service: _Service
    counter: int | None
    staff: _Name
    machine: _Machine
    data: dict[str, Any]
    request_id: Annotated[str | None, Field(max_length=64)]
    command: Annotated[str | None, Field(max_length=24)]


class JobRow(_Row):
    """A row of `print_job` with which its spool has finished; its bytes stay behind."""

    job_id: _Id
    printer: _Machine
    ticket_id: _Id
    label: _Label
    copy_number: _Number
    state: Literal["sent", "printed", "void", "asking", "stale", "failed"]
    facts: dict[str, Any]
    error: str
    created_at: AwareDatetime
    updated_at: AwareDatetime


class VisitRecord(_Row):
    """A visit and all that belongs to it; `version` is the `seq` of the newest event that tells of it.

    `since` is the last contact before the number was given out, by the other store's clock: it did not come earlier.
    """

    version: _Number
    since: AwareDatetime | None
    visit: VisitRow
    legs: list[LegRow]
    tickets: Annotated[list[TicketRow], Field(min_length=1)]
    events: list[EventRow]
    jobs: list[JobRow]


class SeriesRow(_Row):
    """A row of `number_series`: how far the numbers have come on a day."""

    prefix: _Agency
    origin: _Origin
    business_date: date
    last: _Count


class AccuracyRow(_Row):
    """A row of `wait_accuracy`."""

    business_date: date
    service: _Service
    told: _Count
    kept: _Count
    sooner: _Count


class RatingRow(_Row):
    """A row of `rating`."""

    business_date: date
    service: _Service
    score: int
    answers: _Count


class ReasonRow(_Row):
    """A row of `priority_reason`."""

    business_date: date
    reason: Annotated[str, Field(max_length=16)]
    tickets: _Count


class Sums(_Row):
    """What a store that keeps a site has counted of the days of a bundle."""

    wait_accuracy: list[AccuracyRow] = []
    rating: list[RatingRow] = []
    priority_reason: list[ReasonRow] = []


class Bundle(_Row):
    """What one store has to say. `kind`: `kiosk` for one of a site's kiosks, `site` for who keeps a whole site alone."""

    format: Literal[1]
    kind: Literal["kiosk", "site"]
    site: Annotated[str, Field(max_length=31)]
    source: _Id
    origin: _Origin
    machine: _Machine
    made_at: AwareDatetime
    after: _Count  # all events up to this one were acknowledged before
    upto: _Count  # all events from there to this one are in it
    visits: list[VisitRecord]
    events: list[EventRow]  # those that tell of no visit
    series: list[SeriesRow]
    sums: Sums

    @model_validator(mode="after")
    def _each_once(self) -> Bundle:
        told = [each.seq for record in self.visits for each in record.events] + [
            each.seq for each in self.events
        ]
        asked = [each.request_id for record in self.visits for each in record.events if each.request_id]
        visits = [each.visit.visit_id for each in self.visits]
        for several in (told, asked, visits):
            if len(set(several)) != len(several):
                message = "something is told twice"
                raise ValueError(message)
        return self

    @property
    def days(self) -> tuple[date, ...]:
        """The days of its visits, in order."""
        return tuple(sorted({each.visit.business_date for each in self.visits}))

    @property
    def oldest(self) -> datetime | None:
        """When the first of its visits came."""
        return min((each.visit.arrived_at for each in self.visits), default=None)
