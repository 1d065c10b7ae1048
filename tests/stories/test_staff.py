"""A counter and a supervisor at work: the real programs, each in a terminal of its own, on one store."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import CONFIG
from tests.support.terminal import Terminal

pytestmark = pytest.mark.story


def kiosk(*words: str) -> list[str]:
    return [sys.executable, "-m", "kiosk", *words]


def say(folder: Path, *words: str) -> dict[str, object]:
    """Run a command with --json and return its answer."""
    done = subprocess.run(
        kiosk(*words, "--json"), cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[0])
    return answer


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    subprocess.run(kiosk("init"), cwd=tmp_path, check=True, capture_output=True, timeout=60)
    return tmp_path


def leave(screen: Terminal, keys: str) -> None:
    """Press what ends the program and see it end without a complaint."""
    screen.press(keys)
    screen.wait_until(lambda _: screen.ended() is not None, "the end of the program")
    assert screen.process.exitstatus == 0


def test_a_counter_serves_while_a_supervisor_looks_on(hall: Path) -> None:
    with (
        Terminal(kiosk("supervisor"), cwd=hall, columns=100, rows=30) as above,
        Terminal(kiosk("counter", "1"), cwd=hall, columns=80, rows=24) as desk,
    ):
        desk.wait_for("PIN 2580")
        desk.press("demo\r2580\r")
        desk.wait_for("LOKET 1 · Demo")
        above.wait_for("kosong")

        assert say(hall, "issue", "DK.ktp")["label"] == "DK 001"
        desk.wait_for("Menunggu 1")
        desk.press(" ")
        desk.wait_for("DK 001 dipanggil ke loket 1")
        above.wait_for("memanggil DK 001")
        desk.press("m")
        desk.wait_for("DILAYANI")
        above.wait_for("melayani DK 001")

        assert say(hall, "issue", "DK.ktp")["label"] == "DK 002"
        desk.press("DK 002\r")  # as a hand scanner does, all at once
        desk.wait_for("Panggil sekarang")
        desk.press("\x1b")
        desk.wait_until(lambda text: "Panggil sekarang" not in text, "the ticket closed")
        desk.press("s")
        desk.wait_for("Selesai hari ini: 1")

        desk.press("x")
        desk.wait_for("Tekan X sekali lagi")
        desk.press("x")
        desk.wait_for("PIN 2580")
        above.wait_for("tutup")
        leave(desk, "\x1b")
        leave(above, "x")
    assert say(hall, "ticket", "DK 002")["status"] == "waiting"
