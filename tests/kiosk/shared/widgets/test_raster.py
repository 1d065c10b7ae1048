"""Raster letters: as large as they fit, and readable."""

from __future__ import annotations

import json
from pathlib import Path
from string import ascii_uppercase, digits

import pytest

from kiosk.shared.widgets import raster
from kiosk.shared.widgets.raster import can_draw, draw, fit, sizes

TOO_SMALL = (7,)
"""Here O and 0 are one; no agency has a code with O."""

LABELS = ("DK 003", "BN 125", "PT 467", "AM 089", "K 1000", "CW 999")


def size_of(rows: tuple[str, ...]) -> tuple[int, int]:
    return len(rows[0]), len(rows)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(("width", "height"), [(54, 8), (41, 6), (48, 12), (30, 4), (101, 24), (12, 3)])
def test_a_label_never_leaves_its_box(label: str, width: int, height: int) -> None:
    columns, rows = size_of(fit(label, width, height))
    assert columns <= width
    assert rows <= height


@pytest.mark.parametrize("text", ["", "D", "DK 003", "k2-003", "?!", "12:30"])
def test_how_wide_a_text_becomes_is_known_before_it_is_drawn(text: str) -> None:
    assert [raster.columns(text, size) for size in sizes()] == [len(draw(text, size)[0]) for size in sizes()]


@pytest.mark.parametrize(("width", "height", "least"), [(54, 8, 8), (41, 6, 6), (101, 24, 12)])
def test_a_ticket_label_is_large_on_the_screens_it_is_made_for(width: int, height: int, least: int) -> None:
    assert size_of(fit("DK 003", width, height, stack=False))[1] >= least


def test_two_lines_are_taken_when_they_are_larger() -> None:
    assert size_of(fit("AMBIL NOMOR", 54, 13))[1] == 13
    assert size_of(fit("AMBIL NOMOR", 54, 13, stack=False))[1] < 6


def test_what_does_not_fit_or_has_no_glyph_stays_text() -> None:
    assert fit("DK 003", 5, 1) == ("DK 003",)
    assert fit("Ä", 50, 20) == ("Ä",)
    assert fit("", 50, 20) == ("",)


def test_all_digits_of_a_size_are_equally_wide() -> None:
    for size in sizes():
        if size > 7:
            assert len({len(draw(digit, size)[0]) for digit in "0123456789"}) == 1


def test_no_two_letters_or_digits_look_the_same() -> None:
    for size in sizes():
        drawn = {draw(character, size) for character in ascii_uppercase + digits}
        assert len(drawn) == 36 - (1 if size in TOO_SMALL else 0)


def test_every_glyph_fills_its_height_and_has_ink() -> None:
    table = json.loads((Path(raster.__file__).parent / "glyphs.json").read_text(encoding="ascii"))
    for size, glyphs in table.items():
        for character, (width, rows) in glyphs.items():
            bits = [int(row, 16) for row in rows.split(",")]
            assert len(bits) == int(size), character
            assert any(bits), character
            assert max(bits) < 1 << width, character


def test_small_letters_are_drawn_as_capitals() -> None:
    assert draw("dk", 7) == draw("DK", 7)
    assert can_draw("Bank NTT-2")
    assert not can_draw("½")
