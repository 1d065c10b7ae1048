"""What is out of the ordinary: one thing after the other, each of them many times a day. And which verbs the day must use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from bench.day.player import DESK, PIN, SIGN_INS, SUPERVISOR, Players
from bench.day.supervisor import SUPERVISING
from queue_core.errors import Refused
from queue_core.events import Actor
from queue_core.lifecycle import Action
from queue_core.roles import LEAST

NOT_OF_A_DAY = {
    "add_staff": "who may sign in is settled before the doors open",
    "set_staff": "the same",
    "apply_catalogue": "so is what the hall offers",
    "begin_epoch": "only for a store that was put back from a copy",
    "accept_clock": "only for a clock that cannot be right",
}
"""The verbs of administration, and why no ordinary day has them; each has tests of its own."""
Special = Callable[[Players, int], None]
VERBS = frozenset(LEAST) - NOT_OF_A_DAY.keys()
"""What must have been done by the end of the day."""


# ---------------------------------------------------------------------- visitors, on the phone
def cancel(day: Players, _minute: int) -> None:
    """A visitor gives the number back."""
    if label := day.some("waiting"):
        day.do("cancel", day.tokens.get(label, label))


def step_back(day: Players, _minute: int) -> None:
    """A visitor lets others go first."""
    if label := day.some("waiting"):
        day.do("step_back", day.tokens.get(label, label))


def rate(day: Players, _minute: int) -> None:
    """A visitor says how it was. Nobody may learn who said what, so no event tells of it."""
    if label := day.some("completed"):
        with suppress(Refused):  # a further step is planned
            day.rated += day.lobby.rate(label, day.chance.randint(1, 4))


# ---------------------------------------------------------------------- the desk at the entrance
def restore(day: Players, _minute: int) -> None:
    """Somebody who missed the call is back."""
    if label := day.some("no_show"):
        day.do("restore", label, by=DESK)


def note(day: Players, _minute: int) -> None:
    """A remark for colleagues."""
    if label := day.some("waiting"):
        day.do("note", label, "berkas lengkap", by=DESK)


def skip(day: Players, _minute: int) -> None:
    """A step is left out."""
    going = [each for each in day.journeys if day.account.visits[each].now.status == "waiting"]
    if going:
        label = day.chance.choice(going)
        step = day.chance.choice(["AB.s1", day.account.visits[label].now.service])
        day.do("skip_leg", label, step, by=DESK)


def add(day: Players, _minute: int) -> None:
    """A step is added."""
    if label := day.some("serving"):
        counter = day.account.visits[label].now.counter
        added = day.do("add_leg", label, day.chance.choice(day.on_offer()), by=DESK)
        if added and day.chance.random() < 0.3:
            day.press("undo", counter)


def make_journey(day: Players, _minute: int) -> None:
    """A plain ticket becomes a journey."""
    if label := day.some("serving"):
        counter = day.account.visits[label].now.counter
        if day.do("make_journey", label, "bebas", by=DESK) and day.chance.random() < 0.3:
            day.press("undo", counter)


def slip(day: Players, _minute: int) -> None:
    """Somebody lost the slip; the printer cannot prove that the copy came out, and the desk looks."""
    if (label := day.some("waiting")) is None:
        return
    job = getattr(day.do("reprint", label, printer="K1", by=DESK), "job", "")
    if job:
        day.lobby.journal.sending(job, b"paper", None)
        day.lobby.journal.settle(job, "asking")
        day.listen()
        day.do("answer_for_slip", job, came_out=day.chance.random() < 0.5, by=DESK)


def roll(day: Players, _minute: int) -> None:
    """Numbers torn off by hand: a roll is begun, handed out piece by piece, and stopped."""
    running = [each for each in day.lobby.rolls() if each.stopped_at is None]
    if not running:
        day.do("start_roll", "AQ", 1, 60, by=DESK)
    elif running[0].given == running[0].last or day.chance.random() < 0.3:
        day.do("stop_roll", "AQ", by=DESK)
    elif day.came < day.visits:
        day.wish = False
        upto = min(running[0].given + 2, running[0].last, running[0].given + day.visits - day.came)
        if day.do("hand_out", "AQ", upto, by=DESK):
            day.came += upto - running[0].given


# ---------------------------------------------------------------------- counters
def give_up(day: Players, _minute: int) -> None:
    """Somebody who was set aside never came back."""
    if label := day.some("held"):
        day.press("no_show", day.chance.choice(list(day.counters)), label=label)


def call_by_number(day: Players, _minute: int) -> None:
    """Staff call somebody out of turn."""
    for label, visit in day.account.visits.items():
        if visit.now.status == "waiting" and (counters := _free(day, visit.now.service)):
            day.press("call", day.chance.choice(counters), label, reason="sakit")
            return


def walk_in(day: Players, _minute: int) -> None:
    """Somebody without paper stands at a counter."""
    counter, day.wish = day.chance.choice(list(day.counters)), False
    if counter not in day.away and day.came < day.visits:
        day.keep(day.press("walk_in", counter, day.account.seats[counter].services[0]))


def hand_over(day: Players, _minute: int) -> None:
    """A colleague signs in and takes over a counter with whoever stands there."""
    counter = day.chance.choice(list(day.counters))
    if counter in day.away:
        return
    if day.done["sign_in"] < SIGN_INS:
        day.do("sign_in", "sari", PIN, by=Actor(machine=f"C{counter}"))
    day.do("hand_over", counter, by=Actor("sari", f"C{counter}"))


def close_with_visitor(day: Players, minute: int) -> None:
    """A counter closes, saying what becomes of the visitor."""
    counter = day.chance.choice(list(day.counters))
    if day.account.at(counter) and counter not in day.away:
        day.away[counter] = minute + 5
        if day.press("close_counter", counter, settle=Action.HOLD) is None:
            del day.away[counter]


def late(day: Players, _minute: int) -> None:
    """Somebody comes back after the rules' time, and a supervisor lets them in; the clock says when that is."""
    if label := day.some("no_show"):
        day.do("restore", label, override=True, by=SUPERVISOR)


def held(day: Players, _minute: int) -> None:
    """A visitor is sent to fetch something, and is back in the line by the clock."""
    if label := day.some("serving"):
        counter = day.account.visits[label].now.counter
        day.press("hold", counter, reason="materai", until=day.clock() + timedelta(minutes=3))


def _free(day: Players, service: str) -> list[str]:
    return [
        counter
        for counter, seat in day.account.seats.items()
        if service in seat.services and counter not in day.away and day.account.at(counter) is None
    ]


def _mixed(*kinds: Sequence[Special]) -> tuple[Special, ...]:
    """Each list spread evenly over the whole."""
    placed = [(place / len(kind), each) for kind in kinds for place, each in enumerate(kind)]
    return tuple(each for _, each in sorted(placed, key=lambda pair: pair[0]))


SPECIALS = _mixed(
    (cancel, step_back, rate),
    (restore, note, skip, add, make_journey, slip, roll),
    (call_by_number, walk_in, hand_over, give_up, close_with_visitor, late, held),
    SUPERVISING,
)
