"""`kiosk say` writes what the hall hears; `kiosk board --zone` prints a part of the hall."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.voice.chime import chime
from kiosk.voice.sound import read_wav
from tests.support.commands import Kiosk


def test_a_call_is_written_to_a_file_named_like_it(kiosk: Kiosk, folder: Path) -> None:
    said = kiosk("say", "dk-105", "3")
    assert said.code == 0
    assert "Nomor antrean, de ka, seratus lima, silakan menuju loket tiga, Dukcapil." in said.out
    assert str(folder / "DK-105-3.wav") in said.out
    sound = read_wav(folder / "DK-105-3.wav")
    assert sound.samples[: len(chime().samples)] == chime().samples
    assert sound.seconds > chime().seconds + 3


def test_languages_and_digits_are_chosen(kiosk: Kiosk, folder: Path) -> None:
    words = ("--language", "id", "--language", "en", "--digits", "--output", "x.wav", "--json")
    said = kiosk("say", "DK 005", "31", *words).json
    assert said["text"] == (
        "Nomor antrean, de ka, nol nol lima, silakan menuju loket tiga puluh satu, Dukcapil. "
        "Number, D K, zero zero five, please go to counter thirty one, Civil Registry."
    )
    assert said["file"] == str(folder / "x.wav")
    assert read_wav(folder / "x.wav").seconds == pytest.approx(said["seconds"], abs=0.01)


def test_a_machine_without_an_engine_speaks_by_pieces_and_says_what_to_install(
    kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    said = kiosk("say", "DK 105", "3")
    assert said.code == 0
    assert "apt-get install espeak-ng" in said.out
    assert read_wav(folder / "DK-105-3.wav").seconds > 4


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("DK", "3"), 2),
        (("DK 105", "0"), 2),
        (("DK 105", "three"), 2),
        (("DK 105", "3", "--language", "fr"), 2),
        (("DK 105", "3", "--output", "nowhere/x.wav"), 1),
    ],
)
def test_what_cannot_be_said_is_refused_in_a_sentence(
    kiosk: Kiosk, words: tuple[str, ...], code: int
) -> None:
    said = kiosk("say", *words)
    assert said.code == code
    assert "Traceback" not in said.out + said.err


def test_a_board_of_a_zone_prints_its_agencies_only(ready: Kiosk) -> None:
    for service, counter in (("DK.ktp", "1"), ("BN.bayar", "2")):
        assert ready("issue", service).code == 0
        assert ready("next", counter).code == 0
    everything = ready("board", "--once", "--json").lines
    assert [call["label"] for call in everything] == ["BN 001", "DK 001"]
    assert [call["label"] for call in ready("board", "--once", "--json", "--zone", "dk").lines] == ["DK 001"]
    assert len(ready("board", "--once", "--json", "--zone", "DK,BN").lines) == 2


def test_a_zone_that_nobody_knows_is_refused(ready: Kiosk) -> None:
    said = ready("board", "--once", "--zone", "XX")
    assert said.code == 2
    assert "DK, BN" in said.err
