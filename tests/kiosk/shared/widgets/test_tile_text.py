"""What stands on a tile."""

from __future__ import annotations

import pytest

from kiosk.shared.widgets.tile_text import TileText, tile_rows

LONG = TileText(
    "BPJS Ketenagakerjaan", "Badan Penyelenggara Jaminan Sosial Ketenagakerjaan", "Buka · 12 menunggu", "BT"
)


def texts(rows: tuple[tuple[tuple[str, str], ...], ...]) -> list[str]:
    return ["".join(text for text, _ in row) for row in rows]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(("width", "height"), [(22, 5), (34, 5), (50, 5), (70, 9), (10, 3), (4, 1)])
def test_nothing_leaves_the_tile(width: int, height: int, large: bool) -> None:
    rows = texts(tile_rows(LONG, width, height, large=large))
    assert len(rows) <= height
    assert max(map(len, rows)) <= width


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(("width", "height"), [(22, 4), (34, 5), (70, 9)])
def test_the_state_is_always_there(width: int, height: int, large: bool) -> None:
    assert any("12 menunggu" in row for row in texts(tile_rows(LONG, width, height, large=large)))


def test_what_is_left_over_is_marked() -> None:
    assert "…" in "".join(texts(tile_rows(LONG, 22, 4)))


def test_a_badge_is_drawn_where_there_is_room() -> None:
    assert any("█" in row for row in texts(tile_rows(LONG, 34, 5)))
    assert not any("█" in row for row in texts(tile_rows(LONG, 22, 5)))


def test_large_letters_are_drawn_only_when_every_word_fits_beside_them() -> None:
    who = "Lansia (60 tahun ke atas), penyandang disabilitas, ibu hamil atau menyusui, orang tua dengan anak kecil"
    wide = texts(tile_rows(TileText("PRIORITAS", who), 50, 6, large=True))
    assert "█" in wide[0]
    assert "kecil" in wide[-1]
    low = texts(tile_rows(TileText("PRIORITAS", who), 50, 5, large=True))
    assert low[0] == "PRIORITAS"
    assert "kecil" in low[-1]
