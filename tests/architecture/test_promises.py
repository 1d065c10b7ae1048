"""Promises about files: what is locked, what is translated, what is said of ourselves."""

from __future__ import annotations

import gettext
import io
import re
import string
from pathlib import Path

import pytest
from babel.messages import pofile

from kiosk.i18n import LANGUAGES

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "kiosk" / "locales"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_names_versions_and_hashes_and_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    wanted = re.findall(r"^[A-Za-z0-9].*$", text, re.MULTILINE)
    assert wanted
    assert all(re.match(r"^[A-Za-z0-9._\[\]-]+==\S+( ;.*)? \\$", line) for line in wanted)
    assert text.count("--hash=sha256:") >= len(wanted)
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


def words_of(language: str) -> dict[str, str]:
    catalogue = pofile.read_po(io.BytesIO((LOCALES / language / "LC_MESSAGES" / "kiosk.po").read_bytes()))
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_has_the_same_keys_with_the_same_placeholders() -> None:
    first, *others = (words_of(language) for language in LANGUAGES)
    for other in others:
        assert first.keys() == other.keys()
        assert {k: placeholders(v) for k, v in first.items()} == {
            k: placeholders(v) for k, v in other.items()
        }
    assert all(first.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_words_are_those_of_the_source(language: str) -> None:
    compiled = gettext.translation("kiosk", LOCALES, [language])
    assert {key: compiled.gettext(key) for key in words_of(language)} == words_of(language)


WRONG_SPELLING = re.compile(r"\b(antri|antrian|nomer|silahkan|ijin|disini)\b", re.IGNORECASE)


def test_indonesian_words_follow_the_dictionary() -> None:
    wrong = {key: text for key, text in words_of("id").items() if WRONG_SPELLING.search(text)}
    assert not wrong


KEY_IN_CODE = re.compile(r"""\bwords\(\s*["']([a-z_]+(?:\.[a-z0-9_]+)+)["']""")


def test_every_key_that_the_code_names_has_words() -> None:
    known = words_of(LANGUAGES[0])
    named = {
        key
        for path in (ROOT / "kiosk").rglob("*.py")
        for key in KEY_IN_CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert named
    assert not sorted(named - known.keys())
