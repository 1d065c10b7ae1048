"""StoryScreen: all that happened to one number, from arrival to now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from kiosk.shared.clock import clock_time
from kiosk.shared.telling import Telling
from kiosk.shared.widgets.big_number import BigNumber
from kiosk.shared.widgets.live_table import LiveTable
from kiosk.shared.widgets.still_text import StillText, entitle
from kiosk.supervisor import flows, visitors
from kiosk.supervisor.acting import ActingScreen
from kiosk.supervisor.cells import event_line
from kiosk.supervisor.columns import event_columns
from kiosk.supervisor.keys import STORY, bindings
from kiosk.supervisor.watching import Question, Seen
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from queue_core.views import TicketStory, TicketView


class StoryScreen(ActingScreen):
    """One visit, live."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(STORY)

    def __init__(self, text: str) -> None:
        """Show the visit with this label, token or scanned address."""
        super().__init__()
        self._last: TicketView | None = None
        self._details: dict[str, str] = {}
        self.question = Question(lambda lobby: lobby.ticket_story(text))

    def compose(self) -> ComposeResult:
        """Number, facts, table, keys."""
        yield from self.head()
        yield BigNumber(stack=False, id="story-number")
        yield StillText(id="detail-facts", markup=False)
        yield LiveTable("events")
        yield from self.feet()

    def on_mount(self) -> None:
        """Write the words."""
        self.retranslate()
        self.query_one(LiveTable).focus()

    def retranslate(self) -> None:
        """Write every word again."""
        self.query_one(LiveTable).shape(event_columns(self.words))
        self.show_keys(STORY)

    def show(self, seen: Seen, now: datetime) -> None:
        """Show a look when it is this visit's."""
        self.show_clock(now)
        if seen.question is not self.question:
            return
        if isinstance(seen.detail, QueueError):
            self.query_one("#detail-facts", StillText).update(self.staff_app.explain(seen.detail))
            return
        story = cast("TicketStory", seen.detail)
        self._last = story.tickets[-1]
        self.query_one(BigNumber).text = story.label
        self.show_title(self.words("supervisor.story_title", label=story.label))
        telling = self._telling(seen)
        facts = [self._stay(story), *(telling.leg(ticket) for ticket in story.tickets)]
        self.query_one("#detail-facts", StillText).update("\n".join(facts))
        table = self.query_one(LiveTable)
        table.shape(event_columns(self.words))
        table.show([event_line(event, telling, story.staff_names) for event in story.events])
        self._details = {str(event.seq): telling.details(event) for event in story.events}
        self._show_details()

    @on(DataTable.RowHighlighted)
    def _show_details(self) -> None:
        """The chosen event's details in full: a narrow table cuts them off."""
        table = self.query_one(LiveTable)
        entitle(table, self._details.get(table.chosen, ""))

    def _telling(self, seen: Seen) -> Telling:
        names = {each.service: self.words.pick(each.service_names) for each in seen.overview.queues}
        return Telling(names, self.words, self.staff_app.zone)

    def action_favour(self) -> None:
        """Give this visitor priority, or take it back."""
        if self._last is not None:
            self.act(flows.favour, ticket=self._last)

    def action_restore(self) -> None:
        """Put this visitor back in line."""
        if self._last is not None:
            self.act(flows.restore, ticket=self._last)

    def action_print(self) -> None:
        """Print this visitor's slip once more."""
        if self._last is not None:
            self.act(visitors.print_slip, ticket=self._last)

    def action_cancel(self) -> None:
        """Give this visitor's number back."""
        if self._last is not None:
            self.act(visitors.give_back, ticket=self._last)

    def _stay(self, story: TicketStory) -> str:
        words, zone = self.words, self.staff_app.zone
        here = words("supervisor.story_here")
        left = words("supervisor.story_left", time=clock_time(story.left_at, zone)) if story.left_at else here
        place = story.tickets[-1].position
        stands = f", {words('supervisor.story_place', place=place)}" if place else ""
        return f"{words('supervisor.story_arrived', time=clock_time(story.arrived_at, zone))}, {left}{stands}"
