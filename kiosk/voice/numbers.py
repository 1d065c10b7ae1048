"""Numbers and letters as people in the hall say them. Pure.

Indonesian: number words without leading zeros, letters by their Indonesian names (the way that recorded calls of local
queue programs go). English: letters and digits singly, and a counter's number as a word.
"""

from __future__ import annotations

LARGEST = 9_999
"""The largest number that has words; beyond it digits are read."""

_UNITS = {
    "id": ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
_EN_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ID_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *("a", "be", "ce", "de", "e", "ef", "ge", "ha", "i", "je", "ka", "el", "em"),
            *("en", "o", "pe", "ki", "er", "es", "te", "u", "ve", "we", "eks", "ye", "zet"),
        ),
        strict=True,
    )
)


def indonesian(number: int) -> str:
    """Return a number from 0 to 9,999 as Indonesian says it: 105 is `seratus lima`. Raises ValueError beyond."""
    if not 0 <= number <= LARGEST:
        raise ValueError(number)
    if number < 10:
        return _UNITS["id"][number]
    if number < 20:
        return _joined({10: "sepuluh", 11: "sebelas"}.get(number, f"{indonesian(number - 10)} belas"))
    for size, word, single in ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", "")):
        if number >= size:
            many, rest = divmod(number, size)
            head = single if many == 1 and single else f"{indonesian(many)} {word}"
            return _joined(head, indonesian(rest) if rest else "")
    raise AssertionError(number)


def english(number: int) -> str:
    """Return a number as English says it up to 99; beyond, its digits singly."""
    if number < 10:
        return _UNITS["en"][number]
    if number < 20:
        return _EN_TEENS[number - 10]
    if number > 99:
        return digits(str(number), "en")
    tens, rest = divmod(number, 10)
    return _joined(_EN_TENS[tens], english(rest) if rest else "")


def cardinal(number: int, language: str) -> str:
    """Return a whole number in words, such as that of a counter."""
    if language == "en":
        return english(number)
    return indonesian(number) if number <= LARGEST else digits(str(number), "id")


def digits(figures: str, language: str) -> str:
    """Return figures one by one, as they stand on the paper: `005` is `nol nol lima`."""
    return " ".join(_UNITS[language if language in _UNITS else "id"][int(figure)] for figure in figures)


def letters(text: str, language: str) -> str:
    """Return letters one by one: `DK` is `de ka`, in English `D K`."""
    return " ".join(letter if language == "en" else _ID_LETTERS[letter] for letter in text.upper())


def letter_names(language: str) -> tuple[str, ...]:
    """Return how each letter from A to Z is said."""
    return tuple(letters(letter, language) for letter in _ID_LETTERS)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
