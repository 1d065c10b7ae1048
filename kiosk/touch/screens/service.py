"""ServicePage: what to know before taking a number, and the two ways to take one."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from kiosk.shared.openings import closed_line, remarks, sentence
from kiosk.shared.widgets import BigNumber, Tile
from kiosk.touch.scene import Scene
from kiosk.touch.screens.visitor import VisitorScreen
from kiosk.touch.widgets.facts import Fact, Facts
from kiosk.touch.widgets.saying import say
from kiosk.touch.wording import queue_now


class ServicePage(VisitorScreen):
    """Requirements, cost and time limit as the law wants them told beforehand; then Regular or Priority."""

    class Take(Message):
        """The visitor wants a number for the service shown."""

        def __init__(self, *, priority: bool) -> None:
            super().__init__()
            self.priority = priority

    def compose_above(self) -> ComposeResult:
        """What to know."""
        yield BigNumber(id="hero")
        yield Static(id="hello", markup=False)
        yield Static(id="prompt", markup=False)
        yield Facts(id="facts")

    def compose_below(self) -> ComposeResult:
        """What to touch."""
        yield Static(id="ask", markup=False)
        yield Tile(id="regular", classes="choice action -centred")
        yield Tile(id="priority", classes="choice -centred")

    def present(self, scene: Scene) -> None:
        """Show the service and the two ways."""
        words, agency, service = scene.words, scene.agency, scene.service
        if agency is None or service is None:
            return
        self.query_one("#hero", BigNumber).text = agency.short
        say(self, "hello", words.pick(agency.names))
        say(self, "prompt", words.pick(service.names))
        facts = self.query_one(Facts)
        facts.facts, facts.large, facts.more = _facts(scene), scene.comfort.large, words("touch.more_facts")
        self._offer_numbers(scene, is_open=service.opening.open)

    def _offer_numbers(self, scene: Scene, *, is_open: bool) -> None:
        words = scene.words
        self.set_class(not is_open, "-closed")
        closed = "touch.closed_do" if scene.is_open else "touch.site_closed_do"
        ask = "touch.taking" if scene.taking else "touch.take" if is_open else closed
        say(self, "ask", words(ask))
        for name in ("regular", "priority"):
            tile = self.query_one(f"#{name}", Tile)
            tile.display = is_open
            tile.disabled = scene.taking
            tile.large = scene.comfort.large
            tile.say(words(f"touch.{name}"), words(f"touch.{name}_who"))

    @on(Tile.Chosen, "#regular,#priority")
    def _take(self, event: Tile.Chosen) -> None:
        event.stop()
        for tile in self.query(".choice").results(Tile):
            tile.disabled = True  # at once: the second half of a double tap finds nothing to press
        self.post_message(self.Take(priority=event.tile.id == "priority"))


def _facts(scene: Scene) -> tuple[Fact, ...]:
    words, service = scene.words, scene.service
    if service is None or scene.at is None:
        return ()
    ask = (words("touch.ask_staff"),)
    requirements = (service.requirements or {}).get(words.language) or ask
    cost = (words.pick(service.cost),) if service.cost else ask
    limit = (words.pick(service.time_limit),) if service.time_limit else ask
    return (
        Fact(words("touch.requirements"), tuple(requirements)),
        Fact(words("touch.cost"), cost),
        Fact(words("touch.time_limit"), limit),
        Fact(words("touch.queue"), (_queue(scene),), strong=True),
    )


def _queue(scene: Scene) -> str:
    words, service = scene.words, scene.service
    if service is None or scene.at is None:
        return ""
    if not service.opening.open:
        return closed_line(service.opening, scene.at, scene.zone, words)
    now = queue_now(service, words, alone=scene.cut_off)
    more = [f"{sentence(remark)}." for remark in remarks(service.opening, scene.at, scene.zone, words)]
    return " ".join([now, *more])
