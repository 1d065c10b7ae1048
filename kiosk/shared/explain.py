"""A refusal as one friendly sentence: the words of `error.<code>`, filled with the error's data as people say it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from kiosk.i18n import Words
from kiosk.shared.clock import clock_time, day, day_at
from kiosk.shared.openings import refused, why_closed
from queue_core.errors import QueueError

_SPOKEN = {"status": "common.status_", "action": "common.action_", "needs": "common.role_"}
"""Data keys whose values are names of the program, and where their words are."""
_REASONS = {
    "clock_suspect": ("year", "backwards", "rest", "jumped"),
    "not_allowed": ("sign_in", "locked", "role", "staff"),
    "pin_refused": ("length", "trivial", "name"),
    "cannot_step_back": ("used_up", "nobody_behind"),
    "cannot_recall": ("used_up", "too_soon"),
    "cannot_restore": ("too_late", "used_up", "left"),
    "journey_refused": ("over", "no_such_leg", "has_leg", "last_leg", "on_journey", "nothing_to_add"),
    "cannot_undo": ("nothing", "too_late", "touched"),
    "bundle_refused": (
        "unreadable",
        "not_one",
        "damaged",
        "newer",
        "invalid",
        "other_site",
        "own",
        "service",
        "taken",
    ),
}
"""Refusals that have a sentence of their own for each of these reasons."""

_CLOSED = ("site_closed", "service_closed", "quota_reached")


def explain(error: QueueError, words: Words, zone: ZoneInfo) -> str:
    """Return what was refused and why, in the language of `words`, with times of `zone`."""
    data = {key: _say(key, value, words, zone) for key, value in error.data.items()}
    if error.code == "clock_suspect":
        data |= {key: _moment(error.data.get(key), zone) for key in ("now", "last")}
    if error.code in _CLOSED:
        data["why"] = why_closed(refused(error.data), zone, words)
    parts = [words(_key(error), **data)]
    parts += [words(f"error.{key}", **{key: data[key]}) for key in ("nearest", "opens_at") if data.get(key)]
    return " ".join(parts)


def _key(error: QueueError) -> str:
    """The sentence for this code; some refusals have one for each reason."""
    reason = error.data.get("reason")
    if reason in _REASONS.get(error.code, ()):
        return f"error.{error.code}_{reason}"
    return f"error.{error.code}"


def _moment(at: object, zone: ZoneInfo) -> str:
    return f"{day(at.astimezone(zone).date())} {clock_time(at, zone)}" if isinstance(at, datetime) else "-"


def _say(key: str, value: object, words: Words, zone: ZoneInfo) -> str:
    if value is None:
        return ""
    if key in _SPOKEN:
        return words(_SPOKEN[key] + str(value))
    if key == "found" and not value:
        return words("error.none_found")
    if key == "opens_at" and isinstance(value, datetime):
        return day_at(value, zone, words)
    if isinstance(value, datetime):
        return clock_time(value, zone)
    if isinstance(value, date):
        return day(value)
    return str(value)
