"""Opening a screen from a terminal: what no waiting can mend is told, and the terminal is given back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.commands import CONFIG, Kiosk
from tests.support.terminal import Terminal

pytestmark = pytest.mark.story


def ending(folder: Path, *words: str, says: str) -> int:
    """Open a screen, wait until the words are seen, and return the exit code."""
    with Terminal([sys.executable, "-m", "kiosk", *words], cwd=folder, rows=50) as terminal:
        terminal.wait_for(says)
        terminal.wait_until(lambda _: not terminal.process.isalive(), "the end of the program")
        return int(terminal.process.exitstatus)


def test_run_makes_the_store_and_shows_the_agencies(folder: Path) -> None:
    with Terminal([sys.executable, "-m", "kiosk", "run"], cwd=folder) as terminal:
        terminal.wait_for("Dukcapil")
    assert (folder / "var" / "kiosk.db").is_file()


def test_touch_without_a_store_says_what_to_type(folder: Path) -> None:
    assert ending(folder, "touch", says="kiosk init") == 1


def test_touch_with_a_wrong_file_says_what_is_wrong(folder: Path) -> None:
    (folder / "config.toml").write_text(CONFIG.replace("minutes = 7", "minutes = 0"), encoding="utf-8")
    assert ending(folder, "run", says="minutes") == 2


def test_touch_at_a_site_that_the_file_has_not_says_so(folder: Path) -> None:
    assert ending(folder, "run", "--site", "aulla", says="aulla") == 2


@pytest.mark.parametrize("screen", [["counter", "1"], ["supervisor"]])
def test_staff_screens_without_a_store_say_what_to_type(kiosk: Kiosk, screen: list[str]) -> None:
    said = kiosk(*screen)
    assert said.code == 1
    assert "kiosk init" in said.err


def test_a_counter_that_is_not_there_is_told_before_its_screen_opens(ready: Kiosk) -> None:
    said = ready("counter", "9", "--json")
    assert (said.code, said.json["error"]) == (1, "unknown_counter")
