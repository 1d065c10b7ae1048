"""TicketLines: tickets one below the other, with their wait ticking and their lateness in words and colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.message import Message

from kiosk.counter.phrases import away, marks, waited
from kiosk.i18n import Words
from kiosk.shared.widgets.painted import Painted, Row

if TYPE_CHECKING:
    from queue_core.views import TicketView

_WIDE = 56
"""Columns from which marks are written in full and the service is shown at any rate."""


Since = Callable[["TicketView"], datetime]


def waiting_since(ticket: TicketView) -> datetime:
    """From when those wait who wait."""
    return ticket.waiting_since


def called_since(ticket: TicketView) -> datetime:
    """From when those are away who were called and had to fetch something."""
    return ticket.called_at or ticket.waiting_since


def missed_since(ticket: TicketView) -> datetime:
    """From when those are missing who did not come."""
    return ticket.finished_at or ticket.waiting_since


class TicketLines(Painted):
    """A list to look at; a click on a line asks for that ticket."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"-label", "-late", "-priority", "-quiet"}

    class Chosen(Message):
        """A line was clicked."""

        def __init__(self, label: str) -> None:
            super().__init__()
            self.label = label

    def __init__(self, name: str, since: Since = waiting_since, *, with_service: bool = True) -> None:
        """`since` tells from when a ticket's time counts; `with_service` shows its service and what sets it apart."""
        super().__init__(id=name)
        self._since = since
        self._with_service = with_service
        self._tickets: Sequence[TicketView] = ()
        self._more = 0
        self._now: datetime | None = None
        self._words = Words("")
        self._empty = ""

    def show(self, tickets: Sequence[TicketView], count: int, empty: str, words: Words) -> None:
        """Take the tickets to show, how many there are in all, and what to say when there is none."""
        self._tickets, self._more = tickets, count - len(tickets)
        self._empty, self._words = empty, words
        self.freshen()

    def tick(self, now: datetime) -> None:
        """Let the times move on."""
        self._now = now
        self.freshen()

    def paint(self, width: int, height: int) -> list[Row]:
        """Return a row for each ticket that fits, and how many do not."""
        if self._now is None:
            return []
        if not self._tickets:
            return [[(self._empty[:width], "-quiet")]]
        shown = self._tickets[: self._fitting(height)]
        states = [self._state(ticket, self._now, width) for ticket in shown]
        column = max(map(len, states))
        rows = [
            self._line(ticket, self._now, state.ljust(column), width)
            for ticket, state in zip(shown, states, strict=True)
        ]
        hidden = len(self._tickets) - len(shown) + self._more
        if hidden > 0:
            rows.append([(self._words("counter.and_more", count=hidden)[:width], "-quiet")])
        return rows

    def _fitting(self, height: int) -> int:
        return (
            len(self._tickets) if len(self._tickets) + self._more <= height and not self._more else height - 1
        )

    def _is_late(self, ticket: TicketView, now: datetime) -> bool:
        return self._with_service and ticket.due_at <= now

    def _state(self, ticket: TicketView, now: datetime, width: int) -> str:
        if not self._with_service:
            return ""
        return marks(ticket, self._words, late=self._is_late(ticket, now), short=width < _WIDE)

    def _line(self, ticket: TicketView, now: datetime, state: str, width: int) -> Row:
        late = "-late" if self._is_late(ticket, now) else ""
        time = f"{waited(self._since(ticket), now, self._words):>7}"
        state = f"  {state}" if state else ""
        room = max(0, width - len(ticket.label) - 2 - len(time) - len(state))
        name = (
            self._words.pick(ticket.service_names) if self._with_service else away(ticket, now, self._words)
        )
        name = name if len(name) <= room else name[: max(0, room - 1)] + "…"
        return [
            (ticket.label, "-label"),
            ("  " + name.ljust(room), ""),
            (time, late),
            (state, late or "-priority"),
        ]

    def on_click(self, event: events.Click) -> None:
        """Ask for the ticket of the line."""
        at = event.get_content_offset(self)
        if at is not None and at.y < min(len(self._tickets), self._fitting(self.size.height)):
            self.post_message(self.Chosen(self._tickets[at.y].label))
