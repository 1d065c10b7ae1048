"""A picture of a screen is what a terminal would show, so exactly that a QR code in it can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.strip import Strip

from docs.cells import Grid, blocks, draw, picture, save_small
from kiosk.shared.widgets.qr_code import QrCode
from tests.support.qr import read_qr

INK = Style(color="#ff0000", bgcolor="#0000ff")
RED, BLUE = (255, 0, 0), (0, 0, 255)


def drawn(text: str, style: Style = INK) -> Image.Image:
    return draw([Strip([Segment(text, style)])], Grid(8, 16))


@pytest.mark.parametrize(
    ("text", "red", "blue"),
    [
        ("█", [(0, 0), (7, 15)], []),
        ("▀", [(0, 0), (7, 7)], [(0, 8), (7, 15)]),
        ("▄", [(0, 8), (7, 15)], [(0, 0), (7, 7)]),
        ("▌", [(3, 8)], [(4, 8)]),
        ("▐", [(4, 8)], [(3, 8)]),
        ("▘", [(3, 7)], [(4, 7), (3, 8)]),
        ("▟", [(7, 0), (0, 15), (7, 15)], [(0, 0)]),
        ("▁", [(0, 14), (7, 15)], [(0, 13)]),
        ("▕", [(7, 0)], [(6, 0)]),
        (" ", [], [(0, 0), (7, 15)]),
    ],
)
def test_blocks_are_exact(text: str, red: list[tuple[int, int]], blue: list[tuple[int, int]]) -> None:
    image = drawn(text)
    assert {image.getpixel(at) for at in red} <= {RED}
    assert {image.getpixel(at) for at in blue} <= {BLUE}


def test_reverse_swaps_ink_and_ground() -> None:
    assert drawn("▀", INK + Style(reverse=True)).getpixel((0, 0)) == BLUE


def test_a_row_is_as_wide_as_its_cells_and_letters_leave_ink() -> None:
    image = drawn("Loket 3")
    assert image.size == (7 * 8, 16)
    assert len(image.getcolors() or ()) > 2, "smooth letters, not only ink and ground"


def test_lines_of_a_box_meet_at_the_edge_of_the_cell() -> None:
    image = drawn("─│┌┘")
    assert image.getpixel((0, 8)) == image.getpixel((7, 8)) == RED
    assert image.getpixel((8 + 4, 0)) == image.getpixel((8 + 4, 15)) == RED
    assert blocks("╬") == ()


class Shown(App[None]):
    def compose(self) -> ComposeResult:
        yield QrCode("HTTPS://ANTRE.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWXYZ")


async def test_a_qr_code_on_a_screen_can_be_read_from_its_picture(tmp_path: Path) -> None:
    app = Shown()
    async with app.run_test(size=(50, 25)):
        image = picture(app)
    assert image.size == (500, 500)
    assert read_qr(image) == ["HTTPS://ANTRE.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    small = tmp_path / "small.png"
    assert save_small(image, small) < 60_000
    assert read_qr(Image.open(small)) == ["HTTPS://ANTRE.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
