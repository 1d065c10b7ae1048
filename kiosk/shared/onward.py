"""Where a visit goes on, and what is left of its way, in words for staff. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import LegView, OnwardView


def onward_words(onward: OnwardView, words: Words) -> str:
    """Return where a visit went on by itself, why there, and what was given up: one or two sentences."""
    said = []
    if onward.leg is not None:
        leg = onward.leg
        place = f"{words.pick(leg.agency_names)}: {words.pick(leg.service_names)}"
        where = words("common.onward", leg=leg.leg, legs=leg.legs, place=place)
        said.append(" ".join([where, counters_words(onward.counters, words)]).strip())
        if onward.because != "order":
            said[0] += f" ({words(f'common.because_{onward.because}')})"
    said += [words("common.leg_closed", service=words.pick(names)) for names in onward.closed]
    return " · ".join(said)


def counters_words(counters: Sequence[int], words: Words) -> str:
    """Return where a line is served now, or that no counter is open."""
    if not counters:
        return words("common.no_counter_open")
    return words("common.at_counters", counters=", ".join(map(str, counters)))


def next_words(way: Sequence[LegView], words: Words) -> str:
    """Return what comes after the step of now: its service and where, or that the order is free; empty at the end."""
    ahead = [leg for leg in way if leg.status is None and not leg.gone]
    if not ahead:
        return ""
    due = [leg for leg in ahead if leg.stage == ahead[0].stage]
    names = ", ".join(words.pick(leg.service_names) for leg in due)
    if len(due) > 1:
        return words("common.next_free", services=names)
    return words("common.next_step", service=names, where=counters_words(due[0].counters, words))
