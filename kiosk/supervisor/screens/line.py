"""LineScreen: who waits for one service, in the order in which they will be called."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from kiosk.shared.hurt import SIGNS, level
from kiosk.shared.places import state_of
from kiosk.shared.widgets.live_table import LiveTable
from kiosk.shared.widgets.still_text import StillText, entitle
from kiosk.supervisor import doors, flows, moving
from kiosk.supervisor.acting import ActingScreen
from kiosk.supervisor.cells import TONES, waiting_line
from kiosk.supervisor.columns import line_columns
from kiosk.supervisor.glance import help_line
from kiosk.supervisor.keys import LINE, bindings
from kiosk.supervisor.screens.story import StoryScreen
from kiosk.supervisor.watching import Question, Seen
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from queue_core.views import QueueView, TicketView


class LineScreen(ActingScreen):
    """One service's line, live."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LINE)

    def __init__(self, service: str) -> None:
        """Show the line of a service such as `DK.ktp`."""
        super().__init__()
        self._service = service
        self._tickets: dict[str, TicketView] = {}
        self.question = Question(lambda lobby: lobby.line(service))

    def compose(self) -> ComposeResult:
        """Title, facts, table, keys."""
        yield from self.head()
        yield StillText(id="detail-facts")
        yield LiveTable("line")
        yield from self.feet()

    def on_mount(self) -> None:
        """Write the words."""
        self.retranslate()
        self.query_one(LiveTable).focus()

    def retranslate(self) -> None:
        """Write every word again."""
        self.query_one(LiveTable).shape(line_columns(self.words))
        self.show_keys(LINE)

    def show(self, seen: Seen, now: datetime) -> None:
        """Show a look: the sums always, the people when they are this line's."""
        self.show_clock(now)
        for queue in seen.overview.queues:
            if queue.service == self._service:
                self._show_facts(queue, seen)
        if seen.question is not self.question:
            return
        table = self.query_one(LiveTable)
        table.shape(line_columns(self.words))
        if isinstance(seen.detail, QueueError):
            entitle(table, self.staff_app.explain(seen.detail))
            return
        tickets = cast("tuple[TicketView, ...]", seen.detail)
        self._tickets = {ticket.ticket_id: ticket for ticket in tickets}
        table.show([waiting_line(ticket, at, now, self.words) for at, ticket in enumerate(tickets, start=1)])
        entitle(table, self.words("supervisor.waiting" if tickets else "supervisor.line_empty"))

    def _show_facts(self, queue: QueueView, seen: Seen) -> None:
        words = self.words
        service, agency = words.pick(queue.service_names), words.pick(queue.agency_names)
        self.show_title(words("supervisor.line_title", service=service, agency=agency))
        facts = self.query_one("#detail-facts", StillText)
        sums = {"waiting": queue.waiting, "counters": queue.open_counters, "minutes": queue.target_minutes}
        said = f"{words('supervisor.line_facts', **sums)} · {SIGNS[level(queue)]} {state_of(queue, words)}"
        helping = help_line(queue, seen.overview.queues, seen, words)
        facts.update(f"{said}\n→ {helping}" if helping else said)
        facts.set_classes(f"-{TONES.get(level(queue), 'muted')}")

    @on(DataTable.RowSelected)
    def _open_story(self, event: DataTable.RowSelected) -> None:
        ticket = self._tickets.get(str(event.row_key.value))
        if ticket is not None:
            self.app.push_screen(StoryScreen(ticket.label))

    def action_favour(self) -> None:
        """Give the chosen visitor priority, or take it back."""
        ticket = self._tickets.get(self.query_one(LiveTable).chosen)
        if ticket is not None:
            self.act(flows.favour, ticket=ticket)

    def action_move(self) -> None:
        """Let a counter help this line."""
        self.act(moving.move, service=self._service)

    def action_doors(self) -> None:
        """Close or open this service."""
        self.act(doors.turn, place=self._service)
