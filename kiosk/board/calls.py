"""Calls in the hall: taken from what happened, so that none is missed, and shown one after another. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from queue_core.events import EventKind
from queue_core.views import AgencyOffer, BoardCall, EventView

SPEAKS = {EventKind.CALLED, EventKind.RECALLED, EventKind.RESUMED}
"""What makes a visitor walk to a counter."""
TAKEN_BACK = {EventKind.CALLED, EventKind.RESUMED}
"""What leaves nobody called when a counter takes it back; one that was called again stays called."""
LAST = 5
"""Calls that stay on the board beside the newest."""
FRESH = timedelta(seconds=60)
"""A board that was just started shows and speaks calls of so long ago as new ones."""
STALE = timedelta(minutes=3)
"""A call that became known later than this, because the store was away, is shown and no longer spoken."""


@dataclass(frozen=True, slots=True)
class Call:
    """A number and where it should go. `seq` is that of the event that tells of it; 0 for one of before the start."""

    seq: int
    label: str
    counter: int
    agency: str
    names: Mapping[str, str]
    short: str
    language: str
    at: datetime
    again: bool = False
    taken_back: bool = False  # it was a mistake: the number goes from the board, and is not spoken
    leg: int = 1
    legs: int = 1


def calls_in(
    events: Iterable[EventView], zone: Collection[str], agencies: Mapping[str, AgencyOffer]
) -> list[EventView]:
    """Return the events that call somebody to a counter of this board's agencies, or take that back, in order."""
    return [
        event
        for event in events
        if (event.kind in SPEAKS or _takes_back(event))
        and event.counter
        and in_zone(agency_of(event), zone)
        and agency_of(event) in agencies
    ]


def _takes_back(event: EventView) -> bool:
    return event.kind == EventKind.UNDONE and event.data.get("undone") in TAKEN_BACK


def agency_of(event: EventView) -> str:
    """Return the agency's code of an event of a ticket."""
    return event.service.partition(".")[0]


def in_zone(agency: str, zone: Collection[str]) -> bool:
    """Whether this board is for an agency; without a zone it is for all."""
    return not zone or agency in zone


def call_of(event: EventView, agency: AgencyOffer, language: str) -> Call:
    """Return the call that an event tells of."""
    return Call(
        seq=event.seq,
        label=event.label,
        counter=int(event.counter),
        agency=agency.code,
        names=agency.names,
        short=agency.short,
        language=language,
        at=event.at,
        again=event.kind == EventKind.RECALLED,
        taken_back=event.kind == EventKind.UNDONE,
        leg=cast("int", event.data.get("leg", 1)),
        legs=cast("int", event.data.get("legs", 1)),
    )


def earlier_call(call: BoardCall, agency: AgencyOffer | None) -> Call:
    """Return a call of before this board was started."""
    return Call(
        seq=0,
        label=call.label,
        counter=call.counter_number,
        agency=call.agency,
        names=call.agency_names,
        short=agency.short if agency else next(iter(call.agency_names.values()), ""),
        language=call.language,
        at=call.called_at,
        leg=call.leg,
        legs=call.legs,
    )


@dataclass(slots=True)
class Calls:
    """What stands on the board and what waits to be shown: nothing is lost, the order is kept, nothing grows."""

    shown: tuple[Call, ...] = ()
    """The newest first; a number stands once."""
    coming: list[Call] = field(default_factory=list)
    """The oldest first."""

    def come(self, calls: Iterable[Call]) -> None:
        """Let calls wait their turn; one that was taken back is gone at once, whether it was shown or still to come."""
        for call in calls:
            if call.taken_back:
                self.coming = [each for each in self.coming if each.label != call.label]
                self.shown = tuple(each for each in self.shown if each.label != call.label)
            else:
                self.coming.append(call)

    def next(self) -> Call | None:
        """Put the oldest call that waits on the board and return it; None when none waits."""
        if not self.coming:
            return None
        call = self.coming.pop(0)
        self.show(call)
        return call

    def show(self, call: Call) -> None:
        """Put a call on top; an earlier call of the same number goes, and so does the oldest beyond LAST."""
        others = [each for each in self.shown if each.label != call.label]
        self.shown = (call, *others[:LAST])

    def new_day(self) -> None:
        """Take yesterday's numbers off."""
        self.shown = ()
