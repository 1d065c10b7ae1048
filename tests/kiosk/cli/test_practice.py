"""The demonstration and the simulated day."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.commands import Kiosk


def test_without_a_terminal_run_plays_one_visit_and_ends_well(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "run", "--lang", "en"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    for said in ("DK 001", "is called to counter 1", "is being served", "is done", "YOUR QUEUE NUMBER"):
        assert said in done.stdout
    (picture,) = (folder / "var" / "paper").glob("*.png")
    assert str(picture) in done.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert not (folder / "var" / "kiosk.db").exists()


def test_the_demonstration_speaks_json_too(kiosk: Kiosk) -> None:
    lines = kiosk("demo", "--json").lines
    assert [line.get("status", "paper") for line in lines] == [
        "waiting",
        "paper",
        "called",
        "serving",
        "completed",
    ]
    assert {line["label"] for line in lines if "label" in line} == {"DK 001"}


def test_the_demonstration_can_use_the_real_store(ready: Kiosk) -> None:
    ready("issue", "DK.ktp", "--no-print")
    assert ready("demo", "--here").code == 0
    assert ready("ticket", "DK002", "--json").json["status"] == "completed"
    assert ready("ticket", "DK001", "--json").json["status"] == "waiting"


def test_a_simulated_day_adds_up(ready: Kiosk) -> None:
    count = ready("simulate", "--visits", "60", "--speed", "max", "--seed", "7", "--json").json
    assert count["issued"] == 60
    assert count["completed"] + count.get("no_show", 0) + count.get("cancelled", 0) == 60
    assert not [name for name in count if name.startswith("refused")]
    queues = ready("queues", "--json").lines
    assert sum(queue["waiting"] + queue["serving"] + queue["held"] for queue in queues) == 0
    assert sum(queue["completed"] for queue in queues) == count["completed"]


def test_the_same_seed_plays_the_same_day(ready: Kiosk, folder: Path) -> None:
    def day() -> list[tuple[str, str, str]]:
        ready("init")
        ready("simulate", "--visits", "25", "--speed", "max", "--seed", "3")
        seen = [(line["kind"], line["label"], line["counter"]) for line in ready("events", "--json").lines]
        for file in (folder / "var").glob("kiosk.db*"):
            file.unlink()
        return seen

    assert day() == day()
