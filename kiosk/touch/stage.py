"""Stage: the ground the visitor's program stands on: one Scene, the screens that show it, time, touches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from kiosk.shared.theme import CONTRAST_THEME, KIOSK_THEME
from kiosk.touch.careful import Careful
from kiosk.touch.countdown import Countdown
from kiosk.touch.scene import Comfort, Scene
from kiosk.touch.screens import (
    JourneyPage,
    JourneysScreen,
    NoticeScreen,
    PauseScreen,
    ServicePage,
    ServicesScreen,
    StartScreen,
    StillHere,
    TicketScreen,
    VisitorScreen,
)
from kiosk.touch.touches import Touches

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend
    from kiosk.shared.link import Link

TICK_SECONDS = 0.5
STILL_HERE_SECONDS = 10
"""How long the question whether somebody is there waits for an answer."""


class Stage(Careful, App[None], inherit_bindings=False):
    """No key or touch leaves the program: no palette, no selection, no binding but those below."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f12", "door", show=False)]
    SCREENS: ClassVar[dict[str, Callable[[], Screen[Any]]]] = {
        "services": ServicesScreen,
        "service": ServicePage,
        "journeys": JourneysScreen,
        "journey": JourneyPage,
        "ticket": TicketScreen,
        "notice": NoticeScreen,
        "pause": PauseScreen,
        "still_here": StillHere,
    }

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        """Prepare; `seconds` counts up and never goes back."""
        super().__init__()
        self.seconds = seconds
        self.scene = Scene()
        self.backend: Backend | None = None
        self.link: Link | None = None
        self.first_comfort = Comfort()
        self.countdown: Countdown | None = None
        self.touches = Touches(seconds())
        self._by_keyboard = False
        self.register_theme(KIOSK_THEME)
        self.register_theme(CONTRAST_THEME)
        self.theme = KIOSK_THEME.name

    def get_default_screen(self) -> Screen[Any]:
        """The start screen lies under all others and is never built twice."""
        return StartScreen()

    @property
    def start(self) -> StartScreen:
        """The start screen."""
        screen = self.screen_stack[0]
        assert isinstance(screen, StartScreen)
        return screen

    @property
    def here(self) -> str:
        """The name of the screen shown: a key of SCREENS, `start`, or empty for a dialog."""
        if self.screen is self.start:
            return "start"
        return next((name for name, screen in self.SCREENS.items() if type(self.screen) is screen), "")

    # ------------------------------------------------------------------ showing
    def play(self, **changes: Any) -> None:
        """Change the scene and show it, unless the program is ending: then its screens fall apart before the last news is read."""
        self.scene = replace(self.scene, **changes)
        if self.is_running and self.screen_stack and isinstance(self.screen, VisitorScreen):
            self.screen.show(self.scene)

    def go(self, name: str, countdown: Countdown | None = None, **changes: Any) -> None:
        """Show another screen with a changed scene."""
        self.count(countdown)
        self.scene = replace(self.scene, **changes)
        if name == self.here:
            self.play()
            return
        self.touches.turned(self.seconds())
        self._turn_to(name)
        self._mark()

    def _turn_to(self, name: str) -> None:
        if isinstance(self.screen, ModalScreen):
            self.screen.dismiss(None)
        screen = self.start if name == "start" else self.get_screen(name)
        assert isinstance(screen, VisitorScreen)
        screen.show(self.scene)  # before it is painted: one layout, not two
        if name == "start":
            while len(self.screen_stack) > 1:
                self.pop_screen()
        elif len(self.screen_stack) == 1 or name == "still_here":
            self.push_screen(name)
        else:
            self.switch_screen(name)

    def _mark(self) -> None:
        """Show the focus to those who steer by keys, and to nobody else."""
        screen = self.screen
        screen.set_focus(None)
        if self._by_keyboard:
            self.call_after_refresh(lambda: screen.focus_next(".choice"))

    def count(self, countdown: Countdown | None) -> None:
        """Begin a countdown, or end the one that runs."""
        self.countdown = countdown
        shown = countdown is not None and countdown.shown
        self.scene = replace(self.scene, seconds=countdown.left(self.seconds()) if countdown and shown else 0)

    def after(self, seconds: float, then: Callable[[], None], *, shown: bool = True) -> Countdown:
        """Return a countdown from now."""
        return Countdown(self.seconds() + seconds, then, shown)

    # ------------------------------------------------------------------ time and touches
    def on_mount(self) -> None:
        """Let time pass."""
        # The timer outlives the screens by a moment when the program ends.
        self.set_interval(TICK_SECONDS, lambda: self.tick() if self.screen_stack else None)

    def tick(self) -> None:
        """Move the countdown on; ask an idle screen whether anybody is there. A dialog stops time."""
        now = self.seconds()
        if not isinstance(self.screen, VisitorScreen):
            return
        if self.countdown is None:
            self._idle(now)
            return
        left = self.countdown.left(now)
        if left == 0:
            then = self.countdown.then
            self.count(None)
            then()
        elif self.countdown.shown and left != self.scene.seconds:
            self.play(seconds=left)

    def _idle(self, now: float) -> None:
        settings = self.backend.settings.screen if self.backend else None
        if settings is None or self.scene.taking or now - self.touches.last < settings.idle_seconds:
            return
        if self.here == "start":
            if self.scene.comfort != self.first_comfort or self.start.page:
                self.go_home()
        elif self.here:
            self.go("still_here", self.after(STILL_HERE_SECONDS, self.go_home))

    def go_home(self) -> None:
        """Forget this visitor: the start screen, in the site's first language and as its owner set it up."""
        raise NotImplementedError

    async def on_event(self, event: events.Event) -> None:
        """Watch what comes from outside before Textual deals with it."""
        if isinstance(event, events.Key | events.MouseDown) and not event.is_forwarded:
            now = self.seconds()
            self.touches.used(now)
            if isinstance(event, events.Key):
                self.touches.key()
            else:
                if self.touches.is_echo(event.x, event.y, now):
                    return
                self.screen.set_focus(None)
                if self.touches.asks_for_the_door(event.x, event.y, now):
                    self.action_door()
            self._by_keyboard = isinstance(event, events.Key)
        await super().on_event(event)

    def action_door(self) -> None:
        """Somebody wants to leave the program."""
        raise NotImplementedError
