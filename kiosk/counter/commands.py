"""What staff can do at a counter: key, words and help declared once, so the screen never disagrees with the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from queue_core.lifecycle import Action, Status, allowed

if TYPE_CHECKING:
    from queue_core.views import CounterView


class Do(StrEnum):
    """One thing to do; the words are `counter.key_<value>`, `counter.help_<value>` and `counter.said_<value>`."""

    NEXT = "next"
    RECALL = "recall"
    START = "start"
    COMPLETE = "complete"
    NO_SHOW = "no_show"
    HOLD = "hold"
    TRANSFER = "transfer"
    RESUME = "resume"
    RESTORE = "restore"
    BREAK = "break"
    BACK = "back"  # what the key of BREAK does during a break
    FIND = "find"
    LANGUAGE = "language"
    HELP = "help"
    LEAVE = "leave"
    NOTE = "note"
    UNDO = "undo"
    WALK_IN = "walk_in"
    HAND_OVER = "hand_over"
    AGENCY = "agency"
    JOURNEY = "journey"  # asks which of the next three
    SKIP_LEG = "skip_leg"
    ADD_LEG = "add_leg"
    MAKE_JOURNEY = "make_journey"
    CALL = "call"  # a waiting ticket that was found; has no key of its own
    GIVE_UP = (
        "give_up"  # what the key of NO_SHOW does when nobody stands here: somebody on hold never came back
    )


@dataclass(frozen=True, slots=True)
class Command:
    """A key and what it does: a character, or the name of a function key.

    Letters are mnemonic in Indonesian (Ulang, Mulai, Selesai, tidak Hadir …) and the same in every language.

    A `risky` command is asked for by a second press of its key instead of a dialog: as quick, and a held key counts
    once, so no finger slips twice.
    """

    do: Do
    key: str
    row: int
    risky: bool = False
    has_short_name: bool = False  # `counter.key_<value>_short`, for narrow screens

    @property
    def name_key(self) -> str:
        """The key of the words on the button."""
        return f"counter.key_{self.do}"

    @property
    def help_key(self) -> str:
        """The key of the sentence on the help screen."""
        return f"counter.help_{self.do}"


COMMANDS = (
    Command(Do.NEXT, " ", 0, has_short_name=True),
    Command(Do.RECALL, "u", 0, has_short_name=True),
    Command(Do.START, "m", 0),
    Command(Do.COMPLETE, "s", 0),
    Command(Do.NO_SHOW, "h", 0, risky=True),
    Command(Do.HOLD, "t", 0),
    Command(Do.TRANSFER, "a", 0),
    Command(Do.RESUME, "l", 1),
    Command(Do.RESTORE, "k", 1),
    Command(Do.FIND, "/", 1, has_short_name=True),
    Command(Do.BREAK, "i", 1, has_short_name=True),
    Command(Do.LANGUAGE, "f2", 1),
    Command(Do.HELP, "f1", 1),
    Command(Do.LEAVE, "x", 1, risky=True, has_short_name=True),
    Command(Do.UNDO, "b", 2),
    Command(Do.NOTE, "c", 2),
    Command(Do.WALK_IN, "n", 2),
    Command(Do.HAND_OVER, "g", 2, has_short_name=True),
    Command(Do.AGENCY, "p", 2, has_short_name=True),
    Command(Do.JOURNEY, "r", 2),
)
"""In the order of the screen: what is done to the visitor at the counter, then the rest."""

BY_KEY = {command.key: command for command in COMMANDS}
BY_DO = {command.do: command for command in COMMANDS}

_WITH_VISITOR = {
    Do.RECALL: Action.RECALL,
    Do.START: Action.START,
    Do.COMPLETE: Action.COMPLETE,
    Do.NO_SHOW: Action.NO_SHOW,
    Do.HOLD: Action.HOLD,
    Do.TRANSFER: Action.TRANSFER,
}


def possible(view: CounterView) -> frozenset[Do]:
    """Return what the rules would not refuse now. The screen dims the rest; the Lobby alone decides."""
    current, paused = view.counter.current, view.counter.state == "paused"
    can = {Do.FIND, Do.LANGUAGE, Do.HELP, Do.BREAK, Do.LEAVE, Do.WALK_IN, Do.HAND_OVER, Do.AGENCY}
    if current is not None:
        can |= {do for do, action in _WITH_VISITOR.items() if action in allowed(current.status)}
        can |= {Do.NOTE, Do.JOURNEY}
        if current.calls >= view.rules.calls:
            can.discard(Do.RECALL)
    elif view.held:
        can.add(Do.NO_SHOW)
    if view.undo is not None:
        can.add(Do.UNDO)
    return frozenset(can | _from_lines(view, free=current is None, paused=paused))


def _from_lines(view: CounterView, *, free: bool, paused: bool) -> set[Do]:
    """What can be done with those who do not stand here."""
    can = {Do.RESTORE} if view.missed else set()
    current = view.counter.current
    if not paused and (current is None or current.status is Status.SERVING):
        can.add(Do.NEXT)
    if view.held and free and not paused:
        can.add(Do.RESUME)
    return can


def is_risky(do: Do, view: CounterView) -> bool:
    """Whether a second press is asked for: not for a no-show whose calls are used up, nor where a list asks anyhow."""
    current = view.counter.current
    if do is Do.NO_SHOW:
        return current is not None and current.calls < view.rules.calls
    if do is Do.LEAVE:
        return current is None
    return BY_DO[do].risky
