"""LineScreen: who waits for one service, in the order in which they will be called."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static

from kiosk.shared.hurt import level
from kiosk.shared.widgets.live_table import LiveTable
from kiosk.supervisor.cells import TONES, state_of, waiting_line
from kiosk.supervisor.columns import line_columns
from kiosk.supervisor.keys import DETAIL, bindings, foot
from kiosk.supervisor.screens.story import StoryScreen
from kiosk.supervisor.watching import Question, Seen, WatchingScreen
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from queue_core.views import QueueView, TicketView


class LineScreen(WatchingScreen):
    """One service's line, live."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DETAIL)

    def __init__(self, service: str) -> None:
        """Show the line of a service such as `DK.ktp`."""
        super().__init__()
        self._service = service
        self._labels: dict[str, str] = {}
        self.question = Question(lambda lobby: lobby.line(service))

    def compose(self) -> ComposeResult:
        """Title, facts, table, keys."""
        yield from self.head()
        yield Static(id="detail-facts")
        yield LiveTable("line")
        yield Static(id="foot")

    def on_mount(self) -> None:
        """Write the words."""
        self.retranslate()
        self.query_one(LiveTable).focus()

    def retranslate(self) -> None:
        """Write every word again."""
        self.query_one(LiveTable).shape(line_columns(self.words))
        self.query_one("#foot", Static).update(foot(DETAIL, self.words, narrow=False))

    def show(self, seen: Seen, now: datetime) -> None:
        """Show a look: the sums always, the people when they are this line's."""
        self.show_clock(now)
        for queue in seen.overview.queues:
            if queue.service == self._service:
                self._show_facts(queue)
        if seen.question is not self.question:
            return
        table = self.query_one(LiveTable)
        table.shape(line_columns(self.words))
        if isinstance(seen.detail, QueueError):
            table.border_title = self.staff_app.explain(seen.detail)
            return
        tickets = cast("tuple[TicketView, ...]", seen.detail)
        self._labels = {ticket.ticket_id: ticket.label for ticket in tickets}
        table.show([waiting_line(ticket, at, now, self.words) for at, ticket in enumerate(tickets, start=1)])
        table.border_title = self.words("supervisor.waiting" if tickets else "supervisor.line_empty")

    def _show_facts(self, queue: QueueView) -> None:
        words = self.words
        service, agency = words.pick(queue.service_names), words.pick(queue.agency_names)
        self.show_title(words("supervisor.line_title", service=service, agency=agency))
        facts = self.query_one("#detail-facts", Static)
        sums = {"waiting": queue.waiting, "counters": queue.open_counters, "minutes": queue.target_minutes}
        facts.update(f"{words('supervisor.line_facts', **sums)} · {state_of(queue, words)}")
        facts.set_classes(f"-{TONES.get(level(queue), 'muted')}")

    @on(DataTable.RowSelected)
    def _open_story(self, event: DataTable.RowSelected) -> None:
        label = self._labels.get(str(event.row_key.value))
        if label:
            self.app.push_screen(StoryScreen(label))
