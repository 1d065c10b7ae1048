"""Taking a number."""

from __future__ import annotations

from queue_core import Lobby
from tests.support.house import Requests


def test_numbers_of_an_agency_run_from_one_without_a_gap(lobby: Lobby, ask: Requests) -> None:
    labels = [
        lobby.issue(service, request_id=ask()).ticket.label
        for service in ("DK.ktp", "DK.kk", "BN.sim", "DK.ktp")
    ]
    assert labels == ["DK 001", "DK 002", "BN 001", "DK 003"]
