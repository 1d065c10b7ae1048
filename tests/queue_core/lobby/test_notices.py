"""What the supervisor has the boards say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queue_core import Lobby
from queue_core.errors import NotAllowed, NoticeOver
from queue_core.events import Actor, EventKind
from queue_core.lobby.notices import LONGEST_NOTICE
from tests.support.house import Clock

SARI, BUDI = Actor(staff="sari", machine="C1"), Actor(staff="budi", machine="C1")


@pytest.fixture(autouse=True)
def staff(lobby: Lobby) -> None:
    lobby.add_staff("sari", "Sari", "4071", "supervisor")
    lobby.add_staff("budi", "Budi", "5182", "counter")


def test_a_notice_is_written_by_supervisors_or_a_machine_alone(lobby: Lobby) -> None:
    for attempt in (lambda: lobby.set_notice({"id": "Satu"}, by=BUDI), lambda: lobby.clear_notice(by=BUDI)):
        with pytest.raises(NotAllowed):
            attempt()
    assert lobby.set_notice({"id": "Satu"}).staff == ""


def test_a_notice_stands_on_the_boards_and_before_the_supervisor_until_its_end(
    lobby: Lobby, clock: Clock
) -> None:
    assert (lobby.notice(), lobby.board().notice, lobby.queues().notice) == (None, None, None)
    until = clock.now + timedelta(minutes=30)
    said = lobby.set_notice({"id": " Listrik  padam ", "en": ""}, until=until, by=SARI)
    assert (said.texts, said.until, said.set_at, said.staff) == (
        *({"id": "Listrik padam"}, until, clock.now, "sari"),
    )
    assert lobby.notice() == lobby.board().notice == lobby.queues().notice == said
    clock.forward(minutes=30)
    assert (lobby.notice(), lobby.board().notice) == (None, None)


def test_without_an_end_it_stands_for_the_rest_of_the_day(lobby: Lobby, clock: Clock) -> None:
    lobby.set_notice({"id": "Tutup lebih awal"})
    clock.forward(hours=14)
    assert lobby.notice() is not None
    clock.forward(hours=10)
    assert lobby.notice() is None


def test_with_an_end_it_stands_over_the_night(lobby: Lobby, clock: Clock) -> None:
    lobby.set_notice({"id": "Libur hari Rabu"}, until=clock.now + timedelta(days=2))
    clock.forward(days=1)
    assert lobby.notice() is not None


def test_a_new_notice_takes_the_place_of_the_old_one_and_each_is_an_event(lobby: Lobby) -> None:
    seq = lobby.board().seq
    lobby.set_notice({"id": "Satu"}, by=SARI)
    lobby.set_notice({"id": "Dua", "en": "Two"}, by=SARI)
    assert lobby.clear_notice(by=SARI)
    assert not lobby.clear_notice(by=SARI)
    assert lobby.notice() is None
    events = lobby.events_after(seq)
    assert [(event.kind, event.staff) for event in events] == [
        (EventKind.NOTICE_SET, "sari"),
        (EventKind.NOTICE_SET, "sari"),
        (EventKind.NOTICE_CLEARED, "sari"),
    ]
    assert events[1].data["texts"] == {"id": "Dua", "en": "Two"}


def test_asked_twice_it_is_written_once(lobby: Lobby, clock: Clock) -> None:
    until = clock.now + timedelta(hours=1)
    first = lobby.set_notice({"id": "Satu"}, until=until, request_id="n1")
    lobby.set_notice({"id": "Dua"}, request_id="n2")
    assert lobby.set_notice({"id": "Satu"}, until=until, request_id="n1") == first
    shown = lobby.notice()
    assert shown is not None
    assert shown.texts == {"id": "Dua"}
    assert lobby.clear_notice(request_id="n3")
    lobby.set_notice({"id": "Tiga"})
    assert lobby.clear_notice(request_id="n3")
    assert lobby.notice() is not None


@pytest.mark.parametrize("texts", [{}, {"id": "  "}, {"id": "x" * (LONGEST_NOTICE + 1)}])
def test_nothing_and_too_much_cannot_be_said(lobby: Lobby, texts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"^\{"):
        lobby.set_notice(texts)


def test_an_end_that_has_passed_is_refused(lobby: Lobby, clock: Clock) -> None:
    with pytest.raises(NoticeOver):
        lobby.set_notice({"id": "Satu"}, until=clock.now)
    assert lobby.notice() is None
