"""Fingers reach and hit everything; words fit; on every screen, at every size, in both languages and both text sizes."""

from __future__ import annotations

from itertools import combinations

import pytest

from kiosk.shared.widgets import Tile
from kiosk.touch.notice import Notice
from kiosk.touch.scene import Comfort
from kiosk.touch.screens import VisitorScreen
from tests.kiosk.touch.conftest import Arrive
from tests.support.touching import LANDSCAPE, PORTRAIT, SIZES, SMALL, Visitor

NARROWEST = {PORTRAIT: 16, LANDSCAPE: 20, SMALL: 11}
"""Columns. In portrait three tiles stand side by side in 54 columns: 16 of them are 75 mm on a screen of 21.5 inches."""
LOWEST = {PORTRAIT: 5, LANDSCAPE: 5, SMALL: 3}


LOOKS = (
    Comfort(contrast=True),
    *(Comfort(language, large) for large in (True, False) for language in ("en", "id")),
)
"""Every language in both text sizes, and the other colours; the walk goes on in the last."""


async def walk(visitor: Visitor) -> list[str]:
    """Look at every screen of a visit, in every look; return what is wrong."""
    app = visitor.app
    wrong: list[str] = []

    async def look(name: str, *, settled: str) -> None:
        await visitor.until(lambda: app.here == name, name)
        for comfort in LOOKS:
            app.wear(comfort)
            await visitor.settles()
            await visitor.sees(app.scene.words(settled))
            wrong.extend(f"{name}, {comfort}: {each}" for each in faults(visitor))

    await look("start", settled="touch.prompt_agency")
    await visitor.press("1")
    await look("services", settled="touch.prompt_service")
    await visitor.press("1")
    await look("service", settled="touch.back")
    await visitor.press("2")
    await look("ticket", settled="touch.paper_photograph")
    app.go("notice", app.after(5, app.go_home), notice=Notice("busy", retry=True))
    await look("notice", settled="touch.notice_busy_do")
    app.go("pause", app.after(9, app.go_home))
    await look("pause", settled="touch.pause")
    app.go("still_here", app.after(9, app.go_home))
    await look("still_here", settled="touch.still_here_why")
    return wrong


def faults(visitor: Visitor) -> list[str]:
    size = (visitor.app.size.width, visitor.app.size.height)
    screen = visitor.app.screen
    assert isinstance(screen, VisitorScreen)
    tiles = [tile for tile in screen.query(Tile) if tile.display and tile.visible and tile.region]
    found = [f"{tile.id} is {tile.region}" for tile in tiles if not large_enough(tile, size)]
    if size == PORTRAIT:
        found += [f"{tile.id} is above the middle" for tile in tiles if tile.region.y < size[1] // 2]
    found += [
        f"{one.id} touches {other.id}" for one, other in combinations(tiles, 2) if near(one, other, size)
    ]
    found += [f"cut: {line.strip()}" for line in visitor.lines() if "…" in line]
    found += [f"{tile.id} ends outside" for tile in tiles if not screen.region.contains_region(tile.region)]
    return found


def large_enough(tile: Tile, size: tuple[int, int]) -> bool:
    return tile.region.width >= NARROWEST[size] and tile.region.height >= LOWEST[size]


def near(one: Tile, other: Tile, size: tuple[int, int]) -> bool:
    columns = 1 if size == SMALL else 2
    return one.region.grow((1, columns, 1, columns)).overlaps(other.region)


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_can_be_touched_and_read(arrive: Arrive, size: tuple[int, int]) -> None:
    async with arrive(size) as visitor:
        assert await walk(visitor) == []


async def test_a_gap_is_dead(arrive: Arrive) -> None:
    async with arrive(PORTRAIT) as visitor:
        tile = visitor.app.screen.query_one("#tile-0", Tile).region
        await visitor.tap_at(tile.right, tile.y + 2)
        await visitor.later(1)
        assert visitor.app.here == "start"


async def test_larger_text_draws_fewer_and_larger_names(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.tap("Huruf besar")
        await visitor.sees("Huruf biasa")
        await visitor.until(lambda: not visitor.shows("Polri"), "raster letters instead of text")
        shown = [tile for tile in visitor.app.screen.query(".choice").results(Tile) if tile.display]
        assert len(shown) == 2


async def test_a_terminal_of_odd_size_is_no_trouble(arrive: Arrive) -> None:
    async with arrive((40, 15), sees="Halo") as visitor:
        for size in ((200, 60), (57, 49), (20, 5), PORTRAIT):
            await visitor.pilot.resize_terminal(*size)
            await visitor.pilot.pause()
        await visitor.sees("Dukcapil")
