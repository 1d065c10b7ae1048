"""Words: one catalogue per language under locales/, the same keys in each. No screen holds a sentence of its own."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("id", "en")
"""The languages that have a catalogue; the first is the product's own."""

_LOCALES = Path(__file__).parent / "locales"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("kiosk", _LOCALES, [language if language in LANGUAGES else LANGUAGES[0]])


class Words:
    """The words of one language: `words("slip.ahead", count=4)`."""

    def __init__(self, language: str) -> None:
        """Choose a language; an unknown one gives the first of LANGUAGES."""
        self.language = language if language in LANGUAGES else LANGUAGES[0]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence of a key, filled in. A missing key returns the key, and a test forbids it."""
        text = _catalogue(self.language).gettext(key)
        return text.format(**values) if values else text

    def pick(self, names: Mapping[str, str]) -> str:
        """Return the words of this language from a catalogue entry such as an agency's name."""
        return names.get(self.language) or next(iter(names.values()), "")
