"""The supervisor's overview in words, line by line. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.shared.clock import clock_time, duration
from kiosk.shared.figures import headline
from kiosk.shared.hurt import ORDERS, level
from kiosk.shared.promise import by_service, sentences
from queue_core.lifecycle import Status

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import CounterSummary, Overview, PrinterView, QueueView, RatingView


TONES = {"good": "fine", "soon": "soon", "muted": "calm"}
"""What a tone of the terminal is called on the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One service. `tone` colours what `state` says in words."""

    agency: str
    name: str
    tone: str
    state: str
    waiting: int
    longest: str
    average: str
    over: int
    serving: int
    counters: int
    issued: int
    completed: int


@dataclass(frozen=True, slots=True)
class Place:
    """A counter or a printer."""

    name: str
    tone: str
    state: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the page shows."""

    sums: tuple[tuple[str, str, str], ...]  # key of words, value, tone
    lines: tuple[Line, ...]
    counters: tuple[Place, ...]
    printers: tuple[Place, ...]
    ratings: tuple[tuple[str, str, int], ...]  # service, mean in words, answers
    promise: tuple[tuple[str, str], ...]  # how well the announced waits held: words, tone
    promises: tuple[tuple[str, str, str], ...]  # the same of each line today: service, words, tone
    open: bool


def sheet(overview: Overview, ratings: Iterable[RatingView], words: Words, zone: ZoneInfo) -> Sheet:
    """Return the site, the worst first; lines where nothing happened today stand last."""
    queues = sorted(overview.queues, key=ORDERS["hurt"])
    sums = headline(queues)
    grave = "late" if sums.over else ""
    names = {queue.service: words.pick(queue.service_names) for queue in queues}
    return Sheet(
        sums=(
            ("waiting", str(sums.waiting), ""),
            ("over", str(sums.over), grave),
            ("longest", str(sums.longest // 60), grave),
            ("serving", str(sums.serving), ""),
            ("done", str(sums.done), ""),
        ),
        lines=tuple(_line(queue, words) for queue in queues),
        counters=tuple(_counter(each, words, zone) for each in overview.counters if each.state != "closed"),
        printers=tuple(_printer(each, words, zone) for each in overview.printers),
        ratings=_ratings(ratings, names, words.language),
        promise=tuple((text, TONES[tone]) for text, tone in sentences(overview, words)),
        promises=_promises(overview, names, words),
        open=overview.opening.open,
    )


def _line(queue: QueueView, words: Words) -> Line:
    at = level(queue)

    def time(seconds: int) -> str:
        return duration(seconds, words, short=True) if seconds else "–"

    return Line(
        agency=queue.agency,
        name=words.pick(queue.service_names),
        tone=at.name.lower(),
        state=words(f"supervisor.state_{at.name.lower()}", count=queue.over_limit),
        waiting=queue.waiting,
        longest=time(queue.longest_wait),
        average=time(queue.average_wait),
        over=queue.over_limit,
        serving=queue.serving,
        counters=queue.open_counters,
        issued=queue.issued,
        completed=queue.completed,
    )


def _counter(counter: CounterSummary, words: Words, zone: ZoneInfo) -> Place:
    name = f"{counter.number} {counter.staff}".strip()
    current = counter.current
    if current is not None:
        serving = current.status is Status.SERVING
        key = "supervisor.doing_serving" if serving else "supervisor.doing_called"
        return Place(name, "fine", words(key, label=current.label))
    if counter.state == "paused" and counter.back_at is not None:
        time = clock_time(counter.back_at, zone)
        return Place(name, "soon", words("supervisor.doing_paused_until", time=time))
    paused = counter.state == "paused"
    return Place(
        name, "soon" if paused else "calm", words(f"supervisor.doing_{'paused' if paused else 'idle'}")
    )


def _printer(printer: PrinterView, words: Words, zone: ZoneInfo) -> Place:
    reason = words(f"printer.{printer.reason}") if printer.reason else ""
    text = words(f"supervisor.printer_{printer.state}", printer=printer.id, reason=reason)
    if printer.state == "silent" and printer.seen_at is not None:
        time = clock_time(printer.seen_at, zone)
        text = words("supervisor.printer_silent_since", printer=printer.id, time=time)
    if printer.waiting_jobs:
        text += ", " + words("supervisor.jobs_waiting", count=printer.waiting_jobs)
    if printer.stuck_jobs:
        text += ", " + words("supervisor.jobs_stuck", count=printer.stuck_jobs)
    tones = {"ok": "fine", "warning": "soon", "silent": "calm"}
    return Place(printer.id, "soon" if printer.stuck_jobs else tones.get(printer.state, "late"), text)


def _ratings(
    ratings: Iterable[RatingView], names: Mapping[str, str], language: str
) -> tuple[tuple[str, str, int], ...]:
    comma = "," if language == "id" else "."
    answers, points = defaultdict[str, int](int), defaultdict[str, int](int)
    for each in ratings:
        answers[each.service] += each.answers
        points[each.service] += each.answers * each.score
    return tuple(
        (names.get(service, service), f"{points[service] / count:.1f}".replace(".", comma), count)
        for service, count in sorted(answers.items(), key=lambda item: -item[1])
    )


def _promises(overview: Overview, names: Mapping[str, str], words: Words) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            names.get(service, service),
            words("supervisor.promise_service", percent=held.percent, kept=held.kept, told=held.told),
            TONES[held.tone],
        )
        for service, held in by_service(overview, overview.business_date).items()
    )
