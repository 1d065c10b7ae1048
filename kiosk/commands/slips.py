"""Slips that wait for a hand: which ones, and a person's word on those of which nobody knows whether they came out."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import NotDone
from kiosk.commands.names import LabelName
from kiosk.commands.output import answer as say
from kiosk.commands.output import table
from kiosk.commands.paper import print_own
from kiosk.commands.session import Session
from kiosk.commands.shapes import job_shape
from kiosk.shared.clock import clock_time
from queue_core.numbering import normal_label

Word = Annotated[Literal["yes", "no"], typer.Argument(metavar="yes|no", help=HELP("cli.option.came_out"))]
NoPrint = Annotated[bool, typer.Option("--no-print", help=HELP("cli.option.no_print"))]


def register(printer: typer.Typer) -> None:
    """Add these verbs to the group `kiosk printer`."""
    command(printer, "asking")(asking)
    command(printer, "answer", changes=True)(answer)


def asking(session: Session) -> None:
    """List the slips that wait for a hand, and what to do with each."""
    words, slips = session.words, session.lobby.slips_at_hand()
    if not slips and not session.json:
        print(words("cli.slips.none"))
        return
    head = [words(f"cli.head.{key}") for key in ("label", "printer", "since", "state", "do")]
    rows = [
        [
            slip.label,
            slip.printer,
            clock_time(slip.created_at, session.zone),
            words(f"cli.slips.{slip.state}"),
            words(
                f"cli.slips.do_{'asking' if slip.state == 'asking' else 'other'}", label=_typed(slip.label)
            ),
        ]
        for slip in slips
    ]
    table(session, head, [job_shape(slip) for slip in slips], rows)


def answer(session: Session, label: LabelName, came_out: Word, *, no_print: NoPrint = False) -> None:
    """Say whether a slip came out: yes settles it, no prints a marked copy."""
    wanted = normal_label(label) or label
    slips = session.lobby.slips_at_hand()
    found = next((slip for slip in slips if (slip.label, slip.state) == (wanted, "asking")), None)
    if found is None:
        raise NotDone(says="cli.slips.not_asking", label=wanted)
    slip = session.lobby.answer_for_slip(found.job, came_out=came_out == "yes", **session.act)
    key = "cli.slips.settled" if came_out == "yes" else "cli.reprint"
    say(session, job_shape(slip), session.words(key, label=slip.label, copy=slip.copy))
    if slip.state == "new" and slip.printer == session.printer and not no_print:
        print_own(session, slip.job)


def _typed(label: str) -> str:
    """A label as one word, for a command line."""
    return label.replace(" ", "")
