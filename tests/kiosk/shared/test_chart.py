"""Bars in block characters."""

from __future__ import annotations

from kiosk.shared.chart import bars, span


def drawn(today: dict[int, float], usual: dict[int, float], width: int, height: int) -> list[str]:
    return ["".join(text for text, _ in row).rstrip() for row in bars(today, usual, (width, height), str)]


def test_today_stands_left_of_a_usual_day_on_one_scale() -> None:
    assert drawn({8: 4, 9: 8}, {8: 8, 9: 1}, 15, 3) == [
        "   8   ██ ██",
        "     ████ ██▂▂",
        "     8    9",
    ]


def test_an_hour_without_anybody_keeps_its_place_and_the_least_is_never_nothing() -> None:
    assert span({8: 1, 9: 0}, {11: 2.5}) == [8, 9, 10, 11]
    assert drawn({8: 1000, 10: 1}, {}, 14, 2) == ["1000 █     ▁", "     8  9  10"]


def test_what_does_not_fit_is_the_oldest_and_nothing_is_no_chart() -> None:
    many = dict.fromkeys(range(10, 30), 1.0)
    assert drawn(many, {}, 25, 2)[-1] == "     20  22  24  26  28"
    assert drawn({}, {}, 40, 5) == []
