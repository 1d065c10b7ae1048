"""The sheet of figures: a week, a month or any days; on the screen, as XLSX, CSV, a page to print, or JSON."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import Misused, NotDone
from kiosk.commands.output import answer, line
from kiosk.commands.session import Session

if TYPE_CHECKING:
    from kiosk.report.sheet import Sheet
    from queue_core.views import Report, Span, Tally

FORMATS = ("xlsx", "csv", "html")

Month = Annotated[str, typer.Option("--month", metavar="2026-11", help=HELP("cli.option.month"))]
Week = Annotated[str, typer.Option("--week", metavar="2026-W47", help=HELP("cli.option.week"))]
From = Annotated[str, typer.Option("--from", metavar="2026-11-01", help=HELP("cli.option.from"))]
To = Annotated[str, typer.Option("--to", metavar="2026-11-30", help=HELP("cli.option.to"))]
Agency = Annotated[str, typer.Option("--agency", metavar="CODE", help=HELP("cli.option.agency"))]
Format = Annotated[
    str, typer.Option("--format", metavar="|".join(FORMATS), help=HELP("cli.option.report_format"))
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help=HELP("cli.option.report_out"))]
Recount = Annotated[bool, typer.Option("--recount", help=HELP("cli.option.recount"))]


def register(app: typer.Typer) -> None:
    """Add this verb to the app."""
    command(app, "report", "hall")(report)


def report(
    session: Session,
    *,
    month: Month = "",
    week: Week = "",
    first: From = "",
    last: To = "",
    agency: Agency = "",
    form: Format = "",
    out: Out = None,
    recount: Recount = False,
) -> None:
    """Print the figures of some days; of this week when none are named."""
    span = _span(session, month, week, first, last)
    form = form or (out.suffix[1:].lower() if out is not None else "")
    if form and form not in FORMATS:
        raise Misused(says="cli.unknown_format", value=form, known=", ".join(FORMATS))
    reports = _reports(session, span, agency, recount=recount)
    if session.json and not form:
        print(line(_shape(reports)))
        return
    from kiosk.report.build import build

    _write(session, build(reports, session.words), form, out)


def _reports(session: Session, span: Span, agency: str, *, recount: bool) -> list[Report]:
    """The report of the site that was named, else of every site that has the agency, or of every site."""
    sites = [session.section] if session.given.site else session.settings.site
    code = agency.strip().upper()
    having = [site for site in sites if not code or code in site.agencies] or sites[:1]
    lobbies = [session.house.lobby(site.id) for site in having]
    if recount:
        for lobby in lobbies:
            lobby.count_again(span)
    return [lobby.report(span, agency=code) for lobby in lobbies]


def _span(session: Session, month: str, week: str, first: str, last: str) -> Span:
    from queue_core import spans
    from queue_core.hours import business_day

    if sum(map(bool, (month, week, first or last))) > 1:
        raise Misused(says="cli.one_span")
    today = business_day(session.house.clock(), session.section.time_zone, session.section.day_starts)
    try:
        if month:
            return spans.month(month)
        if week:
            return spans.week(week)
        if first or last:
            end = date.fromisoformat(last) if last else today
            return spans.days(date.fromisoformat(first) if first else end, end)
    except ValueError:
        raise Misused(says="cli.bad_span", value=month or week or f"{first} {last}".strip()) from None
    return spans.week_of(today)


def _write(session: Session, sheet: Sheet, form: str, out: Path | None) -> None:
    content = _content(sheet, form)
    if out is None or str(out) == "-":
        if isinstance(content, bytes) and sys.stdout.isatty():
            raise Misused(says="cli.report_needs_file")
        sys.stdout.buffer.write(content if isinstance(content, bytes) else content.encode())
        return
    try:
        out.write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        raise NotDone(says="cli.cannot_write", path=out, why=error.strerror or "") from None
    answer(session, {"file": str(out)}, session.words("cli.report_written", path=out))


def _content(sheet: Sheet, form: str) -> bytes | str:
    if form == "xlsx":
        from kiosk.report.workbook import workbook

        return workbook(sheet)
    if form == "html":
        from kiosk.report.page import page

        return page(sheet)
    from kiosk.report.table import csv_text, text_lines

    return csv_text(sheet) if form == "csv" else "\n".join(text_lines(sheet)) + "\n"


def _shape(reports: Sequence[Report]) -> dict[str, object]:
    from kiosk.report.figures import shape
    from queue_core.figures import total

    def sums(kind: str = "") -> Tally:
        return total(each.total for each in reports if kind in {"", each.kind})

    span = reports[0].span
    return {
        "from": span.first,
        "to": span.last,
        "agency": reports[0].agency,
        "total": shape(sums()),
        "hall": shape(sums("hall")),
        "outreach": shape(sums("outreach")),
        "sites": [_site_shape(each) for each in reports],
    }


def _site_shape(report: Report) -> dict[str, object]:
    from kiosk.report.figures import shape

    def table(tallies: dict[str, Tally]) -> dict[str, object]:
        return {key: shape(tally) for key, tally in tallies.items()}

    earlier = {"before": report.before, "year_ago": report.year_ago}
    return {
        "site": report.site,
        "kind": report.kind,
        "total": shape(report.total),
        **{
            name: {"from": each.span.first, "to": each.span.last, "total": shape(each.total)}
            for name, each in earlier.items()
        },
        "agencies": table(dict(report.agencies)),
        "services": table(dict(report.services)),
        "hours": table({str(hour): tally for hour, tally in report.hours.items()}),
        "weekdays": table({str(day): tally for day, tally in report.weekdays.items()}),
        "days": table({day.isoformat(): tally for day, tally in report.days.items()}),
        "ratings": report.ratings,
    }
