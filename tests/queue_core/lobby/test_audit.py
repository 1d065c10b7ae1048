"""Who did what, where and when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from queue_core import Actor, Lobby, spans
from queue_core.views import AuditFilter
from tests.support.house import Clock, Requests

SARI, BUDI = Actor("sari", "C1"), Actor("budi", "C2")
TUESDAY = date(2026, 11, 24)

pytestmark = pytest.mark.usefixtures("sari")


def kinds(lobby: Lobby, days: int = 1, **wanted: str) -> list[str]:
    span = spans.days(TUESDAY, TUESDAY + timedelta(days=days - 1))
    return [event.kind for event in lobby.audit(span, AuditFilter(**wanted))]


def test_the_trail_is_asked_by_person_place_number_kind_and_day(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    lobby.issue("DK.ktp", request_id=ask(), by=Actor(machine="K1"))
    lobby.issue("DK.ktp", request_id=ask(), by=Actor(machine="K1"))
    lobby.call_next("1", by=SARI)
    lobby.start("1", by=SARI)
    lobby.call_next("2", by=BUDI)
    assert kinds(lobby, staff=" Sari ") == ["counter_opened", "called", "started"]
    assert kinds(lobby, machine="K1") == ["issued", "issued"]
    assert kinds(lobby, label="dk2") == ["issued", "called"]
    assert kinds(lobby, kind="called", staff="budi") == ["called"]
    assert kinds(lobby, staff="nobody") == []
    whole = lobby.audit(spans.days(TUESDAY, TUESDAY), AuditFilter())
    assert [event.seq for event in whole] == sorted(event.seq for event in whole)
    assert lobby.audit(spans.days(TUESDAY, TUESDAY), AuditFilter(), limit=2) == whole[-2:]


def test_a_night_belongs_to_the_day_before_it(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    clock.forward(hours=18)  # 03:00 on Wednesday
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(hours=1)
    lobby.issue("DK.kk", request_id=ask())
    issued = AuditFilter(kind="issued")
    days = [spans.days(day, day) for day in (TUESDAY, TUESDAY + timedelta(days=1))]
    assert [[event.service for event in lobby.audit(day, issued)] for day in days] == [["DK.ktp"], ["DK.kk"]]
    assert kinds(lobby, days=2, kind="issued") == ["issued", "issued"]
