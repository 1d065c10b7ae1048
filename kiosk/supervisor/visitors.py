"""What is done for a visitor at an information desk: a number, its slip once more, and giving it back.

Whoever may sign in at all may do it; what a supervisor alone may do asks for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.shared.dialogs.choose import Option
from kiosk.shared.openings import short_why

if TYPE_CHECKING:
    from kiosk.supervisor.acting import ActingScreen
    from kiosk.supervisor.deeds import Act, Deed
    from kiosk.supervisor.watching import Seen
    from queue_core import Lobby
    from queue_core.views import IssuedTicket, Offer, TicketView

DESK = "visitor_desk"
JOURNEY = "journey:"


async def new_number(screen: ActingScreen, seen: Seen) -> None:
    """Give out a number: which service or journey, with priority or without; the slip comes out if there is a printer."""
    words = screen.words
    offer = await screen.read(lambda lobby: lobby.offer())
    if offer is None:
        return
    wanted = await screen.choose(words("supervisor.new_which"), _choices(screen, offer))
    if wanted is None:
        return
    ways = [
        Option("regular", words("supervisor.new_regular")),
        Option("priority", words("supervisor.new_priority")),
    ]
    way = await screen.choose(words("supervisor.new_how"), ways)
    if way is None or not await screen.signed_in(DESK):
        return
    issued: list[IssuedTicket] = []
    deed = _issue(wanted, priority=way == "priority", printer=_printer(screen, seen), issued=issued)
    error = await screen.attempt(deed)
    said = {"label": issued[-1].ticket.label, "ahead": issued[-1].ahead} if issued else {}
    screen.answer(error, "new_number", **said)


def _choices(screen: ActingScreen, offer: Offer) -> list[Option]:
    """Each service with its line or why it is closed, then the journeys."""
    words = screen.words
    services = [
        Option(
            service.id,
            f"{agency.code} {words.pick(service.names)}",
            words("board.people_wait", count=service.waiting)
            if service.opening.open
            else short_why(service.opening, words),
        )
        for agency in offer.agencies
        for service in agency.services
    ]
    journeys = [Option(f"{JOURNEY}{each.id}", words.pick(each.names)) for each in offer.journeys]
    return services + journeys


def _printer(screen: ActingScreen, seen: Seen) -> str:
    """This machine's own printer if it has one, else the first of the site; none where none reports."""
    backend = screen.staff_app.backend
    own = backend.settings.machine.id if backend is not None else ""
    known = [printer.id for printer in seen.overview.printers]
    return own if own in known else next(iter(known), "")


def _issue(wanted: str, *, priority: bool, printer: str, issued: list[IssuedTicket]) -> Deed:
    def deed(lobby: Lobby, act: Act) -> None:
        if wanted.startswith(JOURNEY):
            name = wanted.removeprefix(JOURNEY)
            issued.append(lobby.start_journey(name, priority=priority, printer=printer, **act))
        else:
            issued.append(lobby.issue(wanted, priority=priority, printer=printer, **act))

    return deed


async def print_slip(screen: ActingScreen, seen: Seen, *, ticket: TicketView) -> None:
    """Print the slip once more, marked as a copy unless it never came out."""
    words, printer = screen.words, _printer(screen, seen)
    if not printer:
        screen.say(words("supervisor.said_no_printer"), good=False)
    elif await screen.signed_in(DESK):
        label = ticket.label
        await screen.do(
            lambda lobby, act: lobby.reprint(label, printer=printer, **act), "slip_again", label=label
        )


async def give_back(screen: ActingScreen, _seen: Seen, *, ticket: TicketView) -> None:
    """Cancel a number for a visitor who goes; asked once more, since nothing brings it back."""
    words, label = screen.words, ticket.label
    ways = [Option("no", words("supervisor.cancel_no")), Option("yes", words("supervisor.cancel_yes"))]
    chosen = await screen.choose(words("supervisor.cancel_sure", label=label), ways)
    if chosen == "yes" and await screen.signed_in(DESK):
        await screen.do(lambda lobby, act: lobby.cancel(label, **act), "cancelled", label=label)
