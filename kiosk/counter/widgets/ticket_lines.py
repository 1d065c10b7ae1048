"""TicketLines: tickets one below the other, with their wait ticking and their lateness in words and colour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.message import Message

from kiosk.counter.phrases import marks, waited
from kiosk.i18n import Words
from kiosk.shared.widgets.painted import Painted, Row

if TYPE_CHECKING:
    from queue_core.views import TicketView

_WIDE = 56
"""Columns from which marks are written in full and the service is shown at any rate."""


class TicketLines(Painted):
    """A list to look at; a click on a line asks for that ticket."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"-label", "-late", "-priority", "-quiet"}

    class Chosen(Message):
        """A line was clicked."""

        def __init__(self, label: str) -> None:
            super().__init__()
            self.label = label

    def __init__(self, name: str, *, since: str = "waiting_since", services: bool = True) -> None:
        """`since` names the field of a ticket from which its time counts; `services` shows the service's name."""
        super().__init__(id=name)
        self._since = since
        self._services = services
        self._tickets: Sequence[TicketView] = ()
        self._more = 0
        self._now: datetime | None = None
        self._words = Words("")
        self._empty = ""

    def show(self, tickets: Sequence[TicketView], count: int, empty: str, words: Words) -> None:
        """Take the tickets to show, how many there are in all, and what to say when there is none."""
        self._tickets, self._more = tickets, count - len(tickets)
        self._empty, self._words = empty, words
        self.refresh()

    def tick(self, now: datetime) -> None:
        """Let the times move on."""
        self._now = now
        self.refresh()

    def paint(self, width: int, height: int) -> list[Row]:
        """Return a row for each ticket that fits, and how many do not."""
        if self._now is None:
            return []
        if not self._tickets:
            return [[(self._empty[:width], "-quiet")]]
        fitting = self._fitting(height)
        rows = [self._line(ticket, self._now, width) for ticket in self._tickets[:fitting]]
        hidden = len(self._tickets) - fitting + self._more
        if hidden > 0:
            rows.append([(self._words("counter.and_more", count=hidden)[:width], "-quiet")])
        return rows

    def _fitting(self, height: int) -> int:
        return (
            len(self._tickets) if len(self._tickets) + self._more <= height and not self._more else height - 1
        )

    def _line(self, ticket: TicketView, now: datetime, width: int) -> Row:
        late = ticket.due_at <= now and self._since == "waiting_since"
        state = marks(ticket, self._words, late=late, short=width < _WIDE) if self._services else ""
        since = getattr(ticket, self._since) or ticket.waiting_since
        time = f"{waited(since, now, self._words):>7}"
        room = width - len(ticket.label) - len(time) - (len(state) + 2 if state else 0) - 2
        name = self._words.pick(ticket.service_names) if self._services else ""
        name = name if len(name) <= room else name[: max(0, room - 1)] + "…"
        row: Row = [(ticket.label, "-label"), ("  " + name.ljust(max(0, room)), "")]
        row.append((time, "-late" if late else ""))
        if state:
            row.append(("  " + state, "-late" if late else "-priority"))
        return row

    def on_click(self, event: events.Click) -> None:
        """Ask for the ticket of the line."""
        at = event.get_content_offset(self)
        if at is not None and at.y < min(len(self._tickets), self._fitting(self.size.height)):
            self.post_message(self.Chosen(self._tickets[at.y].label))
