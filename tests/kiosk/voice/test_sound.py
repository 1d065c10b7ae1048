"""Sound is what was asked for: as long, as loud, and readable by anybody."""

from __future__ import annotations

import wave
from array import array
from math import pi, sin
from pathlib import Path

import pytest

from kiosk.voice.chime import SECONDS, chime
from kiosk.voice.mulaw import compressed, expanded
from kiosk.voice.sound import FULL, LEVEL, PEAK, RATE, Sound, joined, read_wav, silence


def tone(strength: float, seconds: float = 0.5) -> Sound:
    return Sound(
        array(
            "h",
            [round(FULL * strength * sin(2 * pi * 440 * at / RATE)) for at in range(round(seconds * RATE))],
        )
    )


def test_sounds_that_are_joined_last_as_long_as_their_parts() -> None:
    assert joined([tone(0.1), silence(0.25), tone(0.1)]).seconds == pytest.approx(1.25, abs=0.001)


@pytest.mark.parametrize("strength", [0.02, 0.1, 0.9])
def test_soft_and_loud_become_equally_loud(strength: float) -> None:
    assert tone(strength).levelled().rms == pytest.approx(LEVEL, rel=0.02)


def test_no_sample_passes_the_ceiling() -> None:
    click = Sound(array("h", [*tone(0.05).samples, 30_000, *tone(0.05).samples]))
    assert click.levelled().peak == pytest.approx(PEAK, abs=0.01)


def test_silence_stays_silent() -> None:
    assert silence(0.1).levelled().peak == 0
    assert silence(0.1).trimmed().seconds == 0


def test_the_silence_around_a_word_is_cut_off() -> None:
    assert joined([silence(1), tone(0.5), silence(1)]).trimmed().seconds == pytest.approx(0.53, abs=0.01)


def test_a_file_reads_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "tone.wav"
    file.write_bytes(tone(0.5).wav())
    assert read_wav(file) == tone(0.5)
    with wave.open(str(file)) as found:
        assert (found.getnchannels(), found.getsampwidth(), found.getframerate()) == (1, 2, RATE)


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "tone.wav"
    file.write_bytes(tone(0.5).wav()[:20])
    with pytest.raises(ValueError, match=r".*"):
        read_wav(file)


def test_eight_bits_keep_a_sample_to_a_thirty_second() -> None:
    samples = array("h", range(-32_000, 32_001, 37))
    kept = expanded(compressed(Sound(samples))).samples
    assert all(abs(a - b) <= (abs(a) + 132) / 32 for a, b in zip(samples, kept, strict=True))


def test_the_chime_is_two_bells_that_end_in_silence() -> None:
    assert chime().seconds == pytest.approx(SECONDS, abs=0.001)
    assert 0.2 < chime().peak < PEAK
    loud = chime().envelope()
    assert loud[0] > 0.05
    assert max(loud[20:25]) > 1.3 * loud[19]  # the second stroke
    assert loud[-1] < 0.01
