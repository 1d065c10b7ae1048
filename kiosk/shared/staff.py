"""What the staff's programs have in common: connecting after the first paint, words, the site's time, leaving cleanly."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from textual.app import App
from textual.screen import Screen
from textual.worker import get_current_worker

from kiosk.i18n import LANGUAGES, Words
from kiosk.shared.explain import explain
from kiosk.shared.staff_theme import STAFF_THEME
from queue_core.errors import QueueError, StoreError

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend, Connect
    from queue_core.views import Names, SiteView

WIDE = 100
"""Columns from which words are written in full."""
VAST = 150
"""Columns from which there is room for everything."""
RETRY = 2.0
"""Seconds until a store that did not answer is tried again."""

Answer = TypeVar("Answer")


class StaffApp(App[None], inherit_bindings=False):
    """A program for staff at one site. The screen paints first; the store is opened in a thread."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), (VAST, "-vast")]  # noqa: RUF012  declared so by App
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]  # noqa: RUF012

    def __init__(self, connect: Connect) -> None:
        """Prepare; `connect` is called off the event loop once the first screen is there."""
        super().__init__()
        self.register_theme(STAFF_THEME)
        self.theme = STAFF_THEME.name
        self.words = Words(LANGUAGES[0])
        self.zone = ZoneInfo("UTC")
        self.first_language = LANGUAGES[0]
        self.site_names: Names = {}
        self.backend: Backend | None = None
        self._connect = connect
        self._leaving = Event()

    def connected(self, backend: Backend) -> None:
        """Go on; called on the event loop once the store has answered."""

    def not_connected(self, error: QueueError) -> None:
        """Say why the store does not answer; called before every new attempt, on the event loop."""

    def begin(self) -> None:
        """Open the store in a thread, again and again until it answers."""
        self.run_worker(self._open, thread=True, group="connect")

    def explain(self, error: QueueError) -> str:
        """Return a refusal as one sentence."""
        return explain(error, self.words, self.zone)

    def next_language(self) -> None:
        """Turn to the next language; the screen that asked for it writes its words again."""
        languages = [*LANGUAGES, LANGUAGES[0]]
        self.words = Words(languages[languages.index(self.words.language) + 1])

    def _open(self) -> None:
        worker = get_current_worker()
        while not worker.is_cancelled and not self._leaving.is_set():
            try:
                backend, site = self._open_once()
            except QueueError as error:
                self.call_from_thread(self.not_connected, error)
                if not isinstance(error, StoreError):
                    return
                self._leaving.wait(RETRY)
            else:
                self.call_from_thread(self._take, backend, site)
                return

    def _open_once(self) -> tuple[Backend, SiteView]:
        backend = self._connect()
        try:
            return backend, backend.lobby.site()
        except BaseException:
            backend.close()
            raise

    def _take(self, backend: Backend, site: SiteView) -> None:
        if self._leaving.is_set():
            backend.close()
            return
        self.backend = backend
        self.zone = ZoneInfo(site.time_zone)
        self.first_language = site.languages[0]
        self.site_names = site.names
        self.words = Words(self.first_language)
        self.connected(backend)

    async def on_unmount(self) -> None:
        """Let go of the store after the last screen has stopped reading it."""
        self._leaving.set()
        if self.backend is not None:
            await asyncio.to_thread(self.backend.close)


class StaffScreen(Screen[Answer]):
    """A screen of a staff program."""

    AUTO_FOCUS = ""

    @property
    def staff_app(self) -> StaffApp:
        """The program, with its words and its store."""
        assert isinstance(self.app, StaffApp)
        return self.app

    @property
    def words(self) -> Words:
        """The words of the language that is shown now."""
        return self.staff_app.words
