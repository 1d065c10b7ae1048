"""A keyboard shared by a hand and a scanner: which characters are keys pressed, and which a code."""

from __future__ import annotations

import pytest

from kiosk.counter.keys import AGAIN, SCAN_ENDS, SETTLE, KeyStream, Press, Scan


def typed(characters: str, gap: float, start: float = 10.0) -> list[tuple[str, float]]:
    return [(character, start + at * gap) for at, character in enumerate(characters)]


def heard(strokes: list[tuple[str, float]]) -> list[Press | Scan]:
    """All that the stream tells, with its settling looked at every hundredth of a second as the screen's timers do."""
    stream, told = KeyStream(), []
    end = strokes[-1][1] + 2
    waiting = list(strokes)
    for hundredth in range(int(strokes[0][1] * 100), int(end * 100)):
        now = hundredth / 100
        while waiting and waiting[0][1] <= now:
            told += stream.feed(*waiting.pop(0))
        told += stream.settle(now)
    return told


@pytest.mark.parametrize("key", ["u", " ", "m", "/"])
def test_a_character_that_stands_alone_is_a_key(key: str) -> None:
    assert heard([(key, 10.0)]) == [Press(key)]


@pytest.mark.parametrize(
    "code", ["DK 001", "DK001", "DK K2-003", "HTTPS://ANTRE.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
)
@pytest.mark.parametrize("gap", [0.001, 0.03])
def test_a_burst_that_ends_with_enter_is_a_code(code: str, gap: float) -> None:
    assert heard(typed(code + "\r", gap)) == [Scan(code)]


def test_a_code_without_enter_is_complete_after_some_quiet() -> None:
    assert heard(typed("DK 001", 0.01)) == [Scan("DK 001")]


def test_two_keys_pressed_one_after_the_other_are_two_keys() -> None:
    assert heard([("m", 10.0), ("s", 10.15)]) == [Press("m"), Press("s")]


def test_two_keys_rolled_by_a_quick_hand_are_two_keys_in_order() -> None:
    assert heard([("m", 10.0), ("s", 10.03)]) == [Press("m"), Press("s")]


@pytest.mark.parametrize(("delay", "rate"), [(0.25, 0.033), (0.5, 0.03), (0.66, 0.04), (0.4, 0.1)])
def test_a_key_that_is_held_down_counts_once(delay: float, rate: float) -> None:
    held = [("h", 10.0), *typed("h" * 60, rate, 10.0 + delay)]
    assert heard(held) == [Press("h")]


def test_the_second_press_of_a_key_counts_when_it_is_let_go() -> None:
    assert heard([("h", 10.0), ("h", 10.6)]) == [Press("h"), Press("h")]


def test_enter_alone_is_nothing() -> None:
    assert heard([("\r", 10.0)]) == []


def test_a_code_after_a_key_is_told_apart_from_it() -> None:
    assert heard([("u", 10.0), *typed("DK 007\r", 0.005, 10.5)]) == [Press("u"), Scan("DK 007")]


def test_what_is_waited_for_is_short() -> None:
    stream = KeyStream()
    stream.feed("u", 1.0)
    assert stream.quiet_needed() == SETTLE
    stream.settle(2.0)
    stream.feed("u", 2.5)
    assert stream.quiet_needed() == AGAIN
    for at, character in enumerate("DK 1"):
        stream.feed(character, 5.0 + at / 100)
    assert stream.quiet_needed() == SCAN_ENDS


def test_the_slash_waits_for_nothing_unless_a_code_has_begun() -> None:
    stream = KeyStream()
    assert stream.feed("/", 1.0) == [Press("/")]
    assert heard(typed("HTTPS://HOST\r", 0.01)) == [Scan("HTTPS://HOST")]
