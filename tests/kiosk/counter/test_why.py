"""Why this one: a sentence or two under the number, for every rule, in both languages, on any screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk.counter.phrases import why_line
from kiosk.i18n import Words
from queue_core.calling import Why
from queue_core.policy_settings import PolicySettings
from queue_core.settings import Catalogue
from tests.support.counter import At
from tests.support.house import small_catalogue
from tests.support.queue_views import ticket as a_ticket
from tests.support.screens import Premises, shows, text_of

DATA: dict[str, dict[str, Any]] = {
    "priority": {"most": 2},
    "late": {"most": 2},
    "due": {"earlier": 0},
    "ratio_priority": {"priority": 2, "regular": 1},
    "ratio_regular": {"priority": 2, "regular": 1},
    "urgent": {"minutes": 30, "service": "DK.ktp"},
    "share": {"share": 2, "of": 3},
}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_its_sentence(why: Why, language: str) -> None:
    words = Words(language)
    ticket = replace(a_ticket(), reasons=({"why": why.value, **DATA.get(why.value, {})},))
    line = why_line(ticket, (), words)
    assert line.startswith(words("counter.why", because="").strip())
    assert line.endswith(".")
    assert "counter." not in line
    assert "{" not in line
    assert words(f"common.why_{why.value}") != f"common.why_{why.value}"


def test_two_reasons_are_two_sentences_and_none_is_none() -> None:
    words, ticket = Words("en"), a_ticket()
    assert why_line(replace(ticket, reasons=({"why": "main"}, {"why": "order"})), (), words) == (
        "Why this one? The main services of this counter go first."
    )
    both = replace(ticket, reasons=({"why": "main"}, {"why": "due", "earlier": 15}))
    assert why_line(both, (), words) == (
        "Why this one? The main services of this counter go first. "
        "The end of the promise is the nearest; 15 minutes earlier for priority visitors."
    )
    assert why_line(replace(ticket, reasons=()), (), words) == ""
    told = replace(ticket, reasons=({"why": "by_number", "reason": "sick"},))
    assert why_line(told, (), words) == "Why this one? Staff called this number out of turn: sick."


async def test_the_reason_stands_under_the_number_and_outlives_the_screen(
    at_counter: At, premises: Premises
) -> None:
    raw = small_catalogue().model_dump()
    policy = {"rule": "arrival", "urgent": [{"service": "BN.sim", "minutes": 20}]}
    raw["site"][0]["policy"] = PolicySettings.model_validate(policy)
    with premises.lobby() as lobby:
        lobby.apply_catalogue(Catalogue.model_validate(raw))
    premises.issue("DK.ktp", "BN.sim")
    premises.clock.forward(minutes=21)
    async with at_counter("2") as pilot:
        await pilot.press("space")
        await shows(pilot, "BN 001 dipanggil", "Mengapa nomor ini\\?", "20 menit", "antrean itu didahulukan")
    async with at_counter("2", size=(192, 56)) as pilot:
        await pilot.press("f2")
        await shows(pilot, "Why this one\\?", "has waited over 20 minutes", "line goes first")
        assert "urgent line" in text_of(pilot.app)
