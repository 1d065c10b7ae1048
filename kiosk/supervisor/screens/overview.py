"""OverviewScreen: the whole site, the worst first, readable from across the hall."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.widgets import DataTable

from kiosk.shared.dialogs.choose import ChooseScreen, Option
from kiosk.shared.hurt import ORDERS
from kiosk.shared.openings import closed_line
from kiosk.shared.widgets.live_table import LiveTable
from kiosk.shared.widgets.still_text import StillText
from kiosk.supervisor import doors, flows, leaving, moving, visitors
from kiosk.supervisor.acting import ActingScreen
from kiosk.supervisor.keys import OVERVIEW, bindings
from kiosk.supervisor.panels import SUMS, Panels
from kiosk.supervisor.promise import PromiseLine
from kiosk.supervisor.screens.big import BigScreen
from kiosk.supervisor.screens.help import HelpScreen
from kiosk.supervisor.screens.line import LineScreen
from kiosk.supervisor.screens.story import StoryScreen
from kiosk.supervisor.screens.usual import UsualScreen
from kiosk.supervisor.watching import Seen
from kiosk.supervisor.widgets import AlertLine, Figure


class OverviewScreen(ActingScreen):
    """Alerts, the line that needs help, sums, printers, and three tables: lines, counters, agencies."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(OVERVIEW), ("escape", "whole")]

    def __init__(self) -> None:
        """Begin with nothing known and the worst first."""
        super().__init__()
        self._panels = Panels(self)
        self._seen: Seen | None = None
        self._now: datetime

    def compose(self) -> ComposeResult:
        """Head, alerts, who needs help, sums, printers, tables, keys."""
        yield from self.head()
        yield AlertLine()
        yield StillText(id="focus")
        with Horizontal(id="band"):
            for name in ("help", *SUMS):
                yield Figure(name)
        yield StillText(id="printers")
        yield PromiseLine()
        with Container(id="tables"):
            yield LiveTable("queues")
            yield LiveTable("counters")
            yield LiveTable("agencies")
        yield from self.feet()

    def on_mount(self) -> None:
        """Write the words; the numbers come with the first look."""
        self.retranslate()
        self.query_one("#queues").focus()

    def on_resize(self) -> None:
        """Choose long or short words and columns."""
        self.retranslate()
        self._show_again()

    def retranslate(self) -> None:
        """Write every word again."""
        self.show_keys(OVERVIEW)
        self._panels.retranslate()

    def show(self, seen: Seen, now: datetime) -> None:
        """Show a look."""
        self._seen, self._now = seen, now
        self._panels.show(seen, now)
        title = self.words("supervisor.title", site=self.words.pick(self.staff_app.site_names))
        if not seen.overview.opening.open:
            opening, zone = seen.overview.opening, self.staff_app.zone
            title += f" · {closed_line(opening, seen.overview.at, zone, self.words)}"
        self.show_title(title)
        self.show_clock(now)

    def _show_again(self) -> None:
        if self._seen is not None:
            self.show(self._seen, self._now)

    # ------------------------------------------------------------------ looking

    def action_order(self) -> None:
        """Sort the lines the next way."""
        orders = list(ORDERS)
        self._panels.order = orders[(orders.index(self._panels.order) + 1) % len(orders)]
        self._show_again()

    def action_group(self) -> None:
        """One line for each agency, or for each service."""
        self._panels.grouped, self._panels.agency = not self._panels.grouped, ""
        self._show_again()

    def action_whole(self) -> None:
        """Back to all services."""
        self._panels.grouped, self._panels.agency = False, ""
        self._show_again()

    def action_big(self) -> None:
        """For those who look from far."""
        self.app.push_screen(BigScreen())

    def action_usual(self) -> None:
        """Today beside a usual day."""
        self.app.push_screen(UsualScreen())

    def action_help(self) -> None:
        """All keys in words."""
        self.app.push_screen(HelpScreen(self.words))

    @on(DataTable.RowSelected, "#queues")
    def _open_line(self, event: DataTable.RowSelected) -> None:
        key = event.row_key.value
        if key and self._panels.grouped:
            self._panels.grouped, self._panels.agency = False, key
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

    # ------------------------------------------------------------------ doing

    def action_known(self) -> None:
        """Say that somebody knows of the alerts."""
        self.act(flows.know)

    def action_move(self) -> None:
        """Move the chosen counter, or another one to the chosen line."""
        if self.query_one("#counters", LiveTable).has_focus:
            self.act(moving.move, counter=self.query_one("#counters", LiveTable).chosen)
        else:
            self.act(moving.move, service=self._panels.chosen_service)

    def action_doors(self) -> None:
        """Close or open the chosen service, or the chosen agency."""
        self.act(doors.turn, place=self.query_one("#queues", LiveTable).chosen)

    def action_agency(self) -> None:
        """The agency of the chosen line leaves before its time."""
        self.act(leaving.leave, place=self.query_one("#queues", LiveTable).chosen)

    def action_notice(self) -> None:
        """Write a line on the boards."""
        self.act(flows.notice)

    def action_new(self) -> None:
        """Give out a number for somebody who stands here."""
        self.act(visitors.new_number)

    def action_slips(self) -> None:
        """Settle slips that wait for a hand."""
        self.act(flows.slips)
