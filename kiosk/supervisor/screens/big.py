"""BigScreen: the three lines that need help most, for those who look from the other end of the hall."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from kiosk.shared.figures import moved_on
from kiosk.shared.hurt import ORDERS, SIGNS, level
from kiosk.shared.places import state_of
from kiosk.shared.widgets.big_number import BigNumber
from kiosk.shared.widgets.still_text import StillText
from kiosk.supervisor import flows
from kiosk.supervisor.acting import ActingScreen
from kiosk.supervisor.cells import TONES
from kiosk.supervisor.glance import help_line
from kiosk.supervisor.keys import BIG, bindings
from kiosk.supervisor.widgets import AlertLine

if TYPE_CHECKING:
    from kiosk.supervisor.watching import Seen
    from queue_core.views import QueueView

MOST = 3


class BigLine(Vertical):
    """One line: its letters, how many wait, the longest wait in minutes; its name and what would help."""

    def compose(self) -> ComposeResult:
        """Words, large letters, words."""
        yield StillText(classes="big-name", markup=False)
        with Horizontal():
            yield BigNumber(stack=False, classes="big-agency")
            yield BigNumber(stack=False, classes="big-waiting")
            yield BigNumber(stack=False, classes="big-longest")
        yield StillText(classes="big-help", markup=False)

    def show(self, queue: QueueView, name: str, facts: str) -> None:
        """Show a line; `facts` stand below the large letters."""
        tone = TONES.get(level(queue), "muted")
        self.set_classes(f"-{tone}")
        self.query_one(".big-name", StillText).update(name)
        self.query_one(".big-agency", BigNumber).text = queue.agency
        self.query_one(".big-waiting", BigNumber).text = str(queue.waiting)
        self.query_one(".big-longest", BigNumber).text = str(queue.longest_wait // 60)
        self.query_one(".big-help", StillText).update(facts)


class BigScreen(ActingScreen):
    """Few words, large."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(BIG), ("b", "app.pop_screen")]

    def compose(self) -> ComposeResult:
        """Head, alerts, lines, keys."""
        yield from self.head()
        yield AlertLine()
        for _ in range(MOST):
            yield BigLine()
        yield from self.feet()

    def on_mount(self) -> None:
        """Write the words."""
        self.retranslate()

    def retranslate(self) -> None:
        """Write every word again."""
        self.show_keys(BIG)

    def show(self, seen: Seen, now: datetime) -> None:
        """Show a look."""
        words = self.words
        self.show_title(words("supervisor.title", site=words.pick(self.staff_app.site_names)))
        self.show_clock(now)
        self.query_one(AlertLine).show(seen, now, words)
        queues = sorted(moved_on(seen.overview, now), key=ORDERS["hurt"])
        for line, queue in zip(self.query(BigLine), queues, strict=False):
            name = f"{SIGNS[level(queue)]} {words.pick(queue.service_names)} · {state_of(queue, words)}"
            helping = help_line(queue, queues, seen, words)
            facts = words("supervisor.big_facts", waiting=queue.waiting, minutes=queue.longest_wait // 60)
            line.show(queue, name, f"{facts}   → {helping}" if helping else facts)

    def action_known(self) -> None:
        """Say that somebody knows of the alerts."""
        self.act(flows.know)
