"""What staff change in the way of a visit: leave a step out, add one, make a journey of a plain ticket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, update

from queue_core.errors import JourneyRefused, ServiceClosed
from queue_core.events import NOBODY, Actor, EventKind
from queue_core.journeys import Gone, Step, Way
from queue_core.lifecycle import OPEN, Action, Status
from queue_core.lobby.desk import answered_before
from queue_core.lobby.entrance import Entrance
from queue_core.lobby.legs import go_on
from queue_core.lobby.moves import move
from queue_core.lobby.openness import read_openness
from queue_core.lobby.outlook import read_outlook
from queue_core.lobby.plans import read_way, write_way
from queue_core.lobby.prospects import Prospects
from queue_core.lobby.reads.visits import find_rows
from queue_core.lobby.rows import ticket_view
from queue_core.lobby.tables import VISIT
from queue_core.lobby.tickets import TicketRow, by_id, in_line
from queue_core.lobby.turn import Turn
from queue_core.lobby.undo import remembering
from queue_core.lobby.visitor import open_steps, wanted_steps

if TYPE_CHECKING:
    from queue_core.views import TicketView

_NAME = (
    update(VISIT)
    .where(VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit"))
    .values(journey=bindparam("named"))
)


class Journeys(Entrance):
    """The part of the Lobby that changes a way. `paper` is a label or a token; each raises UnknownTicket.

    Whoever may sign in at all may change it. A visit that has ended cannot be changed: JourneyRefused with the reason
    `over`; a no-show is restored first. Of a visitor who stands at a counter it can be taken back there, for some seconds.
    """

    def skip_leg(
        self, paper: str, service: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Leave out a step that lies ahead, or the one that is waited for: then the visit goes on at once.

        Returns the ticket of now, in the second case with `onward`. Raises: UnknownService; JourneyRefused when no such step
        is open (`no_such_leg`) or nothing else is left (`last_leg`: then the number is cancelled).
        """
        with self.turn("skip_leg", by=by, request_id=request_id) as turn:
            return turn.once(
                lambda: _remembered(turn, paper, lambda: _skip(turn, paper, service)), answered_before
            )

    def add_leg(
        self, paper: str, service: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Add a step at the end of the way; a plain ticket gets its second one.

        Raises: UnknownService; ServiceClosed when it takes nobody any more today; JourneyRefused (`has_leg`) when the visit
        wants it already.
        """
        with self.turn("add_leg", by=by, request_id=request_id) as turn:
            return turn.once(
                lambda: _remembered(turn, paper, lambda: _add(turn, paper, service)), answered_before
            )

    def make_journey(
        self,
        paper: str,
        journey: str,
        *,
        skip: Sequence[str] = (),
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> TicketView:
        """Make a journey of a plain ticket: what it has done and what it waits for is not done again.

        Raises: UnknownJourney; UnknownService for a step that may not be left out; ServiceClosed when a required one takes
        nobody any more today; JourneyRefused: `on_journey`, `nothing_to_add`.
        """
        with self.turn("make_journey", by=by, request_id=request_id) as turn:
            return turn.once(
                lambda: _remembered(turn, paper, lambda: _make(turn, paper, journey, skip)), answered_before
            )


def _remembered(turn: Turn, paper: str, do: Callable[[], TicketView]) -> TicketView:
    """Change a way so that the counter at which the visitor stands can take it back; of others it cannot."""
    ticket = find_rows(turn, paper)[-1]
    if ticket.status not in (Status.CALLED, Status.SERVING):
        return do()
    return remembering(turn, str(ticket.counter), do)


def _skip(turn: Turn, paper: str, service: str) -> TicketView:
    entry, ticket = turn.catalogue.service(service), _going_on(turn, paper)
    way = read_way(turn, ticket.visit_id)
    step = way.find(entry.id)
    if step is not None:
        write_way(turn, ticket.visit_id, way.dropping([step], Gone.SKIPPED), begun=ticket.leg)
        return _changed(turn, ticket, EventKind.LEG_DROPPED, step=entry.id, reason=Gone.SKIPPED.value)
    if entry.id != ticket.service:
        raise JourneyRefused(label=ticket.label, reason="no_such_leg", service=entry.id)
    if not way.planned:
        raise JourneyRefused(label=ticket.label, reason="last_leg", service=entry.id)
    left = move(turn, ticket, Action.SKIP)
    turn.emit(EventKind.LEG_DROPPED, left, answers=True, step=entry.id, reason=Gone.SKIPPED.value)
    return replace(ticket_view(turn, left), onward=go_on(turn, left))


def _add(turn: Turn, paper: str, service: str) -> TicketView:
    entry, ticket = turn.catalogue.service(service), _going_on(turn, paper)
    way = read_way(turn, ticket.visit_id)
    if entry.id == ticket.service or way.find(entry.id):
        raise JourneyRefused(label=ticket.label, reason="has_leg", service=entry.id)
    if Prospects(turn, priority=ticket.priority).opens_in(entry.id) is None:
        _refuse_closed(turn, entry.id)
    write_way(turn, ticket.visit_id, way.adding([Step(entry.id)]), begun=ticket.leg)
    return _changed(turn, ticket, EventKind.LEG_ADDED, step=entry.id)


def _make(turn: Turn, paper: str, journey: str, skip: Sequence[str]) -> TicketView:
    entry, ticket = turn.catalogue.journey(journey), _going_on(turn, paper)
    if ticket.journey:
        raise JourneyRefused(label=ticket.label, reason="on_journey", service=ticket.service)
    way = read_way(turn, ticket.visit_id)
    wanted = wanted_steps(turn, entry, skip, without=_known(turn, paper, way))
    ahead = Prospects(turn, priority=ticket.priority)
    wanted = open_steps(wanted, ahead.opens_in, lambda service: _refuse_closed(turn, service))
    if not wanted.planned:
        raise JourneyRefused(label=ticket.label, reason="nothing_to_add", service=ticket.service)
    longer = way.adding(wanted.planned)
    write_way(turn, ticket.visit_id, replace(longer, gone=longer.gone + wanted.gone), begun=ticket.leg)
    keys = {"site": turn.site, "visit": ticket.visit_id, "named": entry.id}
    turn.connection.execute(_NAME, keys)
    services = [ticket.service, *(step.service for step in longer.planned)]
    return _changed(turn, ticket, EventKind.JOURNEY_BEGUN, journey=entry.id, services=services)


def _refuse_closed(turn: Turn, service: str) -> None:
    opening = read_openness(read_outlook(turn)).of(service)
    raise ServiceClosed(service=service, reason=opening.reason, opens_at=opening.opens_at)


def _known(turn: Turn, paper: str, way: Way) -> frozenset[str]:
    """The services that a visit has done, waits for or plans."""
    begun = (row.service for row in find_rows(turn, paper) if Status(row.status) in OPEN | {Status.COMPLETED})
    return frozenset([*begun, *(step.service for step in way.planned)])


def _going_on(turn: Turn, paper: str) -> TicketRow:
    ticket = find_rows(turn, paper)[-1]
    if Status(ticket.status) not in OPEN:
        raise JourneyRefused(label=ticket.label, reason="over", service=ticket.service)
    return ticket


def _changed(turn: Turn, ticket: TicketRow, kind: EventKind, **said: object) -> TicketView:
    """Tell of a change of what lies ahead, as of the ticket after it."""
    turn.before.setdefault(ticket.ticket_id, ticket)
    now = by_id(turn.connection, turn.site, ticket.ticket_id)
    turn.emit(kind, now, counter=now.counter, answers=True, **said)
    return in_line(turn, now)
