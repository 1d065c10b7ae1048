"""What the counter's screen says, in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.counter.phrases import away, closing_line, last_call
from kiosk.i18n import Words
from queue_core import Lobby, Status
from queue_core.views import ClosingView
from tests.support.house import MORNING, Clock, Requests

ID = Words("id")


def test_before_closing_staff_read_how_many_wait_and_how_many_can_be_served(lobby: Lobby) -> None:
    view = lobby.counter_view("1")
    assert closing_line(view, ID) == ""
    closing = ClosingView(MORNING + timedelta(minutes=30), minutes=30, waiting=12, can_serve=8)
    said = closing_line(replace(view, closing=closing), ID)
    assert said == "12 menunggu, 30 menit lagi tutup, kira-kira 8 dapat dilayani"


def test_who_is_away_is_told_with_the_time_left_and_the_reason(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    ticket = lobby.issue("DK.ktp", request_id=ask()).ticket
    assert away(ticket, clock.now, ID) == ""
    held = replace(ticket, reason="Fotokopi", held_until=clock.now + timedelta(minutes=10))
    assert away(held, clock.now, ID) == "↩ 10.00 · Fotokopi"
    assert away(replace(held, reason=""), clock.now + timedelta(hours=1), ID) == "↩ 00.00"


def test_after_the_last_call_the_key_is_named(lobby: Lobby, ask: Requests) -> None:
    ticket = replace(lobby.issue("DK.ktp", request_id=ask()).ticket, status=Status.CALLED, calls=2)
    assert last_call(ticket, 3, "H", ID) == ""
    assert last_call(replace(ticket, calls=3), 3, "H", ID) == "Panggilan ke-3: H mencatat DK 001 tidak hadir"
