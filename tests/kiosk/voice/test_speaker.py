"""A call is heard: chime, sentence, from files that are made once; and what cannot be heard is a trouble, not an error."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from threading import Thread

import pytest

from kiosk.voice.cache import SoundCache
from kiosk.voice.chime import chime
from kiosk.voice.engines import EngineFailed, Pieces
from kiosk.voice.player import NoSound, Player, Trouble
from kiosk.voice.sound import Sound, read_wav, silence
from kiosk.voice.speaker import Speaker
from kiosk.voice.spoken import Call, Speech, sentence

CALL = [sentence(Call("DK 105", 3, {}), language) for language in ("id", "en")]


class CountingEngine:
    """The recorded pieces, and how often they were asked."""

    name = "counting"

    def __init__(self) -> None:
        self.asked = 0

    def speak(self, speech: Speech) -> Sound:
        self.asked += 1
        return Pieces().speak(speech)


class DeadEngine:
    """An engine that fails."""

    name = "dead"

    def speak(self, speech: Speech) -> Sound:
        raise EngineFailed("dead")


def program(folder: Path, script: str, name: str = "player") -> tuple[str]:
    """A program that plays by a shell script; the file is `$1`."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return (str(path),)


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    """What the player wrote down instead of sounding."""
    return tmp_path / "heard"


@pytest.fixture
def player(tmp_path: Path, heard: Path) -> Player:
    """A player that writes down what it was given."""
    return Player([program(tmp_path, f'echo "$1" >> {heard}')])


def speaker(tmp_path: Path, player: Player, engine: CountingEngine | None = None) -> Speaker:
    return Speaker([engine or CountingEngine()], SoundCache(tmp_path / "voice"), player)


def trouble(mouth: Speaker) -> Trouble | None:
    return mouth.trouble


def sounds(heard: Path) -> list[Sound]:
    return [read_wav(Path(line)) for line in heard.read_text().splitlines()]


def test_a_call_is_chime_then_indonesian_then_english(tmp_path: Path, player: Player, heard: Path) -> None:
    mouth = speaker(tmp_path, player)
    mouth.say(CALL)
    first, second = sounds(heard)
    assert first == chime()
    assert second.seconds == pytest.approx(
        sum(Pieces().speak(each).seconds for each in CALL) + 0.45, abs=0.01
    )
    assert mouth.trouble is None


def test_a_call_is_said_again_when_nobody_waits(tmp_path: Path, player: Player, heard: Path) -> None:
    speaker(tmp_path, player).say(CALL, lambda: True)
    _, first, again = sounds(heard)
    assert first == again


def test_what_was_made_once_is_not_made_again(tmp_path: Path, player: Player) -> None:
    engine = CountingEngine()
    for _ in range(3):
        speaker(tmp_path, player, engine).say(CALL)
    assert engine.asked == len(CALL)


def test_a_file_that_was_cut_off_is_made_anew(tmp_path: Path, player: Player) -> None:
    engine = CountingEngine()
    mouth = speaker(tmp_path, player, engine)
    file = mouth.prepare(CALL)
    file.write_bytes(b"RIFF")
    assert read_wav(mouth.prepare(CALL)).seconds > 5


def test_the_folder_of_sounds_stays_within_its_limit(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path, limit=100_000)
    files = [cache.keep(silence(0.5), f"sound {number}") for number in range(10)]  # 22 kB each
    for age, file in enumerate(files):
        if file.exists():
            os.utime(file, (age, age))
    assert len(list(tmp_path.iterdir())) == 4
    assert cache.find("sound 9") == files[9]
    assert cache.find("sound 0") is None


def test_no_player_is_a_trouble_that_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    mouth = speaker(tmp_path, Player([]))
    with caplog.at_level(logging.WARNING):
        mouth.say(CALL)
        mouth.say(CALL)
    assert mouth.trouble is Trouble.NO_PLAYER
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_player_that_fails_is_a_trouble_until_it_plays_again(tmp_path: Path, heard: Path) -> None:
    broken = tmp_path / "broken"
    broken.touch()
    script = f'if [ -e {broken} ]; then echo "no card" >&2; exit 1; fi; echo "$1" >> {heard}'
    mouth = speaker(tmp_path, Player([program(tmp_path, script)]))
    mouth.say(CALL)
    assert trouble(mouth) is Trouble.NO_DEVICE
    broken.unlink()
    mouth.say(CALL)
    assert mouth.trouble is None
    assert len(sounds(heard)) == 2


def test_where_one_player_fails_the_next_one_plays(tmp_path: Path, heard: Path) -> None:
    bad, good = program(tmp_path, "exit 1", "bad"), program(tmp_path, f'echo "$1" >> {heard}', "good")
    mouth = speaker(tmp_path, Player([bad, good]))
    mouth.say(CALL)
    assert mouth.trouble is None
    assert len(sounds(heard)) == 2


def test_a_player_that_hangs_is_ended(tmp_path: Path) -> None:
    hanging = Player([program(tmp_path, "exec sleep 600")], spare=0.1)
    with pytest.raises(NoSound) as raised:
        hanging.play(tmp_path / "x.wav", 0.0)
    assert raised.value.trouble is Trouble.HANGS


def test_leaving_ends_what_is_said_and_what_would_follow(tmp_path: Path, heard: Path) -> None:
    player = Player([program(tmp_path, f'echo "$1" >> {heard}; exec sleep 600')])
    mouth = speaker(tmp_path, player)
    talking = Thread(target=mouth.say, args=(CALL,))
    talking.start()
    while not heard.exists() and talking.is_alive():
        talking.join(0.01)
    mouth.stop()
    talking.join(10)
    assert not talking.is_alive()
    mouth.say(CALL)
    assert len(heard.read_text().splitlines()) == 1


def test_when_the_best_engine_fails_the_next_one_speaks(tmp_path: Path, player: Player) -> None:
    mouth = Speaker([DeadEngine(), Pieces()], SoundCache(tmp_path / "voice"), player)
    mouth.say(CALL)
    assert mouth.trouble is None


def test_without_any_engine_the_hall_hears_the_chime_and_the_log_says_why(
    tmp_path: Path, player: Player, heard: Path
) -> None:
    mouth = Speaker([DeadEngine()], SoundCache(tmp_path / "voice"), player)
    mouth.say(CALL)
    assert mouth.trouble is Trouble.NO_ENGINE
    assert sounds(heard) == [chime()]


def test_a_disk_that_takes_no_sound_is_a_trouble(tmp_path: Path, player: Player) -> None:
    (tmp_path / "voice").write_text("in the way")
    mouth = speaker(tmp_path, player)
    mouth.say(CALL)
    assert mouth.trouble is Trouble.NO_ROOM
