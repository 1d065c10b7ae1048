"""Title and prompt stand on the terminal before the screen is imported, and never where nobody could see them."""

from __future__ import annotations

import io
import os

import pyte
import pytest

from kiosk.commands import splash
from kiosk.i18n import Words
from kiosk.shared import theme


class Terminal(io.StringIO):
    """A terminal of 80 by 24 that keeps what is written."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, 24)))
    return Terminal()


def seen(text: str) -> list[str]:
    screen = pyte.Screen(80, 24)
    pyte.Stream(screen).feed(text)
    return [line.strip() for line in screen.display]


def test_it_greets_and_asks_for_patience_in_the_middle(terminal: Terminal) -> None:
    with splash.splash(terminal):
        shown = seen(terminal.getvalue())
    words = Words("id")
    assert shown[10] == words("touch.hello")
    assert shown[12] == words("touch.preparing")


def test_a_small_terminal_gets_what_fits() -> None:
    assert len(splash.painted(os.terminal_size((10, 1)))) > 0


def test_it_stays_for_the_program_that_paints_over_it(terminal: Terminal) -> None:
    with splash.splash(terminal):
        pass
    assert "\x1b[?1049l" not in terminal.getvalue()


def test_an_error_gives_the_first_screen_back(terminal: Terminal) -> None:
    with pytest.raises(ImportError), splash.splash(terminal):
        raise ImportError
    assert terminal.getvalue().endswith("\x1b[?1049l")


def test_nothing_is_written_to_a_pipe_or_a_dumb_terminal(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal
) -> None:
    pipe = io.StringIO()
    with splash.splash(pipe):
        pass
    monkeypatch.setenv("TERM", "dumb")
    with splash.splash(terminal):
        pass
    assert pipe.getvalue() == terminal.getvalue() == ""


def test_its_colours_are_those_of_the_visitors_theme() -> None:
    assert (splash.GROUND, splash.TITLE, splash.PROMPT) == (theme.GROUND, theme.YELLOW, theme.WHITE)
