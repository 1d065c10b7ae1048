"""What a visitor's phone shows, in words: from the state of a visit to sentences. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.shared.clock import clock_time
from queue_core.lifecycle import Status

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import LegView, VisitStatus

MOODS = {
    Status.WAITING: "waiting",
    Status.CALLED: "called",
    Status.SERVING: "serving",
    Status.HELD: "held",
    Status.NO_SHOW: "missed",
    Status.COMPLETED: "done",
    Status.TRANSFERRED: "serving",
    Status.CANCELLED: "over",
    Status.EXPIRED: "over",
}
"""How each state looks; what it means stands there in words too."""

MARKS = {Status.COMPLETED: "✓", Status.TRANSFERRED: "→", Status.CANCELLED: "✕", Status.NO_SHOW: "!"}


@dataclass(frozen=True, slots=True)
class Step:
    """One leg of a visit. `mark` says how far it is, `state` says it in words."""

    mark: str
    name: str
    state: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page says of a visit. `alarm` counts the calls, so that a phone rings once for each."""

    mood: str
    label: str
    title: str
    headline: str
    detail: str
    ahead: str
    wait: str
    caution: str
    agency: str
    service: str
    where: str
    step: str
    steps: tuple[Step, ...]
    say: str
    alarm: int
    priority: bool


def shown(visit: VisitStatus, words: Words, zone: ZoneInfo) -> Shown:
    """Return what the holder of this visit reads now."""
    ticket = visit.ticket
    waits = ticket.position is not None
    headline = _headline(visit, words)
    ahead = words("web.ahead", count=visit.ahead) if waits else ""
    return Shown(
        mood=MOODS[ticket.status],
        label=visit.label,
        title=words("web.title_called", counter=ticket.counter, label=visit.label)
        if ticket.status is Status.CALLED
        else words("web.title", label=visit.label, state=headline),
        headline=headline,
        detail=_detail(visit, words, zone),
        ahead=str(visit.ahead) if waits else "",
        wait=wait_words(visit, words) if waits else "",
        caution=_caution(visit, words) if waits else "",
        agency=words.pick(ticket.agency_names),
        service=words.pick(ticket.service_names),
        where=_where(visit, words, zone),
        step=words("web.step", leg=ticket.leg, legs=ticket.legs) if ticket.legs > 1 else "",
        steps=steps_of(visit.legs, ticket.leg, words) if len(visit.legs) > 1 else (),
        say=f"{visit.label}: {headline}. {ahead}".strip(),
        alarm=ticket.calls if ticket.status is Status.CALLED else 0,
        priority=ticket.priority,
    )


def wait_words(visit: VisitStatus, words: Words) -> str:
    """Return the expected wait; no minutes where no counter is open."""
    if visit.wait is None:
        return words("web.no_counter")
    if visit.wait.high == 0:
        return words("web.at_once")
    return words("web.minutes", low=visit.wait.low, high=visit.wait.high)


def _caution(visit: VisitStatus, words: Words) -> str:
    """What to know beside the minutes; nothing where there are none."""
    if visit.wait is None or visit.wait.high == 0:
        return ""
    return words("web.past_closing" if visit.wait.past_closing else "web.may_change")


def _headline(visit: VisitStatus, words: Words) -> str:
    status, ticket = visit.ticket.status, visit.ticket
    if status is Status.WAITING:
        return words("web.next" if visit.ahead == 0 and visit.open_counters else "web.waiting")
    if status is Status.COMPLETED and not visit.over:
        return words("web.serving", counter=ticket.counter)
    return words(f"web.{status.value}", counter=ticket.counter)


def _detail(visit: VisitStatus, words: Words, zone: ZoneInfo) -> str:
    status, until = visit.ticket.status, visit.ticket.held_until
    if status is Status.HELD and until is not None:
        return words("web.held_until", time=clock_time(until, zone))
    if status is Status.CANCELLED and visit.ticket.reason:
        return words("web.left_early", reason=visit.ticket.reason)
    if status is Status.CALLED and visit.ticket.calls > 1:
        return words("web.called_again", times=visit.ticket.calls)
    return words(f"web.{status.value}_detail")


def _where(visit: VisitStatus, words: Words, zone: ZoneInfo) -> str:
    if visit.ticket.status is Status.WAITING and visit.back_at is not None:
        return words("web.counters_back", time=clock_time(visit.back_at, zone))
    if visit.ticket.status is not Status.WAITING or not visit.counters:
        return ""
    key = "web.counters_one" if len(visit.counters) == 1 else "web.counters"
    return words(key, counters=", ".join(str(each) for each in visit.counters))


def steps_of(legs: Sequence[LegView], current: int, words: Words) -> tuple[Step, ...]:
    """Return what is done, what is now, what comes next and where, and what will not happen."""
    ahead = [leg for leg in legs if leg.status is None and not leg.gone]
    due = [leg for leg in ahead if leg.stage == ahead[0].stage]
    return tuple(
        Step(_mark(leg), _name(leg, words), _state(leg, due, words), leg.leg == current) for leg in legs
    )


def _name(leg: LegView, words: Words) -> str:
    return f"{words.pick(leg.agency_names)}: {words.pick(leg.service_names)}"


def _mark(leg: LegView) -> str:
    if leg.status is None:
        return "–" if leg.gone else "○"
    return MARKS.get(leg.status, "●")


def _state(leg: LegView, due: Sequence[LegView], words: Words) -> str:
    if leg.status is not None:
        return words(f"common.status_{leg.status.value}")
    if leg.gone:
        return words(f"web.gone_{leg.gone}")
    if leg not in due:
        return words("web.later_optional" if leg.optional else "web.later")
    state = words("web.next_step" if len(due) == 1 else "web.any_order")
    if leg.counters:
        state += " · " + words("common.at_counters", counters=", ".join(map(str, leg.counters)))
    return state
