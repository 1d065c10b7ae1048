"""The README's pictures are drawn from the running screens, and what they show is true."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from docs.cells import save_small
from docs.draw import Pictures, draw_all
from docs.hall import morning
from tests.support.qr import read_qr

ROOT = Path(__file__).parents[2]
NAMES = {
    "touch-start",
    "touch-landscape",
    "touch-service",
    "touch-ticket",
    "counter",
    "supervisor",
    "supervisor-big",
    "supervisor-usual",
    "slip",
    "board",
}


@pytest.fixture
async def drawn(tmp_path: Path) -> tuple[Pictures, str]:
    """All pictures, and the label of the ticket that was taken for them."""
    with morning(tmp_path) as hall:
        pictures = await draw_all(hall)
        newest = hall.lobby.print_jobs(limit=1)[0]
    return pictures, newest.label


async def test_screen_and_paper_hold_the_code_of_the_ticket_that_was_taken(
    drawn: tuple[Pictures, str], tmp_path: Path
) -> None:
    pictures, label = drawn
    assert set(pictures) == NAMES
    for name in ("touch-ticket", "slip"):
        small = tmp_path / "small.png"
        assert save_small(pictures[name], small) < 60_000
        assert read_qr(Image.open(small)) == [label]


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_pictures_in_the_tree_are_small(name: str) -> None:
    """After a change of a screen: `make pictures`."""
    assert (ROOT / "docs" / "pictures" / f"{name}.png").stat().st_size < 60_000
