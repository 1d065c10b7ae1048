"""Everything is there on a small screen, in both languages."""

from __future__ import annotations

import pytest

from kiosk.counter.commands import COMMANDS
from kiosk.counter.widgets import KeyButton
from tests.support.counter import At
from tests.support.screens import Premises, shows, text_of


@pytest.mark.parametrize("size", [(80, 24), (100, 28), (192, 56)])
@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_key_and_its_name_can_be_read(
    size: tuple[int, int], language: str, at_counter: At, premises: Premises
) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1", size=size) as pilot:
        if language == "en":
            await pilot.press("f2")
            await shows(pilot, "COUNTER 1")
        buttons = list(pilot.app.screen.query(KeyButton))
        cut = [str(button.content) for button in buttons if len(str(button.content)) > button.size.width]
        assert len(buttons) == len(COMMANDS)
        assert cut == []
        assert "…" not in text_of(pilot.app).splitlines()[-1]


@pytest.mark.parametrize("size", [(80, 24), (100, 28), (192, 56)])
async def test_a_visitor_with_everything_fits(
    size: tuple[int, int], at_counter: At, premises: Premises
) -> None:
    with premises.lobby() as lobby:
        lobby.start_journey("pindah", request_id="j", priority=True, language="en")
    premises.clock.forward(minutes=95)
    async with at_counter("1", size=size) as pilot:
        await pilot.press("space")
        await shows(pilot, "DK 001 dipanggil")
        await pilot.press("u")
        await shows(
            pilot,
            "DIPANGGIL",
            "1 j 35 mnt",
            "PRIORITAS",
            "langkah 1 dari 3",
            "panggilan ke-2",
            "bahasa Inggris",
        )
