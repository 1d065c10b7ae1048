"""The hall's voice as a file: to hear it before the loudspeakers hang, and for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import Misused, NotDone
from kiosk.commands.names import LabelName
from kiosk.commands.output import answer
from kiosk.commands.session import Session
from kiosk.i18n import LANGUAGES

if TYPE_CHECKING:
    from queue_core.numbering import LabelParts

Counter = Annotated[int, typer.Argument(metavar="COUNTER", min=1, max=9999, help=HELP("cli.option.counter"))]
Spoken = Annotated[
    list[str] | None,
    typer.Option("--language", metavar="|".join(LANGUAGES), help=HELP("cli.option.say_language")),
]
Digits = Annotated[bool, typer.Option("--digits", help=HELP("cli.option.say_digits"))]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE", help=HELP("cli.option.say_output"))]


def register(app: typer.Typer) -> None:
    """Add this verb to the app."""
    command(app, "say", "hall")(say)


def say(
    session: Session,
    label: LabelName,
    counter: Counter,
    *,
    language: Spoken = None,
    digits: Digits = False,
    output: Output = None,
) -> None:
    """Write what the hall hears for a call, chime and all; the store is not asked."""
    from kiosk.voice.engines import EngineFailed
    from kiosk.voice.spoken import Call, sentence
    from kiosk.wiring import build_speaker

    parts = _parts(label)
    board = session.settings.board
    call = Call(label, counter, _agency(session, parts))
    languages = _known(language) if language else board.languages[:1]
    speeches = [sentence(call, each, by_digits=digits or board.digits) for each in languages]
    speaker = build_speaker(session.place)
    try:
        sound = speaker.announcement(speeches)
    except EngineFailed as error:
        raise NotDone(says="cli.not_spoken", reason=str(error)) from error
    file = output or Path(f"{_plain(parts)}-{counter}.wav")
    try:
        file.write_bytes(sound.wav())
    except OSError as error:
        raise NotDone(says="cli.not_written", file=str(file), reason=error.strerror or str(error)) from error
    text, seconds = " ".join(each.text for each in speeches), round(sound.seconds, 2)
    shape = {"file": str(file.resolve()), "seconds": seconds, "text": text, "engine": speaker.engine}
    sentence_ = session.words("cli.say", file=file.resolve(), seconds=f"{seconds:.1f}", text=text)
    hint = "" if speaker.is_whole else f"\n{session.words('cli.no_espeak')}"
    answer(session, shape, sentence_ + hint)


def _parts(label: str) -> LabelParts:
    from queue_core.numbering import parse_label

    parts = parse_label(label)
    if parts is None:
        raise Misused(says="cli.bad_label", value=label)
    return parts


def _agency(session: Session, parts: LabelParts) -> dict[str, str]:
    """The agency's names; none for a prefix that no agency has."""
    found = next((each for each in session.settings.agency if each.code == parts.prefix), None)
    return {} if found is None else {**found.name, "id": found.short}


def _known(languages: list[str]) -> list[str]:
    for language in languages:
        if language not in LANGUAGES:
            raise Misused(says="cli.unknown_language", value=language, known=", ".join(LANGUAGES))
    return languages


def _plain(parts: LabelParts) -> str:
    """The label as a part of a file's name: `DK-105`."""
    return "-".join(part for part in (parts.prefix, parts.origin, f"{parts.number:03d}") if part)
