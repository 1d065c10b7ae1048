"""What one look at the store brings: the whole site, and what the screen on top asks besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message

from kiosk.shared.clock import clock_seconds, day
from kiosk.shared.staff import StaffScreen
from kiosk.shared.widgets.still_text import StillText
from kiosk.supervisor.keys import foot
from queue_core.errors import Refused

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from kiosk.supervisor.keys import Key
    from queue_core import Lobby
    from queue_core.views import Alert, Overview


@dataclass(frozen=True, eq=False)
class Question:
    """A second read that a screen asks for, such as one service's line. Each is itself; none equals another."""

    read: Callable[[Lobby], object]

    def answer(self, lobby: Lobby) -> object:
        """Return what was asked for, or the refusal: a number that was mistyped is no trouble of the store."""
        try:
            return self.read(lobby)
        except Refused as error:
            return error


@dataclass(frozen=True, slots=True)
class Seen:
    """One look: frozen values of one moment, and whose question `detail` answers."""

    overview: Overview
    alerts: tuple[Alert, ...] = ()
    question: Question | None = None
    detail: object = None


@dataclass(frozen=True, slots=True)
class Connection:
    """How it stands with the store: a key of words with its time, or a sentence that is ready."""

    key: str
    time: str = ""
    ready: str = ""

    @property
    def here(self) -> bool:
        """Whether what is shown is of now."""
        return self.key == "common.connected"

    def sentence(self, words: Words) -> str:
        """Return it in words."""
        return self.ready or words(self.key, time=self.time)


class Asks(Message):
    """A screen is on top now and asks this besides the overview, or nothing."""

    def __init__(self, question: Question | None) -> None:
        super().__init__()
        self.question = question


class WatchingScreen(StaffScreen[None]):
    """A screen that is shown again and again; `question` is what it asks besides the overview."""

    question: Question | None = None

    def on_screen_resume(self) -> None:
        """Ask when this screen comes to the top, also when one above it was closed."""
        self.app.post_message(Asks(self.question))

    def head(self) -> ComposeResult:
        """The first line: what this is, the time, and whether what is shown is of now."""
        with Horizontal(id="head"):
            yield StillText(id="head-title", markup=False)
            yield StillText(id="head-clock", markup=False)
            yield StillText(id="head-connection", markup=False)

    def feet(self) -> ComposeResult:
        """The last lines: what came of a deed, and the keys."""
        with Vertical(id="feet"):
            said = StillText(id="said", markup=False)
            said.display = False
            yield said
            yield StillText(id="foot")

    def show_keys(self, keys: Iterable[Key]) -> None:
        """Name the keys, on as many lines as the width asks for."""
        self.query_one("#foot", StillText).update(foot(keys, self.words, self.app.size.width - 2))

    def show_title(self, title: str) -> None:
        """Say what this is."""
        self.query_one("#head-title", StillText).update(title)

    def show_clock(self, now: datetime) -> None:
        """Show the site's date and time."""
        zone = self.staff_app.zone
        clock = f"{day(now.astimezone(zone).date())}  {clock_seconds(now, zone)}"
        self.query_one("#head-clock", StillText).update(clock)

    def show_connection(self, connection: Connection) -> None:
        """Say whether what is shown is of now."""
        state = self.query_one("#head-connection", StillText)
        state.set_class(not connection.here, "-lost")
        state.update(f"{'●' if connection.here else '○'} {connection.sentence(self.words)}")

    def show(self, seen: Seen, now: datetime) -> None:
        """Show a look; called after each read and each second. `now` is the store's moment."""

    def retranslate(self) -> None:
        """Write every word again."""
