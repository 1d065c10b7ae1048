"""What is said for a call: the sentence in words, from a label, a counter and an agency. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.i18n import Words
from kiosk.voice.numbers import cardinal, digits, letters
from queue_core.numbering import parse_label

_SYLLABLES = re.compile(r"(?:[BCDFGHJKLMNPQRSTVWXYZ][AIUEO][BCDFGHJKLMNPQRSTVWXYZ]?)+")
"""Capitals that are spoken as a word: `SIM`, `SAMSAT`. Others are spelled: `NTT`, `BPJS`, `KUA`."""
_LEAST_WORD = 3


@dataclass(frozen=True, slots=True)
class Speech:
    """One sentence to be spoken, in one language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Call:
    """What a call says. `counter` is its number; `agency` a name by language, empty for none."""

    label: str
    counter: int
    agency: dict[str, str]
    again: bool = False


def sentence(call: Call, language: str, *, by_digits: bool = False) -> Speech:
    """Return what is said: "Nomor antrean, de ka, seratus lima, silakan menuju loket tiga, Dukcapil.".

    Args:
        call: which number, where to.
        language: the language to speak; one without words speaks Indonesian.
        by_digits: read the number digit by digit as it is printed, for noisy halls. English always does.
    """
    words = Words(language)
    language = words.language
    text = words(
        "voice.recall" if call.again else "voice.call",
        number=label_words(call.label, language, by_digits=by_digits),
        counter=cardinal(call.counter, language),
    )
    agency = agency_words(words.pick(call.agency), language)
    return Speech(words("voice.with_agency", call=text, agency=agency) if agency else f"{text}.", language)


def label_words(label: str, language: str, *, by_digits: bool = False) -> str:
    """Return a label as it is said: `DK 105` is `de ka, seratus lima`. What is no label is returned as it is."""
    parts = parse_label(label)
    if parts is None:
        return label
    figures = f"{parts.number:03d}"
    singly = by_digits or language == "en"
    said = [
        letters(parts.prefix, language),
        digits(figures, language) if singly else cardinal(parts.number, language),
    ]
    if parts.origin:
        origin = f"{letters(parts.origin[0], language)} {cardinal(int(parts.origin[1:]), language)}"
        said.insert(1, origin)
    return ", ".join(said)


def agency_words(name: str, language: str) -> str:
    """Return an agency's name as it is said: without what stands in brackets, abbreviations spelled."""
    plain = re.sub(r"\([^)]*\)", " ", name)
    plain = re.sub(r"[^\w\s.'-]", " ", plain)
    return " ".join(_spelled(word, language) for word in plain.split())


def _spelled(word: str, language: str) -> str:
    """An abbreviation letter by letter in Indonesian; the English engine does so by itself."""
    if language == "en" or not (word.isascii() and word.isalpha() and word.isupper()) or len(word) < 2:
        return word
    if len(word) >= _LEAST_WORD and _SYLLABLES.fullmatch(word):
        return word.capitalize()
    return letters(word, language)
