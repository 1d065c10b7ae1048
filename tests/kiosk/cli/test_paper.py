"""Paper by command."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.commands import CONFIG, Kiosk


def texts(folder: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted((folder / "var" / "paper").glob("*.txt"))]


def test_issue_prints_its_own_slip(ready: Kiosk, folder: Path) -> None:
    said = ready("issue", "DK.ktp")
    assert said.err == f"Tiket digambar: {folder / 'var' / 'paper' / '001.png'}\n"
    (text,) = texts(folder)
    assert "DK 001" in text
    assert "NOMOR ANTREAN ANDA" in text


def test_the_slip_speaks_the_visitors_language(ready: Kiosk, folder: Path) -> None:
    ready("issue", "DK.ktp", "--language", "en")
    assert "YOUR QUEUE NUMBER" in texts(folder)[0]


def test_no_print_makes_no_job(ready: Kiosk, folder: Path) -> None:
    assert ready("issue", "DK.ktp", "--no-print", "--json").json["job"] is None
    assert ready("spool", "--once", "--json").json["jobs"] == 0
    assert texts(folder) == []


def test_while_another_program_holds_the_printer_the_slip_is_left_to_it(ready: Kiosk, folder: Path) -> None:
    with (folder / "var" / "printer-K1.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = ready("issue", "DK.ktp")
        assert (said.code, texts(folder)) == (0, [])
        assert said.err == "Tiket akan dicetak oleh program lain yang memegang printer ini.\n"
    assert ready("spool", "--once", "--json").json["jobs"] == 1
    assert "DK 001" in texts(folder)[0]


def test_a_slip_is_not_left_behind_by_a_holder_that_lets_go(ready: Kiosk, folder: Path) -> None:
    with (folder / "var" / "printer-K1.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        words = [sys.executable, "-m", "kiosk", "issue", "DK.ktp"]
        with subprocess.Popen(
            words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as issue:
            assert issue.stdout is not None
            assert "DK 001" in issue.stdout.readline()
            fcntl.flock(lock, fcntl.LOCK_UN)
            assert issue.wait(timeout=20) == 0
    assert "DK 001" in texts(folder)[0]


def test_a_printer_that_is_not_there_costs_no_number(kiosk: Kiosk, folder: Path) -> None:
    away = '[printer]\ndevice = "network"\nhost = "127.0.0.1"\nport = 1\ntimeout_seconds = 0.5\n'
    (folder / "config.toml").write_text(away + CONFIG, encoding="utf-8")
    kiosk("init")
    said = kiosk("issue", "DK.ktp")
    assert said.code == 0
    assert said.out.startswith("DK 001")
    assert said.err.startswith("Tiket belum tercetak")
    check = {line["check"]: line["ok"] for line in kiosk("check", "--json").lines}
    assert check["printer"] is False


def test_a_slip_that_nobody_confirms_is_said_to_be_sent_and_no_more(kiosk: Kiosk, folder: Path) -> None:
    silent = '[printer]\ndevice = "file"\npath = "silent"\n'
    (folder / "config.toml").write_text(silent + CONFIG, encoding="utf-8")
    kiosk("init")
    said = kiosk("issue", "DK.ktp").err
    assert said.startswith("Tiket dikirim ke printer; printer ini tidak dapat memastikan")


def test_check_looks_at_a_printer_that_no_program_looks_after(kiosk: Kiosk, folder: Path) -> None:
    away = '[printer]\ndevice = "network"\nhost = "127.0.0.1"\nport = 1\ntimeout_seconds = 0.5\n'
    (folder / "config.toml").write_text(away + CONFIG, encoding="utf-8")
    kiosk("init")
    said = kiosk("check", "--json")
    assert (said.code, {line["check"]: line["ok"] for line in said.lines}["printer"]) == (1, False)


def test_a_slip_is_printed_again_marked_as_a_copy(ready: Kiosk, folder: Path) -> None:
    ready("issue", "DK.ktp")
    again = ready("reprint", "dk1", "--json").json
    assert (again["label"], again["copy"], again["printer"]) == ("DK 001", 2, "K1")
    first, second = texts(folder)
    assert "CETAK ULANG 2" in second
    assert "CETAK ULANG" not in first


def test_the_spool_prints_what_others_issue_until_it_is_stopped(ready: Kiosk, folder: Path) -> None:
    words = [sys.executable, "-m", "kiosk", "spool", "--json"]
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, text=True) as spool:
        assert spool.stdout is not None
        assert "K1" in spool.stdout.readline()
        job = ready("issue", "DK.ktp", "--json").json["job"]
        assert wait_until_printed(ready, job)
        os.kill(spool.pid, signal.SIGTERM)
        assert spool.wait(timeout=20) == 0


def wait_until_printed(ready: Kiosk, job: str) -> bool:
    """Follow the events until this slip came out, for at most a minute."""
    words = [sys.executable, "-m", "kiosk", "events", "--follow", "--after", "0", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as follower:
        assert follower.stdout is not None
        try:
            return any('"slip_printed"' in line for line in follower.stdout)
        finally:
            follower.kill()
