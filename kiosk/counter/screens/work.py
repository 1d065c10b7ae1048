"""WorkScreen: the visitor at the counter, the line behind, and a key for each thing to do."""

from __future__ import annotations

import asyncio
from time import monotonic

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.counter.commands import BY_KEY, Do
from kiosk.counter.keys import KeyStream, Press, Scan
from kiosk.counter.phrases import closing_line, no_numbers
from kiosk.counter.screens.desk_screen import DeskScreen
from kiosk.counter.widgets import KeyBar, KeyButton, Present, TicketLines
from kiosk.counter.widgets.ticket_lines import called_since, missed_since
from kiosk.shared.clock import MovingClock, clock_seconds, clock_time
from kiosk.shared.messages import StoreChanged, StoreLost
from kiosk.shared.staff import WIDE
from kiosk.shared.widgets.still_text import StillText, entitle
from queue_core.views import CounterView


class WorkScreen(DeskScreen):
    """What staff look at all day. Every key works while the screen is read again."""

    def compose(self) -> ComposeResult:
        """Head, visitor and lines, result, keys."""
        with Horizontal(id="head"):
            yield StillText(id="head-counter", markup=False)
            yield StillText(id="head-services", markup=False)
            yield StillText(id="head-clock", markup=False)
            yield StillText(id="head-connection", markup=False)
        with Horizontal(id="body"):
            yield Present()
            with Vertical(id="lines"):
                yield TicketLines("waiting")
                with Horizontal(id="aside"):
                    yield TicketLines("held", called_since, with_service=False)
                    yield TicketLines("missed", missed_since, with_service=False)
        yield StillText(id="closing", markup=False)
        with Horizontal(id="foot"):
            yield StillText(id="said", markup=False)
            yield StillText(id="done-today", markup=False)
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Begin to read; the first answer fills the screen."""
        self._keys = KeyStream()
        self._moving: MovingClock | None = None
        self._connected = ("common.connecting", "")
        self.retranslate()
        self.set_interval(1.0, self._tick)
        self.live.start()

    async def on_unmount(self) -> None:
        """Stop reading before the store is let go."""
        await asyncio.to_thread(self.live.stop, 6.0)

    # ------------------------------------------------------------------ what the store says

    @on(StoreChanged)
    def _changed(self, message: StoreChanged[CounterView]) -> None:
        self.view = message.view
        if self._moving is None:
            self._moving = MovingClock(message.view.at)
        self._moving.set(message.view.at)
        self._connection("common.connected", "")
        self._show()

    @on(StoreLost)
    def _lost(self, message: StoreLost) -> None:
        self._connection("common.lost_since", clock_time(message.since, self.staff_app.zone))

    def _connection(self, key: str, time: str) -> None:
        self._connected = (key, time)
        here = key == "common.connected"
        state = self.query_one("#head-connection", StillText)
        state.set_class(not here, "-lost")
        state.update(f"{'●' if here else '○'} {self.words(key, time=time)}")

    # ------------------------------------------------------------------ what the screen shows

    def retranslate(self) -> None:
        """Write every word again."""
        paused = self.view is not None and self.view.counter.state == "paused"
        self.query_one(KeyBar).say(self.words, paused=paused, short=self.app.size.width < WIDE)
        self._connection(*self._connected)
        self._show()

    def on_resize(self) -> None:
        """Choose long or short names."""
        self.retranslate()

    def _show(self) -> None:
        view, words = self.view, self.words
        if view is None:
            return
        counter, current = view.counter, view.counter.current
        names = ", ".join(words.pick(service.names) for service in view.services)
        self.query_one("#head-counter", StillText).update(
            words("counter.head", counter=counter.number, staff=self.desk.staff.name)
        )
        self.query_one("#head-services", StillText).update(names)
        why = self._why.get(current.ticket_id, current.why) if current else ""
        self.query_one(Present).show(view, why, self.staff_app.first_language, words, self._back(view))
        self._warn(view)
        self._show_lines(view)
        self.query_one("#done-today", StillText).update(words("counter.done_today", count=view.done_today))
        paused = counter.state == "paused"
        self.query_one(KeyBar).say(words, paused=paused, short=self.app.size.width < WIDE)
        self.relight()
        self._tick()

    def _back(self, view: CounterView) -> str | None:
        back_at = view.counter.back_at
        return None if back_at is None else clock_time(back_at, self.staff_app.zone)

    def _warn(self, view: CounterView) -> None:
        warning = closing_line(view, self.words)
        line = self.query_one("#closing", StillText)
        line.display = bool(warning)
        line.update(f"⚠ {warning}")

    def _show_lines(self, view: CounterView) -> None:
        for name, tickets, count in (
            ("waiting", view.waiting, view.waiting_count),
            ("held", view.held, len(view.held)),
            ("missed", view.missed, len(view.missed)),
        ):
            lines = self.query_one(f"#{name}", TicketLines)
            remark = no_numbers(view.services, self.words) if name == "waiting" else ""
            entitle(lines, f"{self.words(f'counter.{name}')} {count}{remark}")
            lines.show(tickets, count, self.words(f"counter.{name}_none"), self.words)

    def _tick(self) -> None:
        if self._moving is None:
            return
        now = self._moving.now()
        self.query_one("#head-clock", StillText).update(clock_seconds(now, self.staff_app.zone))
        self.query_one(Present).tick(now)
        for lines in self.query(TicketLines):
            lines.tick(now)

    # ------------------------------------------------------------------ keys, scanner, mouse

    def on_key(self, event: events.Key) -> None:
        """Take a key: a function key acts at once, a character waits to see whether a scanner types."""
        if event.key in BY_KEY and len(event.key) > 1:
            self.choose(BY_KEY[event.key].do)
        elif event.key == "enter":
            self._typed(self._keys.feed("\r", event.time))
        elif event.is_printable and event.character:
            self._typed(self._keys.feed(event.character, event.time))
            self.set_timer(self._keys.quiet_needed() + 0.005, lambda: self.call_later(self._settle))
        else:
            return
        event.stop()

    def _settle(self) -> None:
        self._typed(self._keys.settle(monotonic()))

    def _typed(self, typed: list[Press | Scan]) -> None:
        for each in typed:
            if isinstance(each, Scan):
                self.look_up(each.text)
            elif each.character.isdigit():
                self.find(each.character)
            elif each.character.lower() in BY_KEY:
                self.choose(BY_KEY[each.character.lower()].do)

    @on(KeyButton.Chosen)
    def _clicked(self, message: KeyButton.Chosen) -> None:
        self.choose(message.do)

    @on(TicketLines.Chosen)
    def _line_clicked(self, message: TicketLines.Chosen) -> None:
        self.look_up(message.label)

    def choose(self, do: Do) -> None:
        """Do what a key or button says."""
        if do is Do.LANGUAGE:
            self.staff_app.next_language()
            self.say("quiet", "")
            self.retranslate()
        else:
            super().choose(do)
