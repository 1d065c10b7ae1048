"""What a visitor does on the phone: look, let others go first, say how it was; and what is erased in time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, func, select

from queue_core import Lobby, Store
from queue_core.errors import CannotStepBack, IllegalMove, UnknownTicket
from queue_core.events import EventKind
from queue_core.lobby.tables import ANNOUNCEMENT, EVENT, PRINT_JOB, RATING, TICKET, VISIT
from queue_core.views import IssuedTicket
from tests.support.house import Clock, Requests


def arrive(
    lobby: Lobby, clock: Clock, ask: Requests, people: int, *, priority: bool = False
) -> list[IssuedTicket]:
    """So many come for an ID card, a minute apart."""
    issued = []
    for _ in range(people):
        issued.append(lobby.issue("DK.ktp", request_id=ask(), printer="K1", priority=priority))
        clock.forward(minutes=1)
    return issued


def line(lobby: Lobby) -> list[int]:
    return [ticket.number for ticket in lobby.line("DK.ktp")]


def serve(lobby: Lobby, counter: str = "1") -> None:
    lobby.call_next(counter)
    lobby.start(counter)
    lobby.complete(counter)


# ------------------------------------------------------------------ the whole hall in one look


def test_one_look_tells_each_visitor_what_their_own_would(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    visits = arrive(lobby, clock, ask, 4) + arrive(lobby, clock, ask, 1, priority=True)
    visits.append(lobby.start_journey("pindah", request_id=ask(), skip=["DK.kk"]))
    visits.append(lobby.issue("BN.sim", request_id=ask()))
    lobby.call_next("1")
    lobby.hold("1")
    lobby.call_next("3")
    lobby.start("3")
    seen = lobby.visits_under_way().visits
    assert seen == {each.token: lobby.visit_status(each.token) for each in visits}
    assert len(seen) == 7


def test_who_has_left_is_not_under_way(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    served, gone, here = arrive(lobby, clock, ask, 3)
    serve(lobby)
    lobby.cancel(gone.token)
    assert set(lobby.visits_under_way().visits) == {here.token}
    clock.forward(days=1)
    assert lobby.visits_under_way().visits == {}
    assert served.token


def test_a_look_at_the_hall_takes_as_many_statements_for_one_as_for_many(
    lobby: Lobby, store: Store, clock: Clock, ask: Requests
) -> None:
    counts = []
    for people in (1, 30):
        arrive(lobby, clock, ask, people)
        statements: list[str] = []
        with lobby.look() as look:
            engine = look.connection.engine

        def note(*args: object, statements: list[str] = statements) -> None:
            statements.append(str(args[2]))

        event.listen(engine, "before_cursor_execute", note)
        lobby.visits_under_way()
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(statements))
    assert counts[0] == counts[1]


# ------------------------------------------------------------------ let others go first


def test_the_next_two_go_first_and_nobody_else_moves(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    visits = arrive(lobby, clock, ask, 6)
    lobby.step_back(visits[1].token)
    assert line(lobby) == [1, 3, 4, 2, 5, 6]
    assert [lobby.call_next("1").number for _ in range(1)] == [1]  # type: ignore[union-attr]


def test_at_the_end_of_the_line_it_is_as_many_as_there_are(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    visits = arrive(lobby, clock, ask, 3)
    lobby.step_back(visits[1].token)
    assert line(lobby) == [1, 3, 2]
    arrive(lobby, clock, ask, 1)
    assert line(lobby) == [1, 3, 2, 4]


def test_two_who_step_behind_the_same_person_keep_their_order(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    visits = arrive(lobby, clock, ask, 6)
    lobby.step_back(visits[1].token)
    lobby.step_back(visits[0].token, places=2)
    assert line(lobby) == [3, 4, 1, 2, 5, 6]


def test_the_promise_counts_from_the_new_place_and_the_announced_wait_is_given_up(
    lobby: Lobby, store: Store, clock: Clock, ask: Requests
) -> None:
    lobby.open_counter("1")
    visits = arrive(lobby, clock, ask, 4)
    before = visits[0].ticket
    after = lobby.step_back("DK 001")
    assert after.due_at - after.waiting_since == before.due_at - before.waiting_since
    assert visits[2].ticket.waiting_since < after.waiting_since < visits[3].ticket.waiting_since
    with store.read() as connection:
        low = connection.scalars(
            select(TICKET.c.wait_low).where(TICKET.c.ticket_id == before.ticket_id)
        ).one()
    assert low is None


def test_only_those_of_ones_own_class_are_let_go_first(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    arrive(lobby, clock, ask, 3)
    (first,) = arrive(lobby, clock, ask, 1, priority=True)
    with pytest.raises(CannotStepBack) as refusal:
        lobby.step_back(first.token)
    assert refusal.value.data["reason"] == "nobody_behind"
    assert line(lobby) == [4, 1, 2, 3]


def test_a_visit_may_step_back_twice(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    visits = arrive(lobby, clock, ask, 8)
    mine = visits[0].token
    assert lobby.visit_status(mine).can_step_back
    lobby.step_back(mine)
    lobby.step_back(mine)
    assert line(lobby) == [2, 3, 4, 5, 1, 6, 7, 8]
    assert not lobby.visit_status(mine).can_step_back
    with pytest.raises(CannotStepBack) as refusal:
        lobby.step_back(mine)
    assert refusal.value.data == {"label": "DK 001", "reason": "used_up", "most": 2}
    assert line(lobby) == [2, 3, 4, 5, 1, 6, 7, 8]


def test_who_does_not_wait_cannot_step_back(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    visits = arrive(lobby, clock, ask, 3)
    lobby.call_next("1")
    with pytest.raises(IllegalMove):
        lobby.step_back(visits[0].token)
    with pytest.raises(UnknownTicket):
        lobby.step_back("A" * 26)


def test_a_repeated_request_steps_back_once(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    visits = arrive(lobby, clock, ask, 6)
    for _ in range(2):
        lobby.step_back(visits[0].token, request_id="again")
    assert line(lobby) == [2, 3, 1, 4, 5, 6]
    story = lobby.ticket_story("DK 001")
    stepped = [each for each in story.events if each.kind == EventKind.STEPPED_BACK]
    assert [each.data["places"] for each in stepped] == [2]


def test_many_who_step_back_at_once_lose_nobody(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    visits = arrive(lobby, clock, ask, 12)
    with ThreadPoolExecutor(6) as phones:
        list(phones.map(lambda each: lobby.step_back(each.token), visits[:6]))
    assert sorted(line(lobby)) == list(range(1, 13))
    assert [lobby.visit_status(each.token).ticket.position for each in visits[8:]] == [9, 10, 11, 12]


# ------------------------------------------------------------------ how it was


def test_a_visit_says_once_how_it_was(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    visits = arrive(lobby, clock, ask, 2)
    serve(lobby)
    serve(lobby)
    assert lobby.visit_status(visits[0].token).can_rate
    assert lobby.rate(visits[0].token, 4)
    assert not lobby.rate(visits[0].token, 1)
    assert lobby.rate(visits[1].token, 4)
    assert not lobby.visit_status(visits[0].token).can_rate
    assert [(each.service, each.score, each.answers) for each in lobby.ratings()] == [("DK.ktp", 4, 2)]


def test_nothing_tells_who_gave_which_score(lobby: Lobby, store: Store, clock: Clock, ask: Requests) -> None:
    (mine,) = arrive(lobby, clock, ask, 1)
    serve(lobby)
    with store.read() as connection:
        before = connection.scalar(select(func.count()).select_from(EVENT))
    lobby.rate(mine.token, 2)
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(EVENT)) == before
        assert set(connection.execute(select(RATING)).one()._mapping) == {
            *("site_id", "business_date", "service", "score", "answers"),
        }


@pytest.mark.parametrize("score", [0, 5, -1])
def test_there_are_four_scores(lobby: Lobby, clock: Clock, ask: Requests, score: int) -> None:
    (mine,) = arrive(lobby, clock, ask, 1)
    serve(lobby)
    with pytest.raises(ValueError, match=str(score)):
        lobby.rate(mine.token, score)


def test_who_was_not_served_to_the_end_is_not_asked(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    journey = lobby.start_journey("pindah", request_id=ask(), skip=["DK.kk"])
    serve(lobby)
    assert not lobby.visit_status(journey.token).can_rate
    with pytest.raises(IllegalMove):
        lobby.rate(journey.token, 4)
    serve(lobby, "3")
    assert lobby.rate(journey.token, 3)
    assert [each.service for each in lobby.ratings()] == ["BN.sim"]


# ------------------------------------------------------------------ forgetting


def test_what_could_be_typed_is_erased_after_its_days_and_the_numbers_stay(
    lobby: Lobby, store: Store, clock: Clock, ask: Requests
) -> None:
    (old,) = arrive(lobby, clock, ask, 1)
    serve(lobby)
    lobby.rate(old.token, 4)
    lobby.claim_announcement(2, "B1")
    clock.forward(days=1)
    (new,) = arrive(lobby, clock, ask, 1)
    assert lobby.erase_old(keep_days=1, rating_days=30) == 0
    clock.forward(days=1, minutes=-5)
    assert lobby.erase_old(keep_days=1, rating_days=30) == 1
    assert lobby.erase_old(keep_days=1, rating_days=30) == 0
    with store.read() as connection:
        tokens = set(connection.scalars(select(VISIT.c.token)))
        assert connection.scalar(select(func.count()).select_from(ANNOUNCEMENT)) == 0
        assert connection.scalar(select(func.count()).select_from(PRINT_JOB)) == 1
        assert connection.scalar(select(func.count()).select_from(RATING)) == 1
        assert connection.scalar(select(func.count()).select_from(VISIT)) == 2
    assert old.token not in tokens
    assert new.token in tokens
    assert lobby.ticket_story("DK 001").token == new.token


def test_the_story_of_a_visit_whose_token_was_erased_has_none(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    arrive(lobby, clock, ask, 1)
    clock.forward(days=3)
    lobby.erase_old(keep_days=2, rating_days=2)
    assert lobby.ticket_story("DK 001").token == ""


def test_sums_of_ratings_are_erased_after_their_own_days(
    lobby: Lobby, store: Store, clock: Clock, ask: Requests
) -> None:
    (mine,) = arrive(lobby, clock, ask, 1)
    serve(lobby)
    lobby.rate(mine.token, 4)
    clock.forward(days=31)
    lobby.erase_old(keep_days=1, rating_days=30)
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(RATING)) == 0
