"""A visitor who missed the call and turns up after all: whether the number counts again, and where it stands then."""

from __future__ import annotations

from datetime import timedelta

from queue_core.calling import moment_behind
from queue_core.errors import CannotRestore
from queue_core.events import EventKind
from queue_core.lifecycle import Action, Status, advance
from queue_core.lobby.deserted import is_deserted
from queue_core.lobby.holds import NOT_CALLED
from queue_core.lobby.legs import come_back
from queue_core.lobby.lines import who_waits
from queue_core.lobby.moves import move
from queue_core.lobby.permits import require
from queue_core.lobby.tickets import TicketRow, by_label, in_line
from queue_core.lobby.turn import Turn
from queue_core.views import TicketView

MAY_OVERRIDE = "supervisor"


def restore(turn: Turn, label: str, *, override: bool) -> TicketView:
    """Put a no-show back in line, as if never called, where the site's rules place late tickets.

    Raises: UnknownTicket, IllegalMove; CannotRestore, unless a supervisor overrides; NotAllowed when it is none.
    """
    ticket = by_label(turn.connection, turn.site, turn.today, label)
    advance(Status(ticket.status), Action.RESTORE, label=ticket.label)
    if override:
        require(turn, MAY_OVERRIDE)
    else:
        _refuse_late(turn, ticket)
    values = {**NOT_CALLED, "called_at": None, "started_at": None, "finished_at": None}
    values["restored"] = ticket.restored + 1
    back = move(turn, ticket, Action.RESTORE, **values)
    back = _placed(turn, back)
    come_back(turn, back)
    said = {"override": True} if override else {}
    turn.emit(EventKind.RESTORED, back, answers=True, place=turn.catalogue.desk.late_place, **said)
    return in_line(turn, back)


def _refuse_late(turn: Turn, ticket: TicketRow) -> None:
    if is_deserted(turn, ticket.service):
        raise CannotRestore(label=ticket.label, reason="left")
    rules = turn.catalogue.desk
    missed_at = ticket.finished_at or ticket.waiting_since
    if turn.now - missed_at > timedelta(minutes=rules.late_minutes) or not rules.late_minutes:
        raise CannotRestore(label=ticket.label, reason="too_late", minutes=rules.late_minutes)
    if ticket.restored >= rules.late_times:
        raise CannotRestore(label=ticket.label, reason="used_up", times=rules.late_times)


def _placed(turn: Turn, ticket: TicketRow) -> TicketRow:
    """Let those go first whom the rules put before a late ticket; nobody else's place or time changes."""
    rules = turn.catalogue.desk
    if rules.late_place == "old":
        return ticket
    line = [each for each in who_waits(turn, (ticket.service,)) if each.priority == ticket.priority]
    before = sum(
        (each.waiting_since, each.ticket) < (ticket.waiting_since, ticket.ticket_id) for each in line
    )
    places = len(line) if rules.late_place == "end" else rules.late_after - before
    since = moment_behind(line, ticket.ticket_id, places) if places > 0 else None
    if since is None:
        return ticket
    due = ticket.due_at + (since - ticket.waiting_since)
    return move(turn, ticket, Action.STEP_BACK, waiting_since=since, due_at=due, passed=0, owed=0)
