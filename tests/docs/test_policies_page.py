"""The example in docs/policies.md is what the rules do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from queue_core.calling import Candidate, in_order, policy_of
from queue_core.policy_settings import PolicySettings
from tests.support.turns import at, person

PAGE = (Path(__file__).parents[2] / "docs" / "policies.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^|]+)` \| ((?:★?[AB]\d ?)+)\|", PAGE, re.MULTILINE)
SERVICES = {"A": ("DK.ktp", 30), "B": ("DK.kk", 15)}


def waiting() -> list[Candidate]:
    (line,) = re.findall(r"^> (.*)$", PAGE, re.MULTILINE)
    return [
        _person(name, int(hour) * 60 + int(minute) - 9 * 60)
        for name, hour, minute in re.findall(r"(★?[AB]\d) (\d\d)\.(\d\d)", line)
    ]


def _person(name: str, minute: int) -> Candidate:
    service, promise = SERVICES[name.strip("★")[0]]
    return person(name, minute, priority=name.startswith("★"), service=service, promise=promise)


@pytest.mark.parametrize(("policy", "order"), ROWS)
def test_each_row_is_played(policy: str, order: str) -> None:
    raw = tomllib.loads(f"policy = {{ {policy} }}")["policy"]
    PolicySettings.model_validate(raw)
    chosen = policy_of(raw, [service for service, _ in SERVICES.values()])
    assert [choice.ticket for choice in in_order(waiting(), at(40), chosen)] == order.split()


def test_no_row_is_left_out() -> None:
    assert len(ROWS) == 7
    assert len(waiting()) == 7
