"""Who may do what: one table, from a verb of the Lobby to the least role that may use it. Pure.

It holds for persons. Whatever acts without a person (a visitor at the kiosk, a phone, a command typed on a machine)
acts for its machine: who can start programs there is its administrator, and the front ends offer visitors their verbs only.
"""

from __future__ import annotations

ROLES = ("visitor_desk", "counter", "supervisor", "admin")
"""Each may do what those before it may."""

_VERBS = {
    "visitor_desk": (
        *("issue", "start_journey", "cancel", "step_back", "restore"),
        *("add_leg", "skip_leg", "make_journey", "note", "set_priority"),
        *("reprint", "answer_for_slip", "note_paper", "start_roll", "hand_out", "stop_roll"),
        *("sign_in", "unlock"),
    ),
    "counter": (
        *("open_counter", "pause_counter", "close_counter"),
        *("call_next", "call", "recall", "start", "complete", "no_show", "hold", "resume", "transfer"),
        *("walk_in", "undo", "hand_over"),
    ),
    "supervisor": (
        *("close_day", "set_notice", "clear_notice", "agency_leaves"),
        *("move_counter", "return_counter", "note_alerts", "acknowledge_alerts"),
        *("open_service", "close_service", "force_open", "lift_override", "accept_clock"),
    ),
    "admin": ("add_staff", "set_staff", "apply_catalogue", "begin_epoch"),
}

LEAST: dict[str, str] = {verb: role for role, verbs in _VERBS.items() for verb in verbs}
"""The least role that may use each verb which takes `by`; a verb that is missing here is the administrator's."""


def satisfies(role: str, needs: str) -> bool:
    """Whether somebody with this role may do what needs that one."""
    return ROLES.index(role) >= ROLES.index(needs)


def allows(role: str, verb: str) -> bool:
    """Whether somebody with this role may use this verb."""
    return satisfies(role, needed(verb))


def needed(verb: str) -> str:
    """Return the least role that may use a verb."""
    return LEAST.get(verb, ROLES[-1])
