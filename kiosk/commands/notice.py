"""`kiosk notice`: the supervisor's line of text on all boards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import Misused
from kiosk.commands.moments import moment
from kiosk.commands.output import answer
from kiosk.commands.session import Session
from kiosk.commands.shapes import notice_shape
from kiosk.shared.clock import clock_time, day

if TYPE_CHECKING:
    from queue_core.views import NoticeView

Text = Annotated[str, typer.Argument(metavar="TEXT", help=HELP("cli.option.notice_text"))]
English = Annotated[str, typer.Option("--en", metavar="TEXT", help=HELP("cli.option.notice_en"))]
Until = Annotated[str, typer.Option("--until", metavar="HH:MM", help=HELP("cli.option.notice_until"))]
Clear = Annotated[bool, typer.Option("--clear", help=HELP("cli.option.notice_clear"))]


def register(app: typer.Typer) -> None:
    """Add this verb to the app."""
    command(app, "notice", "hall", changes=True)(notice)


def notice(
    session: Session, text: Text = "", *, english: English = "", until: Until = "", clear: Clear = False
) -> None:
    """Put a text on the boards, take it off, or show what stands there."""
    texts = {session.section.languages[0]: text, **({"en": english} if english.strip() else {})}
    written = any(each.strip() for each in texts.values())
    if clear and written:
        raise Misused(says="cli.notice_both")
    if clear:
        gone = session.lobby.clear_notice(**session.act)
        key = "cli.notice_cleared" if gone else "cli.notice_none"
        answer(session, {"cleared": gone}, session.words(key))
    elif written:
        _refuse_long(texts)
        _tell(session, session.lobby.set_notice(texts, until=moment(session, until), **session.act))
    else:
        _tell(session, session.lobby.notice())


def _refuse_long(texts: dict[str, str]) -> None:
    from queue_core.lobby.notices import LONGEST_NOTICE

    longest = max(len(" ".join(text.split())) for text in texts.values())
    if longest > LONGEST_NOTICE:
        raise Misused(says="cli.notice_long", most=LONGEST_NOTICE, length=longest)


def _tell(session: Session, shown: NoticeView | None) -> None:
    answer(session, notice_shape(shown), _sentence(session, shown))


def _sentence(session: Session, shown: NoticeView | None) -> str:
    words = session.words
    if shown is None:
        return words("cli.notice_none")
    text = " / ".join(shown.texts.values())
    if shown.until is None:
        return words("cli.notice_today", text=text)
    until = shown.until.astimezone(session.zone)
    today = session.house.clock().astimezone(session.zone).date()
    time = clock_time(until, session.zone)
    when = time if until.date() == today else f"{day(until.date())} {time}"
    return words("cli.notice_until", until=when, text=text)
