"""Ready sentences for visitors: chosen by key, so that they are said in every language; what is typed is said as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kiosk.i18n import LANGUAGES, Words
from kiosk.shared.dialogs.choose import Option

if TYPE_CHECKING:
    from queue_core.views import Names

MARK = "supervisor."
"""What a ready sentence's value begins with."""


def ready(kind: str, names: Iterable[str], words: Words) -> list[Option]:
    """Return sentences to choose from, as they read in this language."""
    keys = [f"{MARK}{kind}_{name}" for name in names]
    return [Option(key, words(key)) for key in keys]


def in_all_languages(chosen: str, language: str) -> Names:
    """Return what was chosen or typed, by language."""
    said: Mapping[str, str] = {language: chosen}
    return {each: Words(each)(chosen) for each in LANGUAGES} if chosen.startswith(MARK) else said
