"""What a visitor does: take a number, walk a journey, look it up, give it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.going_on import ask
from kiosk.commands.names import LabelName, ServiceName, service_id
from kiosk.commands.output import answer, table
from kiosk.commands.sentences import status_sentence, tell_issued, tell_ticket, wait_sentence
from kiosk.commands.session import Session
from kiosk.commands.shapes import service_shape, visit_shape

if TYPE_CHECKING:
    from queue_core.views import IssuedTicket

Priority = Annotated[bool, typer.Option("--priority", help=HELP("cli.option.priority"))]
VisitorLanguage = Annotated[
    str, typer.Option("--language", metavar="id|en", help=HELP("cli.option.language"))
]
NoPrint = Annotated[bool, typer.Option("--no-print", help=HELP("cli.option.no_print"))]
Skip = Annotated[list[str], typer.Option("--skip", metavar="SERVICE", help=HELP("cli.option.skip"))]


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    command(app, "issue", "visitor", changes=True)(issue)
    command(app, "journey", "visitor", changes=True)(journey)
    command(app, "status", "visitor")(status)
    command(app, "cancel", "visitor", changes=True)(cancel)
    command(app, "step-back", "visitor", changes=True)(step_back)
    command(app, "services", "visitor")(services)


def issue(
    session: Session,
    service: ServiceName,
    *,
    priority: Priority = False,
    language: VisitorLanguage = "",
    no_print: NoPrint = False,
) -> None:
    """Give out the next number of a service."""
    wanted, spoken = service_id(service), language_of(session, language)
    printer, act = "" if no_print else session.printer, session.act
    issued = ask(
        session,
        lambda lobby: lobby.issue(wanted, language=spoken, priority=priority, printer=printer, **act),
    )
    _tell_and_print(session, issued)


def journey(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help=HELP("cli.option.journey"))],
    *,
    priority: Priority = False,
    language: VisitorLanguage = "",
    skip: Skip = [],  # noqa: B006  typer copies it
    no_print: NoPrint = False,
) -> None:
    """Give out one number for a journey's services."""
    wanted, spoken, without = (
        name.strip().lower(),
        language_of(session, language),
        list(map(service_id, skip)),
    )
    printer, act = "" if no_print else session.printer, session.act
    issued = ask(
        session,
        lambda lobby: lobby.start_journey(
            wanted, language=spoken, priority=priority, skip=without, printer=printer, **act
        ),
    )
    _tell_and_print(session, issued)


def _tell_and_print(session: Session, issued: IssuedTicket) -> None:
    """Tell the number first: paper may take its time, or not come."""
    tell_issued(session, issued)
    if issued.job and not issued.repeated:
        from kiosk.commands.paper import print_own

        print_own(session, issued.job)


def status(
    session: Session, token: Annotated[str, typer.Argument(metavar="TOKEN", help=HELP("cli.option.token"))]
) -> None:
    """Tell the holder of a token where they stand."""
    token = token.strip().upper()
    visit = session.lobby.visit_status(token)
    words = session.words
    sentence = status_sentence(visit.ticket, words)
    if visit.ticket.position is not None:
        wait = wait_sentence(visit.wait, visit.open_counters, words)
        sentence = f"{sentence} {words('cli.ahead', count=visit.ahead)} {wait}".rstrip()
    answer(session, visit_shape(visit, token, session.settings.web.public_url), sentence)


def cancel(session: Session, label: LabelName) -> None:
    """Give a number back."""
    tell_ticket(session, session.lobby.cancel(label, **session.act), "cli.cancelled")


def step_back(session: Session, label: LabelName) -> None:
    """Let the next two of the line go first."""
    tell_ticket(session, session.lobby.step_back(label, **session.act), "cli.stepped_back")


def services(session: Session) -> None:
    """List what a visitor can choose now."""
    from kiosk.shared.openings import opening_line

    offer = ask(session, lambda lobby: lobby.offer())
    words = session.words
    every = [(agency, service) for agency in offer.agencies for service in agency.services]
    head = [words(f"cli.head.{key}") for key in ("service", "name", "agency", "state", "waiting", "counters")]
    rows = [
        [
            service.id,
            words.pick(service.names),
            agency.short,
            opening_line(service.opening, session.house.clock(), session.zone, words),
            str(service.waiting),
            str(service.open_counters),
        ]
        for agency, service in every
    ]
    table(session, head, [service_shape(service) for _, service in every], rows)


def language_of(session: Session, language: str) -> str:
    """Return the visitor's language; one that this site's screens do not speak is misuse."""
    from kiosk.commands.endings import Misused

    known = session.section.languages
    if language and language not in known:
        raise Misused(says="cli.unknown_language", value=language, known=", ".join(known))
    return language or known[0]
