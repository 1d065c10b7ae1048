"""What can happen, in the past tense, and who made it happen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """One kind of change. The value is what is stored; never rename one."""

    ISSUED = "issued"
    CALLED = "called"
    RECALLED = "recalled"
    STARTED = "started"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    HELD = "held"
    RESUMED = "resumed"
    HOLD_ENDED = "hold_ended"
    NOTED = "noted"
    UNDONE = "undone"
    TRANSFERRED = "transferred"
    RESTORED = "restored"
    STEPPED_BACK = "stepped_back"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    LEG_BEGUN = "leg_begun"
    LEG_DROPPED = "leg_dropped"
    LEG_ADDED = "leg_added"
    JOURNEY_BEGUN = "journey_begun"
    JOURNEY_ENDED = "journey_ended"
    COUNTER_OPENED = "counter_opened"
    COUNTER_PAUSED = "counter_paused"
    COUNTER_CLOSED = "counter_closed"
    COUNTER_HANDED_OVER = "counter_handed_over"
    AGENCY_LEFT = "agency_left"
    DAY_CLOSED = "day_closed"
    COPY_PUT_BACK = "copy_put_back"
    CHANGES_LOST = "changes_lost"
    CATALOGUE_APPLIED = "catalogue_applied"
    STAFF_ADDED = "staff_added"
    STAFF_CHANGED = "staff_changed"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    REFUSED = "refused"
    SLIP_PRINTED = "slip_printed"
    SLIP_FAILED = "slip_failed"
    SLIP_ASKED_AGAIN = "slip_asked_again"
    PRINTER_CHANGED = "printer_changed"
    PAPER_CHANGED = "paper_changed"
    ROLL_STARTED = "roll_started"
    ROLL_HANDED_OUT = "roll_handed_out"
    ROLL_STOPPED = "roll_stopped"
    NOTICE_SET = "notice_set"
    NOTICE_CLEARED = "notice_cleared"
    COUNTER_MOVED = "counter_moved"
    COUNTER_RETURNED = "counter_returned"
    PRIORITY_SET = "priority_set"
    ALERT_RAISED = "alert_raised"
    ALERT_ENDED = "alert_ended"
    ALERT_ACKNOWLEDGED = "alert_acknowledged"
    SERVICE_CLOSED = "service_closed"
    SERVICE_HELD_OPEN = "service_held_open"
    ORDER_LIFTED = "order_lifted"
    CLOCK_ACCEPTED = "clock_accepted"
    KIOSK_ENROLLED = "kiosk_enrolled"
    KIOSK_CAUGHT_UP = "kiosk_caught_up"


class Favour(StrEnum):
    """Why a visitor goes first: whom Indonesian law names, and the rest. Counted by the day, kept with nobody."""

    ELDERLY = "elderly"
    DISABILITY = "disability"
    PREGNANT = "pregnant"
    CHILD = "child"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff (empty for a visitor) at a machine (empty for a script)."""

    staff: str = ""
    machine: str = ""


NOBODY = Actor()
