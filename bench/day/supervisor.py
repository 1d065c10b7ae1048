"""What the supervisor does, one thing after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bench.day.player import DESK, PIN, SIGN_INS, SUPERVISOR, Players
from queue_core.alerts import alerts, changes
from queue_core.events import Actor
from queue_core.supply import PaperReading

TELLS, MOVES, MOVED_TO = "AS", "AT", "AU.s1"
"""The agency that leaves and tells its people; the one that moves them; and to where."""
LENT = ("22", "23", "25", "26", "30")
"""Counters of lines that keep another one: these may help elsewhere."""


def favour(day: Players, _minute: int) -> None:
    """Somebody goes first, or no longer."""
    if label := day.some("waiting"):
        day.do("set_priority", label, priority=not day.account.visits[label].priority, by=SUPERVISOR)


def move(day: Players, _minute: int) -> None:
    """A counter helps another line, or goes home."""
    counter = day.chance.choice(LENT)
    if day.chance.random() < 0.4:
        day.do("return_counter", counter, by=SUPERVISOR)
    else:
        day.do("move_counter", counter, [day.chance.choice(day.on_offer())], by=SUPERVISOR)


def doors(day: Players, _minute: int) -> None:
    """A service is closed for a while, opened, held open in spite of its quota, and left to its hours again."""
    target = "AR.s1" if day.chance.random() < 0.5 else "AP.s1"
    if target in day.account.shut:
        verbs = ["open_service", "lift_override", "force_open"]
        day.do(min(verbs, key=lambda verb: day.done[verb]), target, by=SUPERVISOR)
    elif day.chance.random() < 0.5:
        until = day.clock() + timedelta(hours=20)  # longer than this day
        day.do("close_service", target, until=until, reason={"id": "Rapat"}, by=SUPERVISOR)
    else:
        day.do("lift_override", target, by=SUPERVISOR)


def notice(day: Players, _minute: int) -> None:
    """A word to the hall, or none any more."""
    if day.account.notice:
        day.do("clear_notice", by=SUPERVISOR)
    else:
        day.do("set_notice", {"id": f"Loket pindah {day.came}"}, by=SUPERVISOR)


def watch(day: Players, _minute: int) -> None:
    """What a screen finds wrong is told to the store, and somebody knows of it."""
    overview = day.lobby.queues()
    found = alerts(overview)
    begun, ended = changes(found, overview.alert_records, SUPERVISOR.machine)
    day.do("note_alerts", begun, ended, by=SUPERVISOR)
    day.do("acknowledge_alerts", [each.key for each in found], by=SUPERVISOR)


def paper(day: Players, _minute: int) -> None:
    """Somebody opens the kiosk's door with a PIN, and puts in a roll."""
    if day.done["unlock"] < SIGN_INS:
        day.do("unlock", PIN, by=Actor(machine="K1"))
    reading = PaperReading(float(day.done.total()), 0.0, 80_000.0, 80_000.0)
    day.do("note_paper", "K1", reading, changed=True, by=DESK)


def leave(day: Players, _minute: int) -> None:
    """In mid-day one agency leaves and tells its people, another moves them; each does so once."""
    if day.came < day.visits // 2:
        return
    gone = TELLS if TELLS not in day.account.shut else MOVES
    if gone not in day.account.shut:
        to = MOVED_TO if gone == MOVES else ""
        day.do("agency_leaves", gone, reason="rapat", move_to=to, by=SUPERVISOR)


SUPERVISING: tuple[Callable[[Players, int], None], ...] = (
    *(favour, move, doors, leave, notice, watch),
    *(move, paper, favour, doors),
)
