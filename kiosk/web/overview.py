"""The supervisor's overview in words, line by line. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.shared.advice import advice
from kiosk.shared.alerting import Watched, alert_words, service_names, untold
from kiosk.shared.clock import duration
from kiosk.shared.figures import headline
from kiosk.shared.hurt import ORDERS, SIGNS, level, needs_help
from kiosk.shared.openings import closed_line
from kiosk.shared.places import by_hand, doing, printer_said, state_of
from kiosk.shared.promise import by_service, sentences

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import Overview, PrinterView, QueueView, RatingView


TONES = {"good": "fine", "accent": "fine", "soon": "soon", "late": "late", "muted": "calm", "": "calm"}
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
class Focus:
    """The line that needs help most, and what would help it."""

    tone: str
    name: str
    state: str
    facts: str
    help: str


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
    closed: str  # why the site gives out no numbers, and until when; empty: it does
    focus: Focus | None  # None: no line needs help
    alerts: tuple[Place, ...]  # those that nobody knows of are late


def sheet(watched: Watched, ratings: Iterable[RatingView], words: Words, zone: ZoneInfo) -> Sheet:
    """Return the site, the worst first; lines where nothing happened today stand last."""
    overview = watched.overview
    queues = sorted(overview.queues, key=ORDERS["hurt"])
    sums = headline(queues)
    grave = "late" if sums.over else ""
    names = {queue.service: words.pick(queue.service_names) for queue in queues}
    return Sheet(
        sums=(
            ("waiting", str(sums.waiting), ""),
            ("over", str(sums.over), grave),
            ("longest", str(sums.longest // 60), ""),
            ("serving", str(sums.serving), ""),
            ("done", str(sums.done), ""),
        ),
        lines=tuple(_line(queue, words, zone) for queue in queues),
        counters=_counters(overview, words, zone),
        printers=tuple(_printer(each, words, zone) for each in overview.printers),
        ratings=_ratings(ratings, names, words.language),
        promise=tuple((text, TONES[tone]) for text, tone in sentences(overview, words)),
        promises=_promises(overview, names, words),
        closed="" if overview.opening.open else closed_line(overview.opening, overview.at, zone, words),
        focus=_focus(queues, overview, words),
        alerts=_alerts(watched, words),
    )


def _line(queue: QueueView, words: Words, zone: ZoneInfo) -> Line:
    at = level(queue)

    def time(seconds: int) -> str:
        return duration(seconds, words, short=True) if seconds else "–"

    return Line(
        agency=queue.agency,
        name=" · ".join(filter(None, (words.pick(queue.service_names), by_hand(queue.opening, words, zone)))),
        tone=at.name.lower(),
        state=f"{SIGNS[at]} {state_of(queue, words)}",
        waiting=queue.waiting,
        longest=time(queue.longest_wait),
        average=time(queue.average_wait),
        over=queue.over_limit,
        serving=queue.serving,
        counters=queue.open_counters,
        issued=queue.issued,
        completed=queue.completed,
    )


def _counters(overview: Overview, words: Words, zone: ZoneInfo) -> tuple[Place, ...]:
    """Those that are open or on a break: those worth a look first."""
    waiting = {queue.service: queue.waiting for queue in overview.queues}
    places = []
    for each in overview.counters:
        if each.state != "closed":
            said, _ = doing(each, waiting, overview.at, words, zone)
            name = f"{each.number}{'*' if each.moved else ''} {each.staff_name}".strip()
            places.append(Place(name, TONES[said.tone], said.text))
    return tuple(sorted(places, key=lambda place: place.tone != "soon"))


def _printer(printer: PrinterView, words: Words, zone: ZoneInfo) -> Place:
    said = printer_said(printer, words, zone)
    text = said.text.removeprefix(printer.id).lstrip(": ")  # its name stands before it
    return Place(printer.id, TONES[said.tone], text)


def _focus(queues: Sequence[QueueView], overview: Overview, words: Words) -> Focus | None:
    """The line that needs help most; None when none does."""
    worst = queues[0] if queues else None
    if worst is None or not needs_help(worst):
        return None
    waiting = {queue.service: queue.waiting for queue in queues}
    found = advice(worst, overview.counters, waiting, overview.at)
    longest = duration(worst.longest_wait, words, short=True)
    return Focus(
        tone=level(worst).name.lower(),
        name=f"{SIGNS[level(worst)]} {worst.agency} {words.pick(worst.service_names)}",
        state=state_of(worst, words),
        facts=words("supervisor.focus_facts", waiting=worst.waiting, longest=longest),
        help=found.sentence(words) if found is not None else "",
    )


def _alerts(watched: Watched, words: Words) -> tuple[Place, ...]:
    names = service_names(watched.overview, words)
    new = untold(watched.alerts)
    return tuple(
        Place(each.kind.value, "late" if each in new else "calm", alert_words(each, names, words))
        for each in watched.alerts
    )


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
