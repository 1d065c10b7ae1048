"""JourneyPage: the steps of a journey, what to bring for all of them, what can be left out; then a number."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from kiosk.shared.openings import closed_line
from kiosk.shared.widgets import Tile
from kiosk.touch.scene import Scene
from kiosk.touch.screens.service import ServicePage
from kiosk.touch.way import Stop, closed_by, first_stop, stages, stops_of, wanted
from kiosk.touch.widgets.facts import Fact, Facts
from kiosk.touch.widgets.saying import say
from kiosk.touch.wording import queue_now

MOST_OPTIONS = 4
"""So many steps have a tile by which they are left out; a fifth one is walked, or left out by staff."""


class JourneyPage(ServicePage):
    """Like the page of a service, for several: one touch leaves an optional step out, and takes it in again."""

    class Toggled(Message):
        """The visitor does not want this step, or wants it again."""

        def __init__(self, service: str) -> None:
            super().__init__()
            self.service = service

    def compose_nav(self) -> ComposeResult:
        """Back, and the steps that may be left out."""
        yield from super().compose_nav()
        for place in range(MOST_OPTIONS):
            yield Tile(id=f"option-{place}", classes="control option -centred")

    def present(self, scene: Scene) -> None:
        """Show the journey as it is wanted now."""
        words, journey = scene.words, scene.journey
        if journey is None or scene.offer is None or scene.at is None:
            return
        stops = stops_of(scene.offer, journey, scene.at, scene.zone)
        self._offer_options(scene, [stop for stop in stops if stop.optional])
        stops = wanted(stops, scene.left_out)
        say(self, "hello", words.pick(journey.names))
        say(self, "prompt", words("touch.one_number", count=len(stops)))
        facts = self.query_one(Facts)
        facts.facts, facts.large, facts.more = (
            _facts(scene, stops),
            scene.comfort.large,
            words("touch.more_facts"),
        )
        self._offer_numbers(scene, is_open=bool(stops) and closed_by(stops) is None)

    def _offer_options(self, scene: Scene, stops: list[Stop]) -> None:
        for place in range(MOST_OPTIONS):
            tile = self.query_one(f"#option-{place}", Tile)
            tile.display = place < len(stops)
            if place >= len(stops):
                continue
            service = stops[place].service
            out = stops[place].gone or service.id in scene.left_out
            tile.value, tile.disabled = service.id, stops[place].gone or scene.taking
            tile.set_class(out, "-out")
            state = "closed_today" if stops[place].gone else "option_out" if out else "option_in"
            sign = "✗" if out else "✓"
            tile.say(f"{sign} {scene.words.pick(service.names)}", scene.words(f"touch.{state}"))

    @on(Tile.Chosen, ".option")
    def _toggle(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.Toggled(event.value))


def _facts(scene: Scene, stops: tuple[Stop, ...]) -> tuple[Fact, ...]:
    words = scene.words
    return (
        *_steps(scene, stops),
        Fact(words("touch.queue"), (_queue(scene, stops),), strong=True),
        Fact(words("touch.requirements"), _requirements(scene, stops)),
    )


def _steps(scene: Scene, stops: tuple[Stop, ...]) -> Iterator[Fact]:
    """One fact a stage: a step, or several whose order is free."""
    words, first = scene.words, 1
    for together in stages(stops):
        last = first + len(together) - 1
        names = ", ".join(_name(stop, scene) for stop in together)
        if first == last:
            yield Fact(words("touch.step", step=first), (names,))
        else:
            label = words("touch.steps_free", first=first, last=last)
            yield Fact(label, (words("touch.any_order", names=names),))
        first = last + 1


def _name(stop: Stop, scene: Scene) -> str:
    words = scene.words
    name = f"{stop.agency.short}: {words.pick(stop.service.names)}"
    if stop.service.opening.open or scene.at is None:
        return name
    return f"{name} ({closed_line(stop.service.opening, scene.at, scene.zone, words)})"


def _requirements(scene: Scene, stops: tuple[Stop, ...]) -> tuple[str, ...]:
    """What to bring for all steps together, each thing once."""
    words = scene.words
    found = [
        each
        for stop in stops
        for each in (stop.service.requirements or {}).get(words.language) or (words("touch.ask_staff"),)
    ]
    return tuple(dict.fromkeys(found))


def _queue(scene: Scene, stops: tuple[Stop, ...]) -> str:
    words, first = scene.words, first_stop(stops)
    if first is None or scene.at is None:
        return words("touch.closed_today")
    if not first.service.opening.open:
        return closed_line(first.service.opening, scene.at, scene.zone, words)
    line = queue_now(first.service, words, alone=scene.cut_off)
    return words("touch.begins_at", agency=first.agency.short, line=line)
