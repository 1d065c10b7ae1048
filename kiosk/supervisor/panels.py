"""Panels: what the overview shows of one look, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from kiosk.shared.figures import by_agency, headline, moved_on
from kiosk.shared.hurt import ORDERS, level
from kiosk.shared.widgets.live_table import LiveTable
from kiosk.shared.widgets.still_text import StillText, entitle
from kiosk.supervisor.cells import TONES, agency_line, counter_lines, printer_words, queue_line
from kiosk.supervisor.columns import agency_columns, counter_columns, queue_columns
from kiosk.supervisor.glance import focus, worst
from kiosk.supervisor.promise import PromiseLine
from kiosk.supervisor.widgets import AlertLine, Figure

if TYPE_CHECKING:
    from kiosk.shared.staff import StaffScreen
    from kiosk.supervisor.watching import Seen
    from queue_core.views import PrinterView, QueueView


SUMS = ("waiting", "over", "longest", "serving", "done")
"""The figures of the whole site."""


class Panels:
    """The parts of one screen, and how its lines are sorted and put together."""

    def __init__(self, screen: StaffScreen[None]) -> None:
        """Begin with the worst line first, each service by itself."""
        self._screen = screen
        self.order = "hurt"
        self.grouped = False
        self.agency = ""

    @property
    def chosen_service(self) -> str:
        """The service under the cursor; empty when lines stand for agencies."""
        return "" if self.grouped else self._table("queues").chosen

    def retranslate(self) -> None:
        """Write every word again."""
        words = self._screen.words
        for name in SUMS:
            self._screen.query_one(f"#figure-{name}", Figure).caption(words(f"supervisor.{name}"))
        self._table("counters").border_title = words("supervisor.counters")
        self._table("agencies").border_title = words("supervisor.totals")

    def show(self, seen: Seen, now: datetime) -> None:
        """Show a look."""
        queues = moved_on(seen.overview, now)
        agencies = by_agency(queues, seen.overview.counters)
        self._show_glance(queues, seen, now)
        self._show_band(queues)
        self._show_queues(agencies if self.grouped else queues)
        self._show_sides(agencies, seen, now)
        self._show_printers(seen.overview.printers)
        self._screen.query_one(PromiseLine).show(seen.overview, self._screen.words)

    def _table(self, name: str) -> LiveTable:
        return self._screen.query_one(f"#{name}", LiveTable)

    def _show_glance(self, queues: list[QueueView], seen: Seen, now: datetime) -> None:
        self._screen.query_one(AlertLine).show(seen, now, self._screen.words)
        self._screen.query_one("#focus", StillText).update(focus(queues, seen, self._screen.words))

    def _show_band(self, queues: list[QueueView]) -> None:
        """Whose line needs help stands first and largest: the eye need not read to find it."""
        self._show_help(worst(queues))
        sums = headline(queues)
        grave = "late" if sums.over else ""
        for name, value, tone in (
            ("waiting", sums.waiting, ""),
            ("over", sums.over, grave or "good"),
            ("longest", sums.longest // 60, ""),
            ("serving", sums.serving, ""),
            ("done", sums.done, ""),
        ):
            self._screen.query_one(f"#figure-{name}", Figure).show(value, tone)

    def _show_help(self, found: list[QueueView]) -> None:
        help_first, words = self._screen.query_one("#figure-help", Figure), self._screen.words
        if found:
            help_first.show(found[0].agency, TONES[level(found[0])])
            help_first.caption(words.pick(found[0].service_names))
        else:
            help_first.show("OK", "good")
            help_first.caption(words("supervisor.all_well"))

    def _show_queues(self, queues: list[QueueView]) -> None:
        words, zone, table = self._screen.words, self._screen.staff_app.zone, self._table("queues")
        table.shape(queue_columns(words, self._screen.app.size.width))
        shown = [queue for queue in queues if self.agency in ("", queue.agency)]
        shown.sort(key=ORDERS[self.order])
        table.show([queue_line(queue, words, zone) for queue in shown])
        title = words("supervisor.queues_by_agency" if self.grouped else "supervisor.queues")
        if self.agency and shown:
            title = words("supervisor.queues_of", agency=words.pick(shown[0].agency_names))
        order = words(f"supervisor.sort_{self.order}")
        entitle(table, words("supervisor.sorted", title=title, order=order))

    def _show_sides(self, agencies: list[QueueView], seen: Seen, now: datetime) -> None:
        overview, words, width = seen.overview, self._screen.words, self._screen.app.size.width
        counters = self._table("counters")
        counters.shape(counter_columns(words, width))
        zone = self._screen.staff_app.zone
        counters.show(counter_lines(overview.counters, overview.queues, now, words, zone))
        totals = self._table("agencies")
        totals.shape(agency_columns(words, width))
        days = sorted(agencies, key=lambda agency: (-agency.issued, agency.agency))
        totals.show([agency_line(agency, words) for agency in days])

    def _show_printers(self, printers: Sequence[PrinterView]) -> None:
        words = self._screen.words
        parts: list[str | tuple[str, str]] = [(words("supervisor.printers"), "$muted")]
        grave = {"trouble": 0, "warning": 1}
        for printer in sorted(printers, key=lambda each: (grave.get(each.state, 2), each.id)):
            cell = printer_words(printer, words, self._screen.staff_app.zone)
            parts += ["   ", (cell.text, f"${cell.tone}")]
        if not printers:
            parts += ["   ", (words("supervisor.no_printers"), "$muted")]
        self._screen.query_one("#printers", StillText).update(Content.assemble(*parts))
