"""What the hall's board may be told, and which mistakes are found."""

from __future__ import annotations

import pytest

from tests.kiosk.settings.conftest import Ask, Read


def test_without_a_section_the_board_shows_all_and_speaks(read: Read) -> None:
    board = read().board
    assert (board.zone, board.voice, board.languages) == ([], True, ["id", "en"])


def test_a_board_is_told_its_zone_and_its_words(read: Read) -> None:
    board = read(end='[board]\nzone = ["DK"]\ntext.id = ["Selamat datang"]\n').board
    assert board.zone == ["DK"]
    assert board.text == {"id": ["Selamat datang"]}


@pytest.mark.parametrize(
    ("line", "key", "kind", "nearest"),
    [
        ('zone = ["DK", "BM"]', "board.zone[#2]", "unknown_agency", "BN"),
        ('zone = ["dk"]', "board.zone[#1]", "unknown_agency", "DK"),
        ('languages = ["id", "de"]', "board.languages[#2]", "unknown_language", "id"),
        ("languages = []", "board.languages", "too_short", ""),
        ('text.fr = ["Bonjour"]', "board.text.fr", "unknown_language", ""),
        ("voise = true", "board.voise", "unknown_key", "voice"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    problems: Ask, line: str, key: str, kind: str, nearest: str
) -> None:
    found = problems(end=f"[board]\n{line}\n")
    assert (found[key].kind, found[key].nearest) == (kind, nearest)
