"""From the reports of one or several sites to the sheet. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from kiosk.report.comparing import comparison
from kiosk.report.figures import FIGURES, OF_SUMS, Figure, satisfaction
from kiosk.report.sheet import Block, Column, Sheet, Value
from kiosk.shared.dates import long_moment
from queue_core.figures import total
from queue_core.views import Tally

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import Names, Report

Key = TypeVar("Key")

MOST_DAYS = 62
"""Longer spans are listed by the month."""
DEFINED = (
    "visit", "priority_share", "tickets", "served", "no_show", "cancelled", "transferred", "expired", "wait", "median",
    "promise_share", "service", "journeys", "hour", "site_kind", "satisfaction", "growth",
)  # fmt: skip


def build(reports: Sequence[Report], words: Words) -> Sheet:
    """Return the sheet: `reports` are of the same days and the same agency, if of one."""
    first = reports[0]
    blocks = (
        _sites(reports, words),
        comparison(reports, words),
        _agencies(reports, words),
        _services(reports, words),
        _hours(reports, words),
        _weekdays(reports, words),
        _days(reports, words),
        _satisfaction(reports, words),
    )
    return Sheet(
        language=words.language,
        title=words("report.title"),
        lines=(
            "; ".join(words.pick(each.site_names) for each in reports),
            *([words.pick(first.agency_names[first.agency])] if first.agency else []),
            words(
                "report.days",
                first=day_words(first.span.first, words),
                last=day_words(first.span.last, words),
            ),
            words("report.made_at", moment=long_moment(first.at, first.time_zone, words.language)),
        ),
        blocks=tuple(block for block in blocks if block.rows),
        definitions_title=words("report.definitions"),
        definitions=tuple((words(f"report.term_{term}"), words(f"report.define_{term}")) for term in DEFINED),
    )


def day_words(day: date, words: Words) -> str:
    """Return a day as people write it."""
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=words.language)


def merged(reports: Sequence[Report], part: Callable[[Report], Mapping[Key, Tally]]) -> dict[Key, Tally]:
    """Return one table for all sites: what has the same key is added up."""
    found: dict[Key, list[Tally]] = {}
    for report in reports:
        for key, tally in part(report).items():
            found.setdefault(key, []).append(tally)
    return {key: total(tallies) for key, tallies in found.items()}


def _table(
    name: str, words: Words, rows: Iterable[tuple[str, Tally]], figures: Sequence[Figure] = FIGURES
) -> Block:
    columns = (Column(words(f"report.by_{name}"), "text"), *heads(figures, words))
    cells = tuple((title, *(figure(tally) for _, _, figure in figures)) for title, tally in rows)
    bars = 1 if name in {"hour", "weekday", "day", "month"} else -1
    return Block(name, words(f"report.title_{name}"), columns, cells, bars)


def heads(figures: Sequence[Figure], words: Words) -> tuple[Column, ...]:
    """Return the columns of figures."""
    return tuple(Column(words(f"report.{name}"), kind) for name, kind, _ in figures)


def _sites(reports: Sequence[Report], words: Words) -> Block:
    rows = [(words.pick(each.site_names), each.total) for each in reports]
    kinds = sorted({each.kind for each in reports})
    if len(reports) > 1:
        rows += [
            (words(f"report.kind_{kind}"), total(each.total for each in reports if each.kind == kind))
            for kind in kinds
        ]
        rows.append((words("report.all"), total(each.total for each in reports)))
    return _table("site", words, rows)


def _names(reports: Sequence[Report], part: Callable[[Report], Mapping[str, Names]]) -> dict[str, Names]:
    return {key: names for report in reversed(reports) for key, names in part(report).items()}


def _agencies(reports: Sequence[Report], words: Words) -> Block:
    names = _names(reports, lambda report: report.agency_names)
    agencies = merged(reports, lambda report: report.agencies)
    ranked = sorted(agencies.items(), key=lambda item: (-item[1].tickets, item[0]))
    return _table(
        "agency", words, [(f"{code} · {words.pick(names.get(code, {}))}", tally) for code, tally in ranked]
    )


def _services(reports: Sequence[Report], words: Words) -> Block:
    names = _names(reports, lambda report: report.service_names)
    services = sorted(merged(reports, lambda report: report.services).items())
    rows = [(f"{service} · {words.pick(names.get(service, {}))}", tally) for service, tally in services]
    return _table("service", words, rows)


def _hours(reports: Sequence[Report], words: Words) -> Block:
    """By the site's clocks, from the hour at which its day begins: what comes before that hour is the night after."""
    first = reports[0].first_hour
    hours = sorted(
        merged(reports, lambda report: report.hours).items(), key=lambda item: (item[0] - first) % 24
    )
    point = "." if words.language == "id" else ":"
    rows = [(f"{hour:02d}{point}00–{(hour + 1) % 24:02d}{point}00", tally) for hour, tally in hours]
    return _table("hour", words, rows)


def _weekdays(reports: Sequence[Report], words: Words) -> Block:
    days = sorted(merged(reports, lambda report: report.weekdays).items())
    return _table("weekday", words, [(words(f"common.weekday_{day}"), tally) for day, tally in days])


def _days(reports: Sequence[Report], words: Words) -> Block:
    from babel.dates import format_date

    days = merged(reports, lambda report: report.days)
    name, pattern = ("day", "EEE d MMM y") if reports[0].span.days <= MOST_DAYS else ("month", "MMMM y")
    groups: dict[date, list[Tally]] = {}
    for day, tally in sorted(days.items()):
        groups.setdefault(day if name == "day" else day.replace(day=1), []).append(tally)
    rows = [(format_date(day, pattern, locale=words.language), total(group)) for day, group in groups.items()]
    return _table(name, words, rows, OF_SUMS)


def _satisfaction(reports: Sequence[Report], words: Words) -> Block:
    names = _names(reports, lambda report: report.service_names)
    scores: dict[str, dict[int, int]] = {}
    for report in reports:
        for service, given in report.ratings.items():
            sums = scores.setdefault(service, {})
            for score, many in given.items():
                sums[score] = sums.get(score, 0) + many
    rows: list[tuple[Value, ...]] = [
        (f"{service} · {words.pick(names.get(service, {}))}", *satisfaction(given))
        for service, given in sorted(scores.items())
    ]
    columns = (
        Column(words("report.by_service"), "text"),
        Column(words("report.answers"), "count"),
        Column(words("report.score"), "score"),
        Column(words("report.content"), "share"),
    )
    return Block("satisfaction", words("report.title_satisfaction"), columns, tuple(rows))
