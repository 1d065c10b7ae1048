"""The table that is shown again and again."""

from __future__ import annotations

from textual.app import App, ComposeResult

from kiosk.shared.widgets.live_table import Cell, Column, Line, LiveTable
from tests.support.screens import until

COLUMNS = (Column("who", "Who", 6), Column("waits", "Waits", 6, right=True), Column("what", "What", 0))
ROWS = 8


class Page(App[None]):
    def compose(self) -> ComposeResult:
        yield LiveTable("lines")


def contents(number: int) -> list[Line]:
    return [
        Line(f"L{row}", {"who": Cell(f"L{row}"), "waits": Cell(f"{number} m", "late"), "what": Cell("…")})
        for row in range(ROWS)
    ]


def drawn(table: LiveTable) -> int:
    """Draw all of it; how much Textual keeps of what was ever drawn."""
    for y in range(table.size.height):
        table.render_line(y)
    kept = (table._cell_render_cache, table._row_render_cache, table._row_renderable_cache, table._line_cache)
    return sum(len(each) for each in kept)


async def test_what_was_drawn_for_earlier_contents_is_let_go() -> None:
    async with Page().run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        table = pilot.app.query_one(LiveTable)
        table.shape(COLUMNS)
        table.show(contents(0))
        await until(
            pilot, lambda: table.virtual_size.height > ROWS
        )  # Textual measures new rows when it is idle
        kept = []
        for number in range(1, 40):
            table.show(contents(number))
            kept.append(drawn(table))
        assert kept[0] >= ROWS * len(COLUMNS)
        assert max(kept) <= 2 * kept[0], "of two contents at the most, however many there were"
        table.show(contents(39))
        assert drawn(table) == kept[-1], "and what is shown again is drawn no second time"
