"""One clear sentence for each answer, in the site's first language or the one asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.commands.output import answer
from kiosk.commands.shapes import NOBODY_WAITS, issued_shape, ticket_shape
from kiosk.shared.onward import onward_words

if TYPE_CHECKING:
    from kiosk.commands.session import Session
    from kiosk.i18n import Words
    from queue_core.errors import QueueError
    from queue_core.views import IssuedTicket, TicketView, WaitRange


def refusal(session: Session, error: QueueError) -> str:
    """Return what was refused and why; what a command can mend is answered with what to type."""
    from kiosk.shared.explain import explain

    words = session.words
    if error.code == "store_unready":
        return words("cli.store_old" if error.data.get("found") else "cli.store_absent", **error.data)
    sentence = explain(error, words, session.zone)
    return f"{sentence} {words('cli.type_apply')}" if error.code == "unknown_site" else sentence


def tell_ticket(session: Session, ticket: TicketView | None, key: str) -> None:
    """Print a ticket, the sentence being `key` filled with its label, service, agency, counter and status."""
    if ticket is None:
        answer(session, NOBODY_WAITS, session.words("cli.nobody_waits"))
        return
    sentence = session.words(key, **spoken(ticket, session.words))
    if ticket.onward is not None:
        sentence = f"{sentence} {onward_words(ticket.onward, session.words)}."
    answer(session, ticket_shape(ticket), sentence)


def tell_issued(session: Session, issued: IssuedTicket) -> None:
    """Print a new number."""
    words = session.words
    shape = issued_shape(issued, session.settings.web.public_url)
    if session.alone:  # who else waits is not known here
        sentence = words("cli.issued_alone", **spoken(issued.ticket, words))
        answer(session, {**shape, "ahead": None}, sentence)
        return
    key = "cli.issued_before" if issued.repeated else "cli.issued"
    sentence = words(key, **spoken(issued.ticket, words), ahead=issued.ahead)
    if not issued.repeated:
        sentence = f"{sentence} {wait_sentence(issued.wait, issued.open_counters, words)}".rstrip()
    answer(session, shape, sentence)


def spoken(ticket: TicketView, words: Words) -> dict[str, object]:
    """Return a ticket's values as sentences use them."""
    return {
        "label": ticket.label,
        "service": words.pick(ticket.service_names),
        "agency": words.pick(ticket.agency_names),
        "counter": ticket.counter or "-",
        "status": words(f"common.status_{ticket.status.value}"),
        "position": ticket.position or "-",
        "leg": ticket.leg,
        "legs": ticket.legs,
    }


def status_sentence(ticket: TicketView, words: Words) -> str:
    """Return where a ticket stands, and at which counter if there is one."""
    return words("cli.status_at" if ticket.counter else "cli.status", **spoken(ticket, words))


def wait_sentence(wait: WaitRange | None, open_counters: int, words: Words) -> str:
    """Return the expected wait; no minutes where no counter is open."""
    if wait is None:
        return words("slip.no_counter") + "." if open_counters == 0 else ""
    if wait.high == 0:
        return words("slip.at_once") + "."
    key = "cli.wait_past_closing" if wait.past_closing else "cli.wait"
    return words(key, low=wait.low, high=wait.high)
