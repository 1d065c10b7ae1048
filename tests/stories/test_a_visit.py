"""A visit from touch to done: nothing but fingers, paper from a TCP printer, and the real programs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.printers.emulator import Printer, Tcp
from tests.support.commands import CONFIG
from tests.support.qr import read_qr
from tests.support.terminal import Terminal

pytestmark = pytest.mark.story

PUBLIC_URL = "HTTPS://ANTRE.EXAMPLE"
PAPER = (
    '[printer]\ndevice = "network"\nhost = "127.0.0.1"\nport = {port}\n\n[web]\npublic_url = "'
    + PUBLIC_URL
    + '"\n'
)


def kiosk(*words: str) -> list[str]:
    return [sys.executable, "-m", "kiosk", *words]


def say(folder: Path, *words: str) -> dict[str, object]:
    """Run a command with --json and return its answer."""
    done = subprocess.run(
        kiosk(*words, "--json"), cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode in {0, 1}, done.stderr
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[0])
    return answer


@pytest.fixture
def printer() -> Iterator[Tcp]:
    with Tcp(Printer()) as tcp:
        yield tcp


@pytest.fixture
def hall(tmp_path: Path, printer: Tcp) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG + PAPER.format(port=printer.port), encoding="utf-8")
    subprocess.run(kiosk("init"), cwd=tmp_path, check=True, capture_output=True, timeout=60)
    return tmp_path


def test_a_visitor_touches_paper_comes_out_a_counter_calls(hall: Path, printer: Tcp) -> None:
    with Terminal(kiosk("touch"), cwd=hall, columns=101, rows=28) as screen:
        screen.tap("Dukcapil")
        screen.tap("KTP-el")
        screen.tap("REGULER")
        screen.wait_for("Silakan ambil kertas nomor Anda")
        on_screen = read_qr(screen.picture())

        visit = say(hall, "ticket", "DK 001")
        address = f"{PUBLIC_URL}/T/{visit['token']}"
        (slip,) = printer.printer.slips
        assert printer.printer.faults == []
        assert slip.codes == [address]
        assert on_screen == [address]
        assert "DK 001" in slip.text

        called = say(hall, "next", "1")
        assert (called["label"], called["counter"], called["status"]) == ("DK 001", "1", "called")
        assert say(hall, "start", "1")["status"] == "serving"
        assert say(hall, "complete", "1")["status"] == "completed"

        screen.tap("Selesai")
        screen.wait_for("Bank NTT")


def test_a_double_tap_gives_one_ticket(hall: Path) -> None:
    with Terminal(kiosk("touch"), cwd=hall) as screen:
        screen.tap("Dukcapil")
        screen.tap("KTP-el")
        screen.tap("REGULER")
        screen.tap("REGULER") if "REGULER" in screen.text() else None
        screen.wait_for("Silakan ambil kertas nomor Anda")
    assert say(hall, "next", "1")["label"] == "DK 001"
    assert say(hall, "start", "1")["label"] == "DK 001"
    assert say(hall, "next", "1")["label"] is None


def test_no_key_leaves_the_screen_but_the_staffs_pin_does(hall: Path) -> None:
    with Terminal(kiosk("touch"), cwd=hall) as screen:
        screen.wait_for("Dukcapil")
        screen.press("\x03\x11\x1a\x10\x04\x1c\x1bq")  # ctrl c, q, z, p, d, backslash, alt+q
        screen.tap("English")
        screen.wait_for("Touch the agency")
        assert screen.ended() is None
        screen.press("\x1b[24~")  # F12
        screen.wait_for("PIN")
        screen.press("1111\r")
        screen.wait_for("Wrong PIN")
        screen.press("2580\r")
        screen.wait_until(lambda _: screen.ended() is not None, "the end of the program")
        assert screen.ended() == 0


def test_without_a_printer_the_visitor_keeps_the_number_and_gets_a_copy_later(
    hall: Path, printer: Tcp
) -> None:
    printer.printer.cover_open = True
    with Terminal(kiosk("touch"), cwd=hall) as screen:
        screen.tap("Bank NTT")
        screen.tap("PRIORITAS")
        text = screen.wait_for("Foto layar ini")
        assert "petugas sudah diberi tahu" in text
        assert read_qr(screen.picture()) == [f"{PUBLIC_URL}/T/{say(hall, 'ticket', 'BN001')['token']}"]
        printer.printer.repair()
        screen.wait_until(lambda _: len(printer.printer.slips) == 1, "the slip after the repair")
    assert printer.printer.slips[0].codes == [f"{PUBLIC_URL}/T/{say(hall, 'ticket', 'BN001')['token']}"]
