"""At a moment of the day: do the board, the counters, the phones, the supervisor and the account say the same of everybody?"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from bench.day.player import Players
from queue_core import Store, spans
from queue_core.lobby.tables import TICKET
from queue_core.views import Report, VisitStatus

MOST_SHOWN = 50
"""So many of a line are listed."""
MOST_PASSES, MOST_OWED = 2, 3
"""The cap of the hall's policies, and what no ratio there may owe: less than both its sides together."""


def all_agree(players: Players) -> None:
    """Compare all that is shown; an AssertionError names what differs."""
    places = _lines(players)
    _phones(players, places)
    _counters(players, places)
    _board(players)
    _overview(players)
    _doors(players)


def _lines(players: Players) -> dict[str, int]:
    """The place of each who waits, as the lines have it."""
    places: dict[str, int] = {}
    for service in players.services:
        line = players.lobby.line(service)
        waiting = players.account.waiting(service)
        assert {ticket.label for ticket in line} <= waiting, service
        assert len(line) == min(len(waiting), MOST_SHOWN), service
        assert [ticket.position for ticket in line] == list(range(1, len(line) + 1))
        places |= {ticket.label: place for place, ticket in enumerate(line, start=1)}
    return places


def _phones(players: Players, places: dict[str, int]) -> None:
    phones = {phone.label: (token, phone) for token, phone in players.lobby.visits_under_way().visits.items()}
    waiting = {
        label for label in players.account.visits if players.account.visits[label].now.status == "waiting"
    }
    assert waiting <= set(phones)
    for label, (_, phone) in phones.items():
        wait = players.account.visits[label].now
        assert (phone.ticket.status.value, phone.ticket.service) == (wait.status, wait.service), label
        place = phone.ticket.position
        assert place == places.get(label) or (place or 0) > MOST_SHOWN, label
        assert phone.ahead == (place or 1) - 1, label
        assert len([leg for leg in phone.legs if leg.status]) == len(players.account.visits[label].waits), (
            label
        )
        if wait.status in {"called", "serving"}:
            assert phone.ticket.counter == wait.counter, label
    for token, phone in list(phones.values())[:5]:
        assert _told(players.lobby.visit_status(token)) == _told(phone)


def _told(phone: VisitStatus) -> tuple[object, ...]:
    return phone.ticket, phone.ahead, phone.wait, phone.legs, phone.counters


def _counters(players: Players, places: dict[str, int]) -> None:
    for counter in players.counters:
        view = players.lobby.counter_view(counter)
        current = view.counter.current
        assert (current.label if current else None) == players.account.at(counter), counter
        waiting = players.account.for_counter(counter)
        assert view.counter.services == players.account.seats[counter].services
        assert (view.counter.state, view.waiting_count) == (
            players.account.seats[counter].state,
            len(waiting),
        )
        assert {ticket.label for ticket in view.waiting} <= waiting
        assert len(view.waiting) == min(len(waiting), MOST_SHOWN)
        for ticket in view.waiting:
            assert ticket.position == places.get(ticket.label, ticket.position), counter
        if view.waiting and players.keeps_order(counter):
            assert places[view.waiting[0].label] == 1, counter


def _board(players: Players) -> None:
    board = players.lobby.board(last=40)
    assert board.waiting == sum(len(players.account.waiting(service)) for service in players.services)
    assert (board.notice.texts if board.notice else {}) == players.account.notice
    for call in board.calls:
        waits = [wait for wait in players.account.visits[call.label].waits if wait.called]
        assert (call.status.value, call.counter) in {(wait.status, wait.counter) for wait in waits}, call


def _overview(players: Players) -> None:
    overview = players.lobby.queues()
    counted = {service: Counter[str]() for service in players.services}
    first = Counter[str]()
    for visit in players.account.visits.values():
        for wait in visit.waits:
            counted[wait.service][wait.status] += 1
        first[visit.now.service] += visit.priority and visit.now.status == "waiting"
    for queue in overview.queues:
        here = counted[queue.service]
        assert (queue.waiting, queue.waiting_priority) == (here["waiting"], first[queue.service]), (
            queue.service
        )
        assert (queue.serving, queue.held) == (here["called"] + here["serving"], here["held"]), queue.service
        done = (queue.issued, queue.completed, queue.no_show, queue.cancelled, queue.transferred)
        kinds = ("completed", "no_show", "cancelled", "transferred")
        assert done == (here.total(), *(here[kind] for kind in kinds)), queue.service
    running = {(each.kind.value, each.subject) for each in overview.alert_records if each.ended_at is None}
    assert running >= players.account.alerts
    for counter in overview.counters:
        assert (counter.state, counter.services) == (
            players.account.seats[counter.id].state,
            players.account.seats[counter.id].services,
        )
        assert (counter.current.label if counter.current else None) == players.account.at(counter.id)


def _doors(players: Players) -> None:
    """The entrance, the supervisor and the boards have the same places closed by hand."""
    shut = players.account.shut
    offered = {each.id: each.opening for agency in players.lobby.offer().agencies for each in agency.services}
    for queue in players.lobby.queues().queues:
        closed = bool({queue.service, queue.agency} & shut)
        assert (offered[queue.service].reason == "by_hand") == closed, queue.service
        assert (queue.opening.open, queue.opening.reason) == (
            offered[queue.service].open,
            offered[queue.service].reason,
        )
    assert {each.agency for each in players.lobby.board().early} == shut & {each[:2] for each in shut}


def no_cap_was_broken(store: Store) -> None:
    """What the tickets remember never goes past what the policies allow."""
    with store.read() as connection:
        passed, owed = connection.execute(select(func.max(TICKET.c.passed), func.max(TICKET.c.owed))).one()
    assert (passed or 0) <= MOST_PASSES
    assert (owed or 0) < MOST_OWED


def figures_are_the_account(players: Players) -> Report:
    """The report of the day against the account: visits, what became of each wait, and how long it took."""
    today = players.lobby.queues().business_date
    report = players.lobby.report(spans.days(today, today))
    for service in players.services:
        tally = report.services.get(service)
        visits = [v for v in players.account.visits.values() if v.waits[0].service == service]
        waits = [w for v in players.account.visits.values() for w in v.waits if w.service == service]
        kinds = Counter(wait.status for wait in waits)
        if tally is None:
            assert not waits, service
            continue
        assert (tally.visits, tally.tickets) == (len(visits), len(waits)), service
        assert tally.priority == sum(visit.priority for visit in visits), service
        ended = (tally.served, tally.no_show, tally.cancelled, tally.transferred, tally.expired)
        names = ("completed", "no_show", "cancelled", "transferred", "expired")
        assert ended == tuple(kinds[name] for name in names), service
        called = [wait for wait in waits if wait.called]
        assert tally.called == len(called), service
        if not any(wait.moved for wait in waits):
            waited = sum((wait.called - wait.begun).total_seconds() for wait in called if wait.called)
            assert abs(tally.waited - waited) <= len(called), service  # each rounded to a second
    assert report.total.visits == len(players.account.visits)
    assert sum(each.answers for each in players.lobby.ratings()) == players.rated
    return report
