"""The code on screen can be read by a telephone."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from docs.cells import picture
from kiosk.shared.links import ticket_url
from kiosk.shared.theme import CONTRAST_THEME, KIOSK_THEME
from kiosk.shared.widgets import QrCode
from kiosk.shared.widgets.qr_code import qr_rows
from tests.support.qr import read_qr

URL = ticket_url("https://antre.example", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Codes(App[None]):
    """One code on the ground of a theme."""

    CSS = "Screen { background: $ground; align: center middle; }"

    def __init__(self, payload: str, theme: str) -> None:
        super().__init__()
        self.register_theme(KIOSK_THEME)
        self.register_theme(CONTRAST_THEME)
        self.theme = theme
        self.payload = payload

    def compose(self) -> ComposeResult:
        yield QrCode(self.payload)


@pytest.mark.parametrize("theme", ["kiosk", "contrast"])
@pytest.mark.parametrize("payload", [URL, "DK 003"])
async def test_the_code_is_read_from_the_cells(payload: str, theme: str) -> None:
    app = Codes(payload, theme)
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.pause()
        assert read_qr(picture(app)) == [payload]


def test_an_address_stays_within_the_size_that_the_ticket_has_room_for() -> None:
    rows = qr_rows(URL)
    assert len(rows[0]) <= 33
    assert len(rows) <= 17


def test_the_border_is_two_light_modules_all_around() -> None:
    rows = qr_rows("DK 003")
    assert set(rows[0]) == {" "}
    assert all(row.startswith("  ") and row.endswith("  ") for row in rows)
