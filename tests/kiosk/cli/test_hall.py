"""What can be asked about the hall, and how it is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import Kiosk


@pytest.fixture
def called(ready: Kiosk) -> Kiosk:
    """One visitor waits, one stands called at counter 1."""
    for _ in range(2):
        ready("issue", "DK.ktp", "--no-print")
    ready("next", "1")
    return ready


def test_services_list_the_whole_offer(ready: Kiosk) -> None:
    lines = ready("services", "--json").lines
    assert [line["service"] for line in lines] == ["DK.ktp", "DK.kk", "BN.bayar"]
    assert all(line["open"] for line in lines)
    people = ready("services").out.splitlines()
    assert people[0].split()[:2] == ["Layanan", "Nama"]
    assert len(people) == 1 + len(lines)


def test_queues_count_who_waits_and_who_is_served(called: Kiosk) -> None:
    queue = next(line for line in called("queues", "--json").lines if line["service"] == "DK.ktp")
    assert (queue["waiting"], queue["serving"], queue["issued"]) == (1, 1, 2)
    assert "DK.ktp" in called("queues").out


def test_the_board_shows_the_newest_call(called: Kiosk) -> None:
    (call,) = called("board", "--once", "--json").lines
    assert (call["label"], call["counter"], call["status"]) == ("DK 001", "1", "called")
    assert called("board", "--once").out.splitlines()[1].startswith("DK 001")


def test_an_empty_board_says_so_in_words(ready: Kiosk) -> None:
    assert ready("board", "--once").out == "Belum ada panggilan. Menunggu: 0.\n"
    assert ready("board", "--once", "--json").out == ""


def test_a_ticket_tells_its_story(called: Kiosk) -> None:
    story = called("ticket", "dk1", "--json").json
    assert (story["label"], story["status"]) == ("DK 001", "called")
    assert [event["kind"] for event in story["events"]] == ["issued", "called"]
    people = called("ticket", "dk1").out
    assert "dipanggil" in people


def test_events_come_in_order_after_the_number_that_was_seen(called: Kiosk) -> None:
    every = called("events", "--json").lines
    assert [line["seq"] for line in every] == sorted(line["seq"] for line in every)
    newest = called("events", "--after", str(every[-2]["seq"]), "--json").json
    assert newest == every[-1]
    assert (newest["kind"], newest["label"], newest["counter"]) == ("called", "DK 001", "1")


def test_a_follower_hears_what_happens_after_it_began(called: Kiosk, folder: Path) -> None:
    last = called("events", "--json").lines[-1]["seq"]
    words = [sys.executable, "-m", "kiosk", "events", "--follow", "--after", str(last - 1), "--json"]
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, text=True) as follower:
        assert follower.stdout is not None
        assert json.loads(follower.stdout.readline())["seq"] == last
        called("start", "1")
        assert json.loads(follower.stdout.readline())["kind"] == "started"
        os.kill(follower.pid, signal.SIGINT)
        assert follower.wait(timeout=20) == 130


def test_a_reader_that_leaves_early_causes_no_noise(called: Kiosk, folder: Path) -> None:
    words = f"{sys.executable} -m kiosk events --json | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", words], cwd=folder, capture_output=True, text=True, timeout=60)
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == ""
