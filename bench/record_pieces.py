"""Records the words of a call from espeak-ng into kiosk/voice/pieces.zip. Run by hand when words, phonemes or the engine change.

    python -m bench.record_pieces      (Debian: apt-get install espeak-ng)

The program speaks by these pieces where espeak-ng is not installed. What is said is listed here; the sentence around it
comes from the words `voice.call` and `voice.recall`, cut at their placeholders, so that a new wording is recorded too.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kiosk.i18n import LANGUAGES, Words
from kiosk.voice.engines import RECORDED, Espeak
from kiosk.voice.mulaw import compressed
from kiosk.voice.numbers import cardinal, digits, letter_names
from kiosk.voice.spoken import Speech

EPOCH = (2026, 1, 1, 0, 0, 0)


def words_of(language: str) -> Iterator[str]:
    """All that a call can say, but for the names of agencies."""
    yield from letter_names(language)
    yield from digits("0123456789", language).split()
    if language == "id":
        yield from ("sepuluh", "sebelas", "belas", "puluh", "seratus", "ratus", "seribu", "ribu")
    else:
        yield from (cardinal(number, language) for number in (*range(10, 20), *range(20, 100, 10)))
    for key in ("voice.call", "voice.recall"):
        sentence = re.sub(r"\{\w+\}", ",", Words(language)(key))
        yield from (phrase.strip() for phrase in sentence.split(",") if phrase.strip())


def main() -> None:
    """Speak and keep each word."""
    program = shutil.which("espeak-ng")
    if program is None:
        sys.exit("espeak-ng is not installed; on Debian: apt-get install espeak-ng")
    engine, seconds = Espeak(program), 0.0
    with ZipFile(RECORDED, "w", ZIP_DEFLATED, compresslevel=9) as recorded:
        for language in LANGUAGES:
            for words in {each.lower(): each for each in words_of(language)}.values():
                sound = engine.speak(Speech(words, language)).levelled()
                seconds += sound.seconds
                info = ZipInfo(f"{language}/{words.lower()}.ul", EPOCH)
                info.compress_type = ZIP_DEFLATED
                recorded.writestr(info, compressed(sound))
    print(
        f"{RECORDED.name}: {len(recorded.namelist())} pieces, {seconds:.1f} s, {RECORDED.stat().st_size:,} bytes, {engine.name}"
    )


if __name__ == "__main__":
    main()
