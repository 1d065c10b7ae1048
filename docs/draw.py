"""Draw the README's pictures from the running screens: `python -m docs.draw [FOLDER]` (default docs/pictures).

The real programs run without a terminal on a store that was made for it (docs/hall.py), at 09.41 of one Tuesday.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PIL import Image

from docs.cells import FontMissing, picture, save_small
from docs.hall import PIN, SEAT, STAFF, Hall, morning
from kiosk.board import BoardApp
from kiosk.counter import CounterApp
from kiosk.shared.widgets.big_number import BigNumber
from kiosk.supervisor import SupervisorApp
from kiosk.touch.app import TouchApp
from kiosk.touch.scene import Paper
from kiosk.voice.cache import SoundCache
from kiosk.voice.engines import engines
from kiosk.voice.player import Player
from kiosk.voice.speaker import Speaker

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

PICTURES = Path(__file__).with_name("pictures")
PORTRAIT, LANDSCAPE, DESK = (56, 50), (101, 28), (140, 36)
"""Columns and rows: a panel of 1080x1920 or 1920x1080 at 24 points, and a window on a desk."""
PATIENCE = 20.0
"""Seconds to wait for a thing to appear; a bound, not a pace."""

Pictures = dict[str, Image.Image]


async def draw_all(hall: Hall) -> Pictures:
    """Return every picture by its name."""
    async with _running(TouchApp(lambda: hall.connect(spool=True)), PORTRAIT) as pilot:
        drawn = await _visit(pilot)
    drawn["slip"] = Image.open(max((hall.folder / "var" / "paper").glob("*.png"))).convert("RGB")
    async with _running(TouchApp(hall.connect), LANDSCAPE) as pilot:
        await _until(pilot, lambda: "Dukcapil" in _text(pilot.app))
        drawn["touch-landscape"] = picture(pilot.app)
    async with _running(CounterApp(hall.connect, SEAT), DESK) as pilot:
        drawn["counter"] = await _counter(pilot)
    async with _running(SupervisorApp(hall.connect), DESK) as pilot:
        await _until(pilot, lambda: "DK" in _text(pilot.app))
        drawn["supervisor"] = picture(pilot.app)
        await pilot.press("b")
        await _until(pilot, lambda: "menunggu · terlama" in _text(pilot.app))
        drawn["supervisor-big"] = picture(pilot.app)
        await pilot.press("b", "h")
        await _until(pilot, lambda: "Nomor yang diambil" in _text(pilot.app) and "█" in _text(pilot.app))
        drawn["supervisor-usual"] = picture(pilot.app)
    async with _running(BoardApp(hall.connect, lambda: _unheard(hall), hold=0.1), LANDSCAPE) as pilot:
        drawn["board"] = await _board(pilot, hall)
    return drawn


def _unheard(hall: Hall) -> Speaker:
    """A voice whose player plays nothing."""
    return Speaker(engines(), SoundCache(hall.folder / "var" / "voice"), Player([("true",)]))


async def _board(pilot: Pilot[Any], hall: Hall) -> Image.Image:
    """A call that has just come, and stands after it flashed."""
    hall.lobby.complete(SEAT)
    ticket = hall.lobby.call_next(SEAT)
    assert ticket is not None
    screen = pilot.app.screen
    await _until(pilot, lambda: screen.query_one("#number", BigNumber).text == ticket.label)
    await _until(pilot, lambda: not screen.query_one("#newest").has_class("-flash"))
    return picture(pilot.app)


async def _counter(pilot: Pilot[Any]) -> Image.Image:
    """Sign in, and look at the work."""
    await _until(pilot, lambda: bool(pilot.app.screen.query("#name")))
    await pilot.press(*STAFF, "enter", *PIN, "enter")
    await _until(pilot, lambda: bool(pilot.app.screen.query("#waiting")) and "Sari" in _text(pilot.app))
    return picture(pilot.app)


async def _visit(pilot: Pilot[Any]) -> Pictures:
    """From the start screen to the ticket, by touch."""
    drawn: Pictures = {}
    await _until(pilot, lambda: "Dukcapil" in _text(pilot.app) and "pencetak" in _text(pilot.app))
    drawn["touch-start"] = picture(pilot.app)
    await pilot.click("#tile-0")
    await _until(pilot, lambda: "KTP-el" in _text(pilot.app))
    await pilot.click("#tile-0")
    await _until(pilot, lambda: bool(pilot.app.screen.query("#regular")))
    drawn["touch-service"] = picture(pilot.app)
    await pilot.click("#regular")
    await _until(pilot, lambda: bool(pilot.app.screen.query("QrCode")) and _printed(pilot.app))
    drawn["touch-ticket"] = picture(pilot.app)
    return drawn


def _printed(app: App[Any]) -> bool:
    assert isinstance(app, TouchApp)
    return app.scene.ticket is not None and app.scene.paper is Paper.TAKE


@asynccontextmanager
async def _running(app: App[Any], size: tuple[int, int]) -> AsyncIterator[Pilot[Any]]:
    async with app.run_test(size=size) as pilot:
        yield pilot


async def _until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait for a thing to appear, and for the screen to come to rest."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await pilot.pause(0.05)
    except TimeoutError:
        sys.stderr.write(f"What was waited for never came; the screen was:\n{_text(pilot.app)}\n")
        raise
    await pilot.pause()


def _text(app: App[Any]) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())  # noqa: SLF001  see docs/cells.py


def main(folder: Path) -> int:
    """Draw and save; say what to install when the font is missing."""
    with TemporaryDirectory() as store, morning(Path(store), week_before=True) as hall:
        try:
            drawn = asyncio.run(draw_all(hall))
        except FontMissing as error:
            sys.stderr.write(f"{error}\n")
            return 1
    folder.mkdir(parents=True, exist_ok=True)
    for name, image in drawn.items():
        size = save_small(image, folder / f"{name}.png")
        sys.stdout.write(f"{folder / name}.png  {image.width}x{image.height}  {size / 1000:.0f} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES))
