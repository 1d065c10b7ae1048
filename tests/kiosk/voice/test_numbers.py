"""Numbers and letters are said as people say them."""

from __future__ import annotations

import pytest

from kiosk.voice.numbers import LARGEST, cardinal, digits, english, indonesian, letter_names, letters

KNOWN = {
    0: "nol",
    1: "satu",
    5: "lima",
    10: "sepuluh",
    11: "sebelas",
    12: "dua belas",
    19: "sembilan belas",
    20: "dua puluh",
    21: "dua puluh satu",
    99: "sembilan puluh sembilan",
    100: "seratus",
    101: "seratus satu",
    105: "seratus lima",
    110: "seratus sepuluh",
    111: "seratus sebelas",
    119: "seratus sembilan belas",
    120: "seratus dua puluh",
    200: "dua ratus",
    210: "dua ratus sepuluh",
    211: "dua ratus sebelas",
    999: "sembilan ratus sembilan puluh sembilan",
    1000: "seribu",
    1001: "seribu satu",
    1010: "seribu sepuluh",
    1100: "seribu seratus",
    1111: "seribu seratus sebelas",
    1999: "seribu sembilan ratus sembilan puluh sembilan",
    2000: "dua ribu",
    2011: "dua ribu sebelas",
    9999: "sembilan ribu sembilan ratus sembilan puluh sembilan",
}

UNITS = {
    word: value
    for value, word in enumerate(
        ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
    )
}


ADDS = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
SCALES = {"puluh": 10, "ratus": 100, "ribu": 1000}


def heard(words: str) -> int:
    """Listen as a child learns it: units, then what multiplies them or adds to them."""
    total = unit = 0
    for word in words.split():
        if word == "belas":
            total, unit = total + unit + 10, 0
        elif word in SCALES:
            total, unit = total + unit * SCALES[word], 0
        elif word in ADDS:
            total += ADDS[word]
        else:
            unit = UNITS[word]
    return total + unit


@pytest.mark.parametrize("number", KNOWN)
def test_a_known_number_is_said_as_the_dictionary_has_it(number: int) -> None:
    assert indonesian(number) == KNOWN[number]


def test_who_hears_a_number_from_1_to_1999_writes_down_that_number() -> None:
    assert [heard(indonesian(number)) for number in range(1, 2000)] == list(range(1, 2000))


def test_one_stands_alone_in_no_number_that_has_a_word_of_its_own_for_it() -> None:
    for number in range(1, 2000):
        said = indonesian(number)
        assert not {"satu puluh", "satu belas", "satu ratus", "satu ribu"} & {
            " ".join(pair) for pair in zip(said.split(), said.split()[1:], strict=False)
        }, said
        assert "nol" not in said


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_has_no_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        indonesian(number)


@pytest.mark.parametrize(
    ("number", "said"), [(3, "three"), (10, "ten"), (13, "thirteen"), (30, "thirty"), (31, "thirty one")]
)
def test_english_says_a_counter_as_a_word(number: int, said: str) -> None:
    assert english(number) == said


def test_beyond_its_words_a_number_is_read_by_its_digits() -> None:
    assert cardinal(105, "en") == "one zero five"
    assert cardinal(10_000, "id") == "satu nol nol nol nol"


def test_digits_are_read_as_they_stand_on_the_paper() -> None:
    assert digits("005", "id") == "nol nol lima"
    assert digits("105", "en") == "one zero five"


def test_letters_have_their_indonesian_names() -> None:
    assert letters("DK", "id") == "de ka"
    assert letters("QVXYZ", "id") == "ki ve eks ye zet"
    assert len(set(letter_names("id"))) == 26


def test_english_names_letters_by_themselves() -> None:
    assert letters("dk", "en") == "D K"
