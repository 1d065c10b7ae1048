"""The way of a visit through several services: which comes next, and what the time in the house counts for. Pure.

Order. The steps of one stage are free among themselves; a stage begins when nothing of the one before it is left.
Among the free steps of a stage a visit goes on
  1. where it is open now, else where it opens first; what is closed is left for later;
  2. where somebody serves;
  3. where the expected wait is shortest: by the upper end of its range, then by the lower one;
  4. behind the fewest people; then as the plan has it.
A step whose service takes nobody any more today waits while others of its stage can still be done, and is given up when
it is all that the stage has left: it never keeps a visitor from the rest.

Credit. Who comes from another step enters the next line as if they had come there earlier, by the time that they have
spent in the house, but by no more than the journey allows and by no more than half of what the service promises. So
whoever has waited longer than that credit is overtaken by none of them, the others only by those who come within it,
and nobody is late in the moment of joining. See docs/decisions/0018-journeys.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from queue_core.views import WaitRange

MOST_CREDIT = 15
"""Minutes of credit where no journey says otherwise: a step that staff added to a plain ticket."""


class Because(StrEnum):
    """Why this step comes next; the sentence is in kiosk/locales."""

    ORDER = "order"  # it alone is due
    OPEN = "open"  # the others that are due are closed now, or for today
    SHORTEST = "shortest"


class Gone(StrEnum):
    """Why a step will not happen. The value is what is stored; never rename one."""

    SKIPPED = "skipped"  # by staff
    CLOSED = "closed"  # its service takes nobody any more today
    ENDED = "ended"  # the visit ended before


@dataclass(frozen=True, slots=True)
class Step:
    """One service that a visit still wants. Steps of one `stage` are free among themselves."""

    service: str
    optional: bool = False
    stage: int = 0


@dataclass(frozen=True, slots=True)
class Prospect:
    """What somebody who joined a line now might expect. `wait` is None where no counter serves."""

    wait: WaitRange | None
    ahead: int


@dataclass(frozen=True, slots=True)
class Way:
    """What lies ahead of a visit, by stage and as planned within one, and what will not happen."""

    planned: tuple[Step, ...] = ()
    gone: tuple[tuple[Step, Gone], ...] = ()

    def find(self, service: str) -> Step | None:
        """Return the planned step of this service."""
        return next((step for step in self.planned if step.service == service), None)

    def without(self, step: Step) -> Way:
        """Return the way after a step has begun, or has happened in another way."""
        return replace(self, planned=tuple(each for each in self.planned if each != step))

    def dropping(self, steps: Iterable[Step], why: Gone) -> Way:
        """Return the way on which these planned steps will not happen."""
        dropped = tuple(steps)
        rest = tuple(each for each in self.planned if each not in dropped)
        return Way(rest, self.gone + tuple((each, why) for each in dropped))

    def adding(self, steps: Iterable[Step]) -> Way:
        """Return the way with these steps after all others, their stages counted on from the last one."""
        last = max((step.stage for step in self.planned), default=-1)
        added = tuple(replace(step, stage=last + 1 + step.stage) for step in steps)
        wanted = {step.service for step in added}
        return Way(self.planned + added, tuple(each for each in self.gone if each[0].service not in wanted))


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a visit goes on: the step, or None at the end of the way; and what is left after it."""

    step: Step | None
    way: Way
    because: Because = Because.ORDER
    closed: tuple[Step, ...] = field(default=())  # given up on the way to this step


def choose_step(
    way: Way, opens_in: Callable[[str], float | None], prospect: Callable[[str], Prospect]
) -> Onward:
    """Return the next step, by the rule above.

    Args:
        way: what is planned.
        opens_in: minutes until a service takes visitors; 0 when it does now, None when it does not any more today.
        prospect: what a line promises; asked only for those among which the shortest is looked for.
    """
    given_up: tuple[Step, ...] = ()
    while way.planned:
        due = [step for step in way.planned if step.stage == min(each.stage for each in way.planned)]
        opens = {step: minutes for step in due if (minutes := opens_in(step.service)) is not None}
        if opens:
            step, because = _best(due, opens, prospect)
            return Onward(step, way.without(step), because, given_up)
        given_up += tuple(due)
        way = way.dropping(due, Gone.CLOSED)
    return Onward(None, way, closed=given_up)


def _best(
    due: Sequence[Step], opens: dict[Step, float], prospect: Callable[[str], Prospect]
) -> tuple[Step, Because]:
    soonest = min(opens.values())
    first = [step for step in due if opens.get(step) == soonest]
    if len(first) == 1:
        return first[0], Because.OPEN if len(due) > 1 else Because.ORDER
    shortest = min(first, key=lambda step: _length(prospect(step.service)))  # the first of equals, as planned
    return shortest, Because.SHORTEST


def _length(prospect: Prospect) -> tuple[bool, int, int, int]:
    if prospect.wait is None:
        return True, 0, 0, prospect.ahead
    return False, prospect.wait.high, prospect.wait.low, prospect.ahead


def credit(in_house: timedelta, most: int, promise: int) -> timedelta:
    """Return by how much earlier somebody counts as having come.

    Args:
        in_house: since they arrived.
        most: minutes that their journey allows.
        promise: minutes within which the service wants to call.
    """
    return max(timedelta(0), min(in_house, timedelta(minutes=most), timedelta(minutes=promise) / 2))


def stages_of(groups: Sequence[str], *, free: bool) -> tuple[int, ...]:
    """Return the stage of each step of a journey.

    Args:
        groups: for each step the name of its group; neighbours with one name are free among themselves, an empty name
            is a step of its own.
        free: the whole journey may be walked in any order.
    """
    stages: list[int] = []
    for at, group in enumerate(groups):
        if free or at == 0:
            stages.append(0)
        else:
            stages.append(stages[-1] + (not group or group != groups[at - 1]))
    return tuple(stages)
