"""Who waits in one service's line."""

from __future__ import annotations

import pytest

from queue_core import Lobby
from queue_core.errors import UnknownService
from tests.support.house import Requests


def test_a_line_is_told_in_the_order_in_which_it_will_be_called(lobby: Lobby, ask: Requests) -> None:
    for service, priority in (("DK.ktp", False), ("DK.kk", False), ("DK.ktp", True), ("DK.ktp", False)):
        lobby.issue(service, request_id=ask(), priority=priority)
    line = lobby.line("dk.KTP")
    assert [(ticket.label, ticket.position) for ticket in line] == [
        ("DK 003", 1),
        ("DK 001", 2),
        ("DK 004", 3),
    ]
    called = lobby.call_next("1")
    assert called is not None
    assert called.label == line[0].label
    assert len(lobby.line("DK.ktp")) == 2


def test_an_empty_line_is_an_answer_and_an_unknown_one_is_not(lobby: Lobby) -> None:
    assert lobby.line("BN.sim") == ()
    with pytest.raises(UnknownService):
        lobby.line("BN.none")
