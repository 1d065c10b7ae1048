"""How a command ends: done, refused, badly asked for, or a fault of ours. No traceback reaches a person."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import typer

from kiosk.commands.log import log_file, start_log
from kiosk.commands.output import fail
from kiosk.commands.session import Given, Session
from kiosk.shared.place import NoSuchSite
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from kiosk.settings import SettingsError

REFUSED, MISUSED, BROKEN = 1, 2, 3

log = logging.getLogger("kiosk.command")


class Told(Exception):  # noqa: N818  not an error of the program: it is told to the person in one sentence
    """A command's own no. `says` names the sentence (its last part is the code in JSON), `data` fills it."""

    exit_code = REFUSED

    def __init__(self, *, says: str, **data: object) -> None:
        super().__init__(says, data)
        self.says = says
        self.data = data


class NotDone(Told):
    """Understood, and yet it could not be done."""


class Misused(Told):
    """What was asked for makes no sense here."""

    exit_code = MISUSED


def guarded(given: Given, body: Callable[..., None], typed: Mapping[str, object]) -> None:
    """Run a command and turn whatever happens into one sentence and an exit code."""
    with Session(given) as session:
        try:
            body(session, **typed)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except BrokenPipeError:
            _forget_output()
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
        except QueueError as error:
            raise typer.Exit(_refused(session, error)) from None
        except Exception as error:
            raise typer.Exit(_other(session, error)) from None


def _refused(session: Session, error: QueueError) -> int:
    from kiosk.commands.sentences import refusal

    log.info("refused: %s", error)
    fail(session, error.code, dict(error.data), refusal(session, error))
    return REFUSED


def _other(session: Session, error: Exception) -> int:
    from kiosk.settings import SettingsError

    words = session.safe_words()
    if isinstance(error, SettingsError):
        return _misconfigured(session, error)
    if isinstance(error, NoSuchSite):
        data = {"site": error.site, "nearest": error.nearest, "known": ", ".join(error.known)}
        fail(session, "unknown_site", data, words("cli.unknown_site", **data))
        return MISUSED
    if isinstance(error, Told):
        fail(session, error.says.rpartition(".")[2], error.data, words(error.says, **error.data))
        return error.exit_code
    start_log(session)
    log.error("unexpected", exc_info=error)
    fail(
        session, "unexpected", {"kind": type(error).__name__}, words("cli.unexpected", path=log_file(session))
    )
    return BROKEN


def _misconfigured(session: Session, error: SettingsError) -> int:
    words = session.safe_words()
    problems = [
        {
            "file": problem.file,
            "key": problem.key,
            "problem": problem.wrong(words),
            "allowed": problem.allowed(words),
            "nearest": problem.nearest,
        }
        for problem in error.problems
    ]
    fail(session, "settings", {"problems": problems}, error.report(words.language))
    return MISUSED


def _forget_output() -> None:
    """Let a reader such as `head` leave early: point stdout at nothing, so that closing it stays silent."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
