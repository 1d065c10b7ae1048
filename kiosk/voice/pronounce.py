"""How words sound where the engine's own rules are wrong: Indonesian writes one `e` for two vowels. Pure.

The phonemes are espeak-ng's ASCII ones, which it takes between double brackets. Each entry was checked against the
dictionary's pronunciation (KBBI) and the engine's answer; tests/kiosk/voice/test_engines.py asks the engine again.
"""

from __future__ import annotations

import re

PHONEMES: dict[str, dict[str, str]] = {
    "id": {
        # the engine's rules give lok@t, s@bElas, bElas, Empat, Enam
        "loket": "l'okEt",
        "sebelas": "s@b@l'as",
        "belas": "b@l'as",
        "empat": "@mp'at",
        "enam": "@n'am",
        # the names of letters, which the engine reads as words with an open e
        "be": "b'e",
        "ce": "tS'e",
        "de": "d'e",
        "ge": "g'e",
        "je": "dZ'e",
        "pe": "p'e",
        "te": "t'e",
        "ve": "f'e",
        "we": "w'e",
        "ye": "j'e",
        "es": "'Es",
    },
    "en": {"A": "'eI"},  # alone it would be the article
}

_WORD = re.compile(r"\w+")


def for_engine(text: str, language: str) -> str:
    """Return a sentence with the words of PHONEMES given as phonemes: `loket tiga` is `[[l'okEt]] tiga`."""
    known = PHONEMES.get(language, {})

    def say(found: re.Match[str]) -> str:
        word = found.group()
        sound = known.get(word) or (known.get(word.lower()) if language != "en" else None)
        return f"[[{sound}]]" if sound else word

    return _WORD.sub(say, text)
