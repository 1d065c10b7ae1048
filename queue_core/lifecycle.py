"""The life of a ticket: the states, the actions, and the one table of legal moves."""

from __future__ import annotations

from enum import StrEnum

from queue_core.errors import IllegalMove


class Status(StrEnum):
    """Where a ticket stands. The value is what is stored; never rename one."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Action(StrEnum):
    """What staff, a visitor or the end of the day can do to a ticket."""

    CALL = "call"
    RECALL = "recall"
    START = "start"
    COMPLETE = "complete"
    NO_SHOW = "no_show"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    COME_BACK = "come_back"
    RESTORE = "restore"
    STEP_BACK = "step_back"
    SKIP = "skip"  # leave this line for the next step
    CANCEL = "cancel"
    EXPIRE = "expire"


MOVES: dict[Status, dict[Action, Status]] = {
    Status.WAITING: {
        Action.CALL: Status.CALLED,
        Action.STEP_BACK: Status.WAITING,
        Action.TRANSFER: Status.TRANSFERRED,
        Action.SKIP: Status.TRANSFERRED,
        Action.CANCEL: Status.CANCELLED,
        Action.EXPIRE: Status.EXPIRED,
    },
    Status.CALLED: {
        Action.RECALL: Status.CALLED,
        Action.START: Status.SERVING,
        Action.NO_SHOW: Status.NO_SHOW,
        Action.HOLD: Status.HELD,
        Action.TRANSFER: Status.TRANSFERRED,
        Action.SKIP: Status.TRANSFERRED,
        Action.CANCEL: Status.CANCELLED,
        Action.EXPIRE: Status.EXPIRED,
    },
    Status.SERVING: {
        Action.COMPLETE: Status.COMPLETED,
        Action.HOLD: Status.HELD,
        Action.TRANSFER: Status.TRANSFERRED,
        Action.EXPIRE: Status.EXPIRED,
    },
    Status.HELD: {
        Action.RESUME: Status.CALLED,
        Action.COME_BACK: Status.WAITING,
        Action.SKIP: Status.TRANSFERRED,
        Action.NO_SHOW: Status.NO_SHOW,
        Action.CANCEL: Status.CANCELLED,
        Action.EXPIRE: Status.EXPIRED,
    },
    Status.NO_SHOW: {
        Action.RESTORE: Status.WAITING,
    },
    Status.COMPLETED: {},
    Status.TRANSFERRED: {},
    Status.CANCELLED: {},
    Status.EXPIRED: {},
}
"""From a status, by an action, to the next. What is not here is illegal."""

AT_COUNTER = frozenset({Status.CALLED, Status.SERVING})
"""A ticket in one of these occupies its counter."""

OPEN = frozenset({Status.WAITING, Status.CALLED, Status.SERVING, Status.HELD})
"""A ticket in one of these still wants something today."""


def allowed(status: Status) -> tuple[Action, ...]:
    """Return the legal actions from a status, in the order of the table."""
    return tuple(MOVES[status])


def advance(status: Status, action: Action, *, label: str = "") -> Status:
    """Return the status that follows.

    Raises:
        IllegalMove: the table has no such move; carries what is allowed instead.
    """
    try:
        return MOVES[status][action]
    except KeyError:
        raise IllegalMove(
            label=label, status=status.value, action=action.value, allowed=[a.value for a in allowed(status)]
        ) from None


def leads(before: Status, after: Status) -> bool:
    """Whether some action leads from one status to another: only such a step can be taken back."""
    return after in MOVES[before].values()
