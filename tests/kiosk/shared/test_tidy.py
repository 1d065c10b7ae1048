"""What is old is erased by whichever program runs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.settings import Settings
from kiosk.shared.backend import Backend
from kiosk.shared.tidy import Tidy
from queue_core import Lobby
from queue_core.errors import StoreUnreachable, UnknownTicket
from queue_core.settings import Catalogue
from tests.support.house import Clock, Requests


def test_links_are_erased_once_a_day_and_a_store_that_is_away_is_tried_again(
    lobby: Lobby, clock: Clock, catalogue: Catalogue, ask: Requests
) -> None:
    token = lobby.issue("DK.ktp", request_id=ask()).token
    settings = Settings.model_validate({**catalogue.model_dump(exclude_none=True), "web": {"keep_days": 2}})
    beats: list[object] = []
    away = [False]

    def beat() -> None:
        if away[0]:
            raise StoreUnreachable(detail="off")
        beats.append(None)

    tidy = Tidy(Backend(settings, lobby, None, clock, ask, lambda: None), beat)  # type: ignore[arg-type]
    for _ in range(2):
        tidy()
    assert lobby.ticket_story("DK 001").token == token
    clock.now += timedelta(days=3)
    away[0] = True
    with pytest.raises(StoreUnreachable):
        tidy()
    away[0] = False
    tidy()
    assert len(beats) == 3
    assert lobby.erase_old(keep_days=2, rating_days=2) == 0  # it was done
    with pytest.raises(UnknownTicket):
        lobby.visit_status(token)
