"""Present: the visitor at the counter, readable from the chair."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from kiosk.counter.commands import Do
from kiosk.counter.phrases import flags, in_lines, invitation, last_call, status_line, wait_line, why_line
from kiosk.counter.widgets.key_bar import cap_of
from kiosk.shared.onward import next_words
from kiosk.shared.widgets.big_number import BigNumber
from kiosk.shared.widgets.still_text import StillText, entitle
from queue_core.lifecycle import Status

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import CounterView, TicketView


class Present(Vertical):
    """Number, service, status with its time ticking, wait so far, and what sets this visitor apart."""

    def __init__(self) -> None:
        """Begin with nobody."""
        super().__init__(id="present")
        self._ticket: TicketView | None = None
        self._minutes: int | None = None
        self._words: Words | None = None

    def compose(self) -> ComposeResult:
        """The number takes what the lines leave."""
        yield BigNumber(stack=False, id="present-number")
        yield StillText(id="present-service")
        yield StillText(id="present-status")
        yield StillText(id="present-wait")
        yield StillText(id="present-note", markup=False)
        yield StillText(id="present-flags")
        yield StillText(id="present-why")

    def show(
        self, view: CounterView, why: str, first_language: str, words: Words, back: str | None = None
    ) -> None:
        """Take the visitor of a new view, or nobody; `back` is when a break ends."""
        ticket = self._ticket = view.counter.current
        self._words = words
        entitle(self, words("counter.present"))
        self.set_class(ticket is None, "-nobody")
        self.set_class(view.counter.state == "paused", "-paused")
        for status in (Status.CALLED, Status.SERVING):
            self.set_class(ticket is not None and ticket.status is status, f"-{status}")
        if ticket is None:
            self._show_nobody(invitation(view, cap_of(Do.NEXT, words), words, back))
            return
        self._minutes = next((s.minutes for s in view.services if s.id == ticket.service), None)
        self.query_one("#present-number", BigNumber).text = ticket.label
        agency, service = words.pick(ticket.agency_names), words.pick(ticket.service_names)
        self._write("service", Content.assemble((service, "bold"), f"\n{agency}"))
        self._write("wait", Content(wait_line(ticket, words)))
        last = last_call(ticket, view.rules.calls, cap_of(Do.NO_SHOW, words), words)
        note = words("counter.note", note=ticket.note) if ticket.note else ""
        self._write("note", Content("\n".join(filter(None, (last, note)))))
        found = flags(ticket, why, first_language, words)
        following = next_words(view.way, words)
        found += [following] if following else []
        self._write("flags", Content(in_lines(found, self.content_size.width)))
        self._write("why", Content(why_line(ticket, view.services, words)))

    def tick(self, now: datetime) -> None:
        """Let the time of the status move on."""
        if self._ticket is None or self._words is None:
            return
        chip = f" {self._words(f'common.status_{self._ticket.status}').upper()} "
        elapsed = status_line(self._ticket, now, self._minutes, self._words)
        self._write("status", Content.assemble((chip, "bold reverse"), f"  {elapsed}"))

    def _show_nobody(self, sentence: str) -> None:
        self.query_one("#present-number", BigNumber).text = ""
        self._write("service", Content(sentence))
        for part in ("status", "wait", "note", "flags", "why"):
            self._write(part, Content(""))

    def _write(self, part: str, content: Content) -> None:
        self.query_one(f"#present-{part}", StillText).update(content)
