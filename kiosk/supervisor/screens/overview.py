"""OverviewScreen: the whole site, the worst first, readable from across the hall."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widgets import DataTable, Static

from kiosk.shared.dialogs.choose import ChooseScreen, Option
from kiosk.shared.figures import by_agency, headline, moved_on
from kiosk.shared.hurt import ORDERS
from kiosk.shared.staff import WIDE
from kiosk.shared.widgets.live_table import LiveTable
from kiosk.supervisor.cells import agency_line, counter_lines, printer_words, queue_line
from kiosk.supervisor.columns import agency_columns, counter_columns, queue_columns
from kiosk.supervisor.keys import OVERVIEW, bindings, foot
from kiosk.supervisor.promise import PromiseLine
from kiosk.supervisor.screens.line import LineScreen
from kiosk.supervisor.screens.story import StoryScreen
from kiosk.supervisor.watching import Seen, WatchingScreen
from kiosk.supervisor.widgets import Figure

if TYPE_CHECKING:
    from queue_core.views import PrinterView, QueueView


class OverviewScreen(WatchingScreen):
    """Sums, printers, and three tables: lines, counters, agencies."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(OVERVIEW), ("escape", "whole")]

    def __init__(self) -> None:
        """Begin with nothing known and the worst first."""
        super().__init__()
        self._order = "hurt"
        self._grouped = False
        self._agency = ""
        self._seen: Seen | None = None
        self._now: datetime

    def compose(self) -> ComposeResult:
        """Head, sums, printers, tables, keys."""
        yield from self.head()
        with Horizontal(id="band"):
            for name in ("waiting", "over", "longest", "serving", "done"):
                yield Figure(name)
        yield Static(id="printers")
        yield PromiseLine()
        with Container(id="tables"):
            yield LiveTable("queues")
            yield LiveTable("counters")
            yield LiveTable("agencies")
        yield Static(id="foot")

    def on_mount(self) -> None:
        """Write the words; the numbers come with the first look."""
        self.retranslate()
        self.query_one("#queues").focus()

    def on_resize(self) -> None:
        """Choose long or short words and columns."""
        self.retranslate()
        self._show_again()

    # ------------------------------------------------------------------ words

    def retranslate(self) -> None:
        """Write every word again."""
        words = self.words
        self.query_one("#foot", Static).update(foot(OVERVIEW, words, narrow=self.app.size.width < WIDE))
        for figure in self.query(Figure):
            figure.caption(words(f"supervisor.{figure.name}"))
        self.query_one("#counters", LiveTable).border_title = words("supervisor.counters")
        self.query_one("#agencies", LiveTable).border_title = words("supervisor.totals")

    def _title_queues(self, queues: list[QueueView]) -> None:
        words = self.words
        title = words("supervisor.queues_by_agency" if self._grouped else "supervisor.queues")
        if self._agency and queues:
            title = words("supervisor.queues_of", agency=words.pick(queues[0].agency_names))
        order = words(f"supervisor.sort_{self._order}")
        table = self.query_one("#queues", LiveTable)
        table.border_title = words("supervisor.sorted", title=title, order=order)

    # ------------------------------------------------------------------ numbers

    def show(self, seen: Seen, now: datetime) -> None:
        """Show a look."""
        self._seen, self._now = seen, now
        queues = moved_on(seen.overview, now)
        agencies = by_agency(queues, seen.overview.counters)
        self._show_band(queues)
        self._show_queues(agencies if self._grouped else queues)
        self._show_sides(agencies)
        self._show_printers(seen.overview.printers)
        self.query_one(PromiseLine).show(seen.overview, self.words)
        title = self.words("supervisor.title", site=self.words.pick(self.staff_app.site_names))
        if not seen.overview.opening.open:
            title += f" · {self.words('supervisor.site_closed')}"
        self.show_title(title)
        self.show_clock(now)

    def _show_again(self) -> None:
        if self._seen is not None:
            self.show(self._seen, self._now)

    def _show_band(self, queues: list[QueueView]) -> None:
        sums = headline(queues)
        grave = "late" if sums.over else ""
        for name, value, tone in (
            ("waiting", sums.waiting, ""),
            ("over", sums.over, grave or "good"),
            ("longest", sums.longest // 60, grave),
            ("serving", sums.serving, ""),
            ("done", sums.done, ""),
        ):
            self.query_one(f"#figure-{name}", Figure).show(value, tone)

    def _show_queues(self, queues: list[QueueView]) -> None:
        table = self.query_one("#queues", LiveTable)
        table.shape(queue_columns(self.words, self.app.size.width))
        shown = [queue for queue in queues if self._agency in ("", queue.agency)]
        shown.sort(key=ORDERS[self._order])
        table.show([queue_line(queue, self.words) for queue in shown])
        self._title_queues(shown)

    def _show_sides(self, agencies: list[QueueView]) -> None:
        if self._seen is None:
            return
        overview, words = self._seen.overview, self.words
        counters = self.query_one("#counters", LiveTable)
        counters.shape(counter_columns(words, self.app.size.width))
        zone = self.staff_app.zone
        counters.show(counter_lines(overview.counters, overview.queues, self._now, words, zone))
        totals = self.query_one("#agencies", LiveTable)
        totals.shape(agency_columns(words, self.app.size.width))
        days = sorted(agencies, key=lambda agency: (-agency.issued, agency.agency))
        totals.show([agency_line(agency, words) for agency in days])

    def _show_printers(self, printers: tuple[PrinterView, ...]) -> None:
        words = self.words
        parts: list[str | tuple[str, str]] = [(words("supervisor.printers"), "$muted")]
        for printer in printers:
            cell = printer_words(printer, words, self.staff_app.zone)
            parts += ["   ", (cell.text, f"${cell.tone}")]
        if not printers:
            parts += ["   ", (words("supervisor.no_printers"), "$muted")]
        self.query_one("#printers", Static).update(Content.assemble(*parts))

    # ------------------------------------------------------------------ keys

    def action_order(self, order: str) -> None:
        """Sort the lines another way."""
        self._order = order
        self._show_again()

    def action_group(self) -> None:
        """One line for each agency, or for each service."""
        self._grouped, self._agency = not self._grouped, ""
        self._show_again()

    def action_whole(self) -> None:
        """Back to all services."""
        self._grouped, self._agency = False, ""
        self._show_again()

    @on(DataTable.RowSelected, "#queues")
    def _open_line(self, event: DataTable.RowSelected) -> None:
        key = event.row_key.value
        if key and self._grouped:
            self._grouped, self._agency = False, key
            self._show_again()
        elif key:
            self.app.push_screen(LineScreen(key))

    @on(DataTable.RowSelected, "#counters")
    def _open_current(self, event: DataTable.RowSelected) -> None:
        counters = self._seen.overview.counters if self._seen else ()
        for counter in counters:
            if counter.id == event.row_key.value and counter.current is not None:
                self.app.push_screen(StoryScreen(counter.current.label))

    def action_find(self) -> None:
        """Look a number up: one that is late from the list, any other typed or scanned."""
        late = self._seen.overview.late if self._seen else ()
        options = [Option(t.label, t.label, self.words.pick(t.service_names)) for t in late]
        dialog = ChooseScreen(self.words("supervisor.find"), options, self.words, free=True)
        self.app.push_screen(dialog, self._found)

    def _found(self, text: str | None) -> None:
        if text is not None:
            self.app.push_screen(StoryScreen(text))
