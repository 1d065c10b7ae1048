"""Arrow keys go to what lies that way."""

from __future__ import annotations

import pytest
from textual.geometry import Region

from kiosk.shared.steering import nearest

#   A  B
#   C  D
#   EEEE
GRID = {
    "A": Region(0, 0, 20, 5),
    "B": Region(22, 0, 20, 5),
    "C": Region(0, 6, 20, 5),
    "D": Region(22, 6, 20, 5),
    "E": Region(0, 12, 42, 5),
}


@pytest.mark.parametrize(
    ("here", "direction", "there"),
    [
        ("A", "right", "B"),
        ("A", "down", "C"),
        ("B", "down", "D"),
        ("D", "left", "C"),
        ("D", "up", "B"),
        ("C", "down", "E"),
        ("D", "down", "E"),
        ("E", "up", "C"),
        ("A", "up", None),
        ("A", "left", None),
        ("E", "down", None),
    ],
)
def test_an_arrow_goes_to_the_neighbour(here: str, direction: str, there: str | None) -> None:
    others = [name for name in GRID if name != here]
    place = nearest(GRID[here], [GRID[name] for name in others], direction)
    assert (None if place is None else others[place]) == there
