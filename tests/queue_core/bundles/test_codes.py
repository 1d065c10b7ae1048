"""Codes of series: each once, whatever was given, and another letter after a restore."""

import pytest

from queue_core.bundles import next_code
from queue_core.bundles.codes import LARGEST, LETTERS
from queue_core.numbering import format_label, is_code, parse_label


@pytest.mark.parametrize(
    ("given", "epoch", "code"),
    [
        ([], 1, "K1"),
        (["K1"], 1, "K2"),
        (["K1", "K2", "K9"], 1, "K10"),  # a code that is missing in between may be on somebody's paper
        (["", "R1", "E2", "K1"], 1, "K2"),
        (["K1", "K2"], 2, "L1"),  # what was given after the copy is forgotten, so the letter is another
        (["K1", "L1"], 2, "L2"),
        (["K999"], 1, "L1"),
        (["K1"], len(LETTERS) + 1, "K2"),
    ],
)
def test_the_next_code_was_never_given(given: list[str], epoch: int, code: str) -> None:
    assert next_code(given, epoch) == code


def test_codes_end_one_day() -> None:
    with pytest.raises(OverflowError):
        next_code([f"{letter}{LARGEST}" for letter in LETTERS], 1)


def test_a_thousand_codes_are_all_different_and_can_be_read_on_paper() -> None:
    given: list[str] = []
    for _ in range(1100):
        given.append(next_code(given, 1))

    assert len(set(given)) == 1100
    for code in (given[0], given[998], given[1099]):
        parts = parse_label(format_label("DK", 3, code))
        assert parts is not None
        assert parts.origin == code
        assert is_code(code)


@pytest.mark.parametrize("text", ["", "-", "E2", "R1", "K0", "K1000", "k1", "KK"])
def test_what_is_no_code(text: str) -> None:
    assert not is_code(text)
