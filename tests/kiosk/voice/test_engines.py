"""Both engines say a call, at one loudness, with the vowels of the dictionary."""

from __future__ import annotations

import shutil
import subprocess
from math import log10
from pathlib import Path

import pytest

from kiosk.i18n import LANGUAGES
from kiosk.voice.engines import RECORDED, Engine, EngineFailed, Espeak, Pieces, engines
from kiosk.voice.numbers import letter_names
from kiosk.voice.pronounce import for_engine
from kiosk.voice.spoken import Call, Speech, sentence
from tests.support.labels import LABELS

NTT = {"id": "Bank NTT", "en": "Bank NTT"}


@pytest.fixture(params=["espeak-ng", "pieces"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine; espeak-ng where it is installed."""
    if request.param == "pieces":
        return Pieces()
    return Espeak(espeak())


def espeak() -> str:
    program = shutil.which("espeak-ng")
    if program is None:
        pytest.skip("espeak-ng is not installed (Debian: espeak-ng)")
    return program


@pytest.mark.parametrize("language", LANGUAGES)
def test_twenty_labels_are_spoken_equally_loud_and_in_a_few_seconds(engine: Engine, language: str) -> None:
    sounds = [engine.speak(sentence(Call(label, 3, {}), language)).levelled() for label in LABELS]
    decibels = [20 * log10(sound.rms) for sound in sounds]
    assert max(decibels) - min(decibels) < 2
    assert all(-21 < each < -17 for each in decibels)
    assert all(3 < sound.seconds < 11 for sound in sounds)


def test_more_words_take_longer(engine: Engine) -> None:
    short, long = (engine.speak(sentence(Call(f"DK {n}", 3, {}), "id")).seconds for n in (100, 1999))
    assert short + 1 < long


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pieces_hold_every_word_of_every_call(language: str) -> None:
    pieces = Pieces()
    for letter in letter_names(language):
        assert pieces.speak(Speech(letter, language)).seconds > 0.1
    for number in range(1, 1000):
        call = Call(f"DK {number}", min(99, number), {}, again=number % 2 == 0)
        phrases = sentence(call, language).text.split(",")
        assert all(list(pieces._phrase(each.strip(" ."), language)) for each in phrases)


def test_the_pieces_leave_out_a_name_that_they_do_not_have() -> None:
    named, bare = (Pieces().speak(sentence(Call("DK 105", 3, agency), "id")) for agency in (NTT, {}))
    assert named == bare


def test_the_pieces_are_small() -> None:
    assert RECORDED.stat().st_size < 1_000_000


def test_an_engine_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(EngineFailed):
        Espeak(str(tmp_path / "espeak-ng")).speak(Speech("satu", "id"))
    with pytest.raises(EngineFailed):
        Pieces(tmp_path / "pieces.zip").speak(Speech("satu", "id"))
    with pytest.raises(EngineFailed):
        Pieces().speak(Speech("Dukcapil", "id"))


def test_a_machine_without_espeak_speaks_by_pieces() -> None:
    assert [engine.name for engine in engines("")] == ["pieces 1"]
    assert [type(engine) for engine in engines("/usr/bin/espeak-ng")] == [Espeak, Pieces]


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("de", "dˈe"),
        ("ka", "kˈa"),
        ("be", "bˈe"),
        ("loket", "lˈokɛt"),
        ("sebelas", "səbəlˈas"),
        ("belas", "bəlˈas"),
        ("empat", "əmpˈat"),
        ("enam", "ənˈam"),
        ("sepuluh", "səpˈuluh"),
        ("seratus", "sərˈatus"),
        ("antrean", "antrˈɛan"),
        ("silakan", "silˈakan"),
        ("menuju", "mənˈudʒu"),
    ],
)
def test_indonesian_vowels_are_those_of_the_dictionary(word: str, ipa: str) -> None:
    argv = [espeak(), "-v", "id", "-q", "--ipa", for_engine(word, "id")]
    done = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=10)
    assert done.stdout.strip() == ipa
