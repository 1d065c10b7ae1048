"""What is shown again each second costs only what changed: StillText, Painted, LiveTable."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.visual import VisualType

from kiosk.shared.widgets.live_table import Cell, Column, Line, LiveTable
from kiosk.shared.widgets.painted import Painted, Row
from kiosk.shared.widgets.still_text import StillText, entitle
from tests.support.screens import until


class Counted(StillText):
    """Notes whether each refresh asked for a layout."""

    def __init__(self, text: VisualType = "") -> None:
        self.layouts: list[bool] = []
        super().__init__(text, id="counted", markup=False)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Counted:
        self.layouts.append(layout)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class Drawn(Painted):
    """Paints two rows of its text, and counts how often."""

    DEFAULT_CSS = "Drawn { height: 6; content-align: left top; }"

    def __init__(self) -> None:
        super().__init__()
        self.text, self.times = "a", 0

    def paint(self, width: int, height: int) -> list[Row]:
        self.times += 1
        return [[(self.text, "")], [(self.text, "")]]


class Table(LiveTable):
    """Notes what is to be painted again: nothing stands for all of it."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        super().__init__("table")

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Table:
        if not self._writing:
            self.asked.append([region.y for region in regions])
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


COLUMNS = (Column("who", "Who", 8), Column("time", "Time", 8))


def lines(*times: str) -> Sequence[Line]:
    return [Line(f"row{at}", {"who": Cell(str(at)), "time": Cell(time)}) for at, time in enumerate(times)]


class Shown(App[None]):
    CSS = "#counted { width: auto; height: 1; } #table { width: 40; height: 10; }"

    def __init__(self, text: VisualType = "12:00") -> None:
        super().__init__()
        self.counted, self.drawn, self.table = Counted(text), Drawn(), Table()

    def compose(self) -> ComposeResult:
        yield self.counted
        yield self.drawn
        yield self.table


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        ("12:00", "12:00", []),
        ("12:00", "12:01", [False]),
        ("9:59", "10:00", [True]),
        (Content.styled("ok", "red"), Content.styled("ok", "red"), []),
        (Content.styled("ok", "red"), Content.styled("ok", "green"), [False]),
        ("one", "one\ntwo", [True]),
    ],
)
async def test_a_text_is_laid_out_anew_only_where_it_may_need_other_room(
    before: VisualType, after: VisualType, asked: list[bool]
) -> None:
    app = Shown(before)
    async with app.run_test():
        app.counted.layouts.clear()
        app.counted.update(after)
        assert app.counted.layouts == asked
        assert app.counted.content == after


async def test_a_title_that_stands_in_the_border_is_not_written_again() -> None:
    app = Shown()
    async with app.run_test():
        entitle(app.counted, "Loket 1")
        app.counted.layouts.clear()
        entitle(app.counted, "Loket 1")
        assert app.counted.layouts == []
        entitle(app.counted, "Loket 2")
        assert app.counted.border_title == "Loket 2"


async def test_what_is_painted_is_painted_once_and_again_when_it_would_look_otherwise() -> None:
    app = Shown()
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.drawn.size.height == 6)
        app.drawn.refresh()
        app.drawn.times = 0
        assert [app.drawn.render_line(y).text.strip() for y in range(6)] == ["a", "a", "", "", "", ""]
        assert app.drawn.times == 1
        app.drawn.text = "b"
        app.drawn.freshen()
        assert app.drawn.render_line(1).text.strip() == "b"


async def test_a_cell_that_changed_costs_its_row() -> None:
    app = Shown()
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.table.size.height > 5)
        app.table.shape(COLUMNS)
        app.table.show(lines("1", "2", "3"))
        app.table.asked.clear()
        app.table.show(lines("1", "7", "3"))
        assert app.table.asked == [[2]]
        assert [app.table.render_line(y).text.split() for y in (1, 2, 3)] == [
            ["0", "1"],
            ["1", "7"],
            ["2", "3"],
        ]
        app.table.show(lines("1", "7"))
        assert [] in app.table.asked
