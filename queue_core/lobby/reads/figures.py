"""Figures of many days: what was counted is added up by the store, and today is counted as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, func, select

from queue_core import spans
from queue_core.figures import COUNTS, Cell, sums_only, total
from queue_core.lobby.counting import count_day
from queue_core.lobby.tables import HOUR_COUNT, RATING
from queue_core.lobby.turn import Look
from queue_core.views import Compared, Report, Span, Tally, UsualDay

Key = TypeVar("Key")
_Group = tuple[Mapping[str, Any], Tally]

_SUMS = tuple(func.sum(HOUR_COUNT.c[name]).label(name) for name in COUNTS)
_CASES = tuple(
    func.aggregate_strings(HOUR_COUNT.c[name], " ").label(name)
    for name in ("wait_minutes", "service_minutes")
)
MOST_WEEKS = 26


def report(look: Look, asked: Span, agency: str) -> Report:
    """The figures of a span, of the whole site or of one agency. Every day of it that is over must have been counted."""
    span = spans.until(asked, look.today)
    today = _today(look, agency) if span.first <= look.today <= span.last else {}
    names = ("service", "weekday", "hour")
    cells = [*_grouped(look, span, agency, names, cases=True), *_as_groups(look, today)]
    dates = [*_grouped(look, span, agency, ("business_date",)), *_as_groups(look, today)]
    services = _by(cells, lambda group: str(group["service"]))
    agencies = _by(_named(services), lambda group: str(group["service"]).partition(".")[0])
    catalogue = look.catalogue
    return Report(
        at=look.now,
        site=look.site,
        site_names=catalogue.site.names,
        kind=catalogue.site.kind,
        time_zone=catalogue.site.time_zone,
        agency=agency,
        span=span,
        total=total(agencies.values()),
        agencies=agencies,
        services=services,
        hours=_by(cells, lambda group: int(group["hour"])),
        weekdays=_by(cells, lambda group: int(group["weekday"])),
        days={day: sums_only(tally) for day, tally in _by(dates, _date).items()},
        ratings=_ratings(look, span, agency),
        before=_compared(look, spans.before(span, asked), agency),
        year_ago=_compared(look, spans.year_ago(span, asked), agency),
        agency_names={code: entry.names for code, entry in catalogue.agencies.items()},
        service_names={service: entry.names for service, entry in catalogue.services.items()},
        first_hour=_first_hour(look),
    )


def usual_day(look: Look, weeks: int) -> UsualDay:
    """Today by hour, beside the mean of the last weekdays of the same name on which anybody came."""
    last = tuple(spans.earlier(look.today, weeks=back) for back in range(1, MOST_WEEKS + 1))
    rows = look.connection.execute(
        select(HOUR_COUNT.c.business_date, HOUR_COUNT.c.hour, *_SUMS)
        .where(HOUR_COUNT.c.site_id == look.site, HOUR_COUNT.c.business_date.in_(last))
        .group_by(HOUR_COUNT.c.business_date, HOUR_COUNT.c.hour)
    ).all()
    days = sorted({row.business_date for row in rows}, reverse=True)[:weeks]
    tickets, waited, called = Counter[int](), Counter[int](), Counter[int]()
    for row in rows:
        if row.business_date in days:
            tickets[row.hour] += int(row.tickets)
            waited[row.hour] += int(row.waited)
            called[row.hour] += int(row.called)
    today = _as_groups(look, count_day(look, look.today))
    return UsualDay(
        at=look.now,
        business_date=look.today,
        days=len(days),
        today=_by(today, lambda group: int(group["hour"])),
        usual={hour: tickets[hour] / len(days) for hour in sorted(tickets)},
        usual_wait={hour: waited[hour] / 60 / called[hour] for hour in sorted(called) if called[hour]},
        first_hour=_first_hour(look),
    )


def _today(look: Look, agency: str) -> dict[Cell, Tally]:
    cells = count_day(look, look.today)
    return {cell: tally for cell, tally in cells.items() if not agency or cell[0].startswith(f"{agency}.")}


def _as_groups(look: Look, cells: Mapping[Cell, Tally]) -> list[_Group]:
    here = {"business_date": look.today, "weekday": look.today.weekday()}
    return [({**here, "service": cell[0], "hour": cell[1]}, tally) for cell, tally in cells.items()]


def _named(services: Mapping[str, Tally]) -> list[_Group]:
    return [({"service": service}, tally) for service, tally in services.items()]


def _grouped(
    look: Look, span: Span, agency: str, names: Sequence[str], *, cases: bool = False
) -> list[_Group]:
    """The counted days of a span, added up by the store in groups of the same `names`; with `cases`, each wait as well."""
    columns = [HOUR_COUNT.c[name] for name in names]
    wanted = (*_SUMS, *_CASES) if cases else _SUMS
    rows = look.connection.execute(
        select(*columns, *wanted).where(*_within(look, span, agency)).group_by(*columns)
    )
    return [({name: getattr(row, name) for name in names}, _tally(row, cases=cases)) for row in rows]


def _compared(look: Look, span: Span, agency: str) -> Compared:
    """An earlier span, without today, which is not over."""
    groups = _grouped(look, span, agency, ("weekday",))
    return Compared(span, total(tally for _, tally in groups))


def _within(look: Look, span: Span, agency: str) -> list[ColumnElement[bool]]:
    last = min(span.last, spans.earlier(look.today, days=1))
    where = [HOUR_COUNT.c.site_id == look.site, HOUR_COUNT.c.business_date.between(span.first, last)]
    if agency:
        where.append(HOUR_COUNT.c.service.startswith(f"{agency}.", autoescape=True))
    return where


def _tally(row: Row[Any], *, cases: bool) -> Tally:
    sums = {name: int(getattr(row, name)) for name in COUNTS}
    waits, services = (row.wait_minutes, row.service_minutes) if cases else ("", "")
    return Tally(**sums, waits=_minutes(waits), services=_minutes(services))


def _minutes(words: str) -> dict[int, int]:
    return {int(minute): cases for minute, cases in Counter(words.split()).items()}


def _by(groups: Iterable[_Group], key: Callable[[Mapping[str, Any]], Key]) -> dict[Key, Tally]:
    found: dict[Key, list[Tally]] = {}
    for group, tally in groups:
        found.setdefault(key(group), []).append(tally)
    return {name: total(found[name]) for name in sorted(found)}  # type: ignore[type-var]


def _ratings(look: Look, span: Span, agency: str) -> dict[str, dict[int, int]]:
    where = [RATING.c.site_id == look.site, RATING.c.business_date.between(span.first, span.last)]
    if agency:
        where.append(RATING.c.service.startswith(f"{agency}.", autoescape=True))
    ratings: dict[str, dict[int, int]] = {}
    answers = func.sum(RATING.c.answers).label("answers")
    for row in look.connection.execute(
        select(RATING.c.service, RATING.c.score, answers)
        .where(*where)
        .group_by(RATING.c.service, RATING.c.score)
    ):
        ratings.setdefault(row.service, {})[row.score] = int(row.answers)
    return ratings


def _first_hour(look: Look) -> int:
    return int(look.catalogue.place.day_starts.partition(":")[0])


def _date(group: Mapping[str, Any]) -> date:
    day = group["business_date"]
    assert isinstance(day, date)
    return day
