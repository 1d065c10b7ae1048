"""The figures of one line of a table, in their order, and what is worked out from sums. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.report.sheet import Kind, Value
from queue_core.figures import mean_minutes, quantile, share
from queue_core.views import Tally

Figure = tuple[str, Kind, Callable[[Tally], Value]]
"""Its name in JSON and in the words `report.<name>`, how it is read, and what it is."""

FIGURES: tuple[Figure, ...] = (
    ("visits", "count", lambda t: t.visits),
    ("priority_share", "share", lambda t: share(t.priority, t.visits)),
    ("tickets", "count", lambda t: t.tickets),
    ("served", "count", lambda t: t.served),
    ("no_show", "count", lambda t: t.no_show),
    ("cancelled", "count", lambda t: t.cancelled),
    ("transferred", "count", lambda t: t.transferred),
    ("expired", "count", lambda t: t.expired),
    ("wait_mean", "minutes", lambda t: mean_minutes(t.waited, t.called)),
    ("wait_median", "minutes", lambda t: quantile(t.waits, 0.5)),
    ("wait_p90", "minutes", lambda t: quantile(t.waits, 0.9)),
    ("promise_share", "share", lambda t: share(t.in_promise, t.called)),
    ("service_mean", "minutes", lambda t: mean_minutes(t.attended, t.timed)),
    ("service_median", "minutes", lambda t: quantile(t.services, 0.5)),
    ("service_p90", "minutes", lambda t: quantile(t.services, 0.9)),
    ("journeys", "count", lambda t: t.journeys),
    ("journeys_finished", "count", lambda t: t.journeys_finished),
)

OF_SUMS = tuple(figure for figure in FIGURES if not figure[0].endswith(("_median", "_p90")))
"""Those that need no distribution: what days, months and earlier spans have."""

COMPARED = ("visits", "served", "no_show", "wait_mean", "promise_share", "service_mean")
"""Those that are set beside the month and the year before."""


def under_way(tally: Tally) -> int:
    """Return the tickets that have not ended: today's, while the day goes on."""
    return tally.tickets - tally.served - tally.no_show - tally.cancelled - tally.transferred - tally.expired


def shape(tally: Tally) -> dict[str, Value]:
    """Return every figure by its name, for programs."""
    figures = {name: figure(tally) for name, _, figure in FIGURES}
    return {
        **figures,
        "priority": tally.priority,
        "under_way": under_way(tally),
        "waits_measured": tally.called,
    }


def satisfaction(scores: Mapping[int, int]) -> tuple[int, float | None, float | None]:
    """Return how many answered, the mean score of 1 to 4, and the share that were content (3 or 4)."""
    answers = sum(scores.values())
    points = sum(score * many for score, many in scores.items())
    content = sum(many for score, many in scores.items() if score >= 3)
    return answers, share(points, answers), share(content, answers)
