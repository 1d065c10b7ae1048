"""Sixteen programs give out numbers while sixteen others call them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from queue_core import Lobby, Store
from queue_core.settings import Catalogue
from tests.support.crowd import lobby_of
from tests.support.house import SITE

ISSUERS = CALLERS = 16
EACH = 15


def hall(catalogue: Catalogue) -> Catalogue:
    raw = catalogue.model_dump()
    raw["site"][0]["counter"] = [{"number": n, "services": ["DK.*", "BN.*"]} for n in range(1, CALLERS + 1)]
    return Catalogue.model_validate(raw)


@pytest.mark.story
def test_no_number_twice_no_gap_nobody_called_twice_nobody_refused(
    store: Store, store_url: str, catalogue: Catalogue
) -> None:
    lobby: Lobby = lobby_of(store, SITE)
    lobby.apply_catalogue(hall(catalogue))
    command = [
        sys.executable,
        "-m",
        "tests.support.crowd",
        store_url,
        SITE,
        *map(str, (ISSUERS, CALLERS, EACH)),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=240, check=True, cwd=Path(__file__).parents[2]
    )
    said = json.loads(done.stdout)
    assert said["refused"] == []
    assert said["ended"] == [0] * (ISSUERS + CALLERS)
    assert said["called"] == ISSUERS * EACH

    events = lobby.events_after(0, limit=10_000)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    issued = [event.label for event in events if event.kind == "issued"]
    numbers = Counter(label.split()[0] for label in issued)
    assert sorted(issued) == sorted(
        f"{code} {n:03d}" for code, count in numbers.items() for n in range(1, count + 1)
    )
    assert len(issued) == ISSUERS * EACH
    assert Counter(event.label for event in events if event.kind == "called") == Counter(issued)
