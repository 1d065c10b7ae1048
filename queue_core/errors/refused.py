"""What the rules refuse."""

from __future__ import annotations

from queue_core.errors.base import QueueError


class Refused(QueueError):
    """The rules say no; nothing was changed."""

    code = "refused"


class IllegalMove(Refused):
    """Data: `label`, `status`, `action`, `allowed` (names of the actions that are legal now)."""

    code = "illegal_move"


class UnknownSite(Refused):
    """Data: `site`."""

    code = "unknown_site"


class UnknownTicket(Refused):
    """Data: `label`."""

    code = "unknown_ticket"


class UnknownService(Refused):
    """Data: `service`, `nearest` (may be empty)."""

    code = "unknown_service"


class UnknownCounter(Refused):
    """Data: `counter`, `nearest` (may be empty)."""

    code = "unknown_counter"


class UnknownJourney(Refused):
    """Data: `journey`, `nearest` (may be empty)."""

    code = "unknown_journey"


class UnknownStaff(Refused):
    """Data: `staff`."""

    code = "unknown_staff"


class UnknownRoll(Refused):
    """No pre-printed roll is being handed out for this agency today. Data: `agency`."""

    code = "unknown_roll"


class RollInUse(Refused):
    """The agency hands out another roll. Data: `agency`, `first`, `last`."""

    code = "roll_in_use"


class RollRange(Refused):
    """The number was handed out before, or the roll does not have it. Data: `number`, `next`, `last`."""

    code = "roll_range"


class UnknownJob(Refused):
    """Data: `job`."""

    code = "unknown_job"


class PinRefused(Refused):
    """Data: `reason`, a fault of queue_core.pin_rules: `length`, `trivial` or `name`. The PIN itself is not among it."""

    code = "pin_refused"


class StaffExists(Refused):
    """Somebody has this name already. Data: `staff`."""

    code = "staff_exists"


class SiteClosed(Refused):
    """Data: `reason`, `opens_at` (aware, or None); `name` and `until` where they are known, as in views.Opening."""

    code = "site_closed"


class ServiceClosed(Refused):
    """Data: as of SiteClosed, `service`, and `last_ticket_at` where that is the reason."""

    code = "service_closed"


class QuotaReached(Refused):
    """Data: `service`, `reason` (`quota_day` or `quota_hour`), `opens_at` (aware, or None)."""

    code = "quota_reached"


class CannotStepBack(Refused):
    """Data: `label`, `reason`: `used_up` (with `most`, how often a visit may) or `nobody_behind`."""

    code = "cannot_step_back"


class NoticeOver(Refused):
    """The moment until which it should be shown has passed. Data: `until`."""

    code = "notice_over"


class CannotRecall(Refused):
    """Data: `label`, `reason`: `used_up` (with `calls`) or `too_soon` (with `seconds`, still to wait)."""

    code = "cannot_recall"


class CannotRestore(Refused):
    """Data: `label`, `reason`: `too_late` (with `minutes`, within which it could be), `used_up` (with `times`), or `left`: nobody serves there any more."""

    code = "cannot_restore"


class CannotUndo(Refused):
    """Data: `counter`, `reason`: `nothing`, `too_late` (with `seconds`, within which it could be) or `touched` (with `label`)."""

    code = "cannot_undo"


class PersonalData(Refused):
    """A text holds what looks like an identity or telephone number. Data: `digits`, how many in a row are too many."""

    code = "personal_data"


class CounterTakesNot(Refused):
    """Data: `counter`, `service`, which is not served there."""

    code = "counter_takes_not"


class JourneyRefused(Refused):
    """The way of a visit cannot be changed so. Data: `label`, `service`, `reason`.

    `over`; `no_such_leg`: it does not want this service; `has_leg`: it wants it already; `last_leg`: nothing else is left;
    `on_journey`: it is on one; `nothing_to_add`: it wants all of the journey already.
    """

    code = "journey_refused"


class CounterPaused(Refused):
    """Data: `counter`."""

    code = "counter_paused"


class CounterBusy(Refused):
    """A visitor stands at this counter. Data: `counter`, `label`, `status`."""

    code = "counter_busy"


class CounterIdle(Refused):
    """Nobody stands at this counter, so the action has no object. Data: `counter`, `action`."""

    code = "counter_idle"


class NotAllowed(Refused):
    """Data: `reason`: `sign_in`, `locked` (with `until`), `role` (with `needs`), or `staff` (with `staff`): nobody active here."""

    code = "not_allowed"


class RequestReused(Refused):
    """Each request_id belongs to one command. Data: `request_id`, `command` (the one that it has answered)."""

    code = "request_reused"


class ClockSuspect(Refused):
    """The clock cannot be right, see lobby.clockwork.

    Data: `reason` (`year`, `backwards`, `rest` or `jumped`), `now`, `last` (when something last happened here, or None).
    """

    code = "clock_suspect"


class NotEnrolled(Refused):
    """A kiosk's own store gives out no number before it has, or has again, a code of its site. Data: `site`."""

    code = "not_enrolled"


class BundleRefused(Refused):
    """Rows of another store were not taken; nothing was changed. Data: `reason`, and what it names.

    `unreadable`: the `file` cannot be read (`detail`); `not_one`: the `file` is none of ours; `damaged`: it is not whole, or was changed; `newer`: a newer program made it
    (`found`, `known`); `invalid`: its content breaks the form (`detail`); `other_site`: they are of `found`, not `site`;
    `own`: they are this store's; `service`: the site does not know a `service` of theirs; `taken`: a number (`label`, `day`) was given out by somebody else here.
    """

    code = "bundle_refused"
