"""Quotas: counted with each number, never passed, given back by who cancels."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from queue_core import Lobby, Store
from queue_core.errors import QuotaReached
from queue_core.settings import Catalogue
from tests.support.crowd import lobby_of
from tests.support.house import SITE, Clock, Requests

ISSUERS, EACH = 16, 6


def limited(catalogue: Catalogue, **limits: dict[str, int]) -> Catalogue:
    """The same with limits for `site`, an agency (`DK`) or a service (`ktp`)."""
    raw: dict[str, Any] = catalogue.model_dump(exclude_none=True)
    raw["site"][0] |= limits.get("site", {})
    for agency in raw["agency"]:
        agency |= limits.get(agency["code"], {})
        for service in agency["service"]:
            service |= limits.get(service["id"], {})
    return Catalogue.model_validate(raw)


def take(lobby: Lobby, ask: Requests, service: str = "DK.ktp") -> str:
    """The label of a new number, or why there is none."""
    try:
        return lobby.issue(service, request_id=ask()).ticket.label
    except QuotaReached as refused:
        return str(refused.data["reason"])


def test_a_days_quota_ends_with_its_last_number_and_begins_anew_the_next_day(
    lobby: Lobby, catalogue: Catalogue, clock: Clock, ask: Requests
) -> None:
    lobby.apply_catalogue(limited(catalogue, ktp={"quota": 2}))
    assert lobby.place("DK.ktp").opening.left == 2
    assert [take(lobby, ask) for _ in range(3)] == ["DK 001", "DK 002", "quota_day"]
    assert take(lobby, ask, "DK.kk") == "DK 003"
    seen = lobby.place("DK.ktp").opening
    assert (seen.open, seen.left, seen.opens_at) == (False, 0, clock.now.replace(hour=20))  # 04:00 in Kupang
    again = lobby.issue("DK.ktp", request_id="r1")  # the first one's request: an answer, not a number
    assert (again.ticket.label, again.repeated) == ("DK 001", True)
    clock.forward(days=1)
    assert take(lobby, ask) == "DK 001"


def test_an_hours_quota_is_that_of_the_clock_on_the_wall(
    lobby: Lobby, catalogue: Catalogue, clock: Clock, ask: Requests
) -> None:
    lobby.apply_catalogue(limited(catalogue, DK={"quota_per_hour": 2}))
    clock.forward(minutes=50)
    assert [take(lobby, ask), take(lobby, ask, "DK.kk"), take(lobby, ask)] == [
        "DK 001",
        "DK 002",
        "quota_hour",
    ]
    assert take(lobby, ask, "BN.sim") == "BN 001"
    offer = {agency.code: agency.opening for agency in lobby.offer().agencies}
    assert offer["DK"].opens_at == clock.now.replace(hour=2, minute=0)
    clock.forward(minutes=10)
    assert take(lobby, ask) == "DK 003"


def test_who_cancels_before_being_served_gives_the_number_back(
    lobby: Lobby, catalogue: Catalogue, clock: Clock, ask: Requests
) -> None:
    lobby.apply_catalogue(limited(catalogue, ktp={"quota": 2, "quota_per_hour": 2}, site={"quota": 9}))
    assert [take(lobby, ask) for _ in range(3)] == ["DK 001", "DK 002", "quota_day"]
    clock.forward(hours=1)
    lobby.cancel("DK 002")
    assert (lobby.place("DK.ktp").opening.left, lobby.place("*").opening.left) == (1, 8)
    assert take(lobby, ask) == "DK 003"
    lobby.call_next("1", request_id=ask())
    lobby.no_show("1", request_id=ask())
    assert take(lobby, ask) == "quota_day"  # who does not come has used the number
    lobby.restore("DK 001", request_id=ask())
    assert lobby.place("DK.ktp").opening.left == 0


def test_a_journey_counts_for_each_of_its_services_and_once_for_an_agency(
    lobby: Lobby, catalogue: Catalogue, ask: Requests
) -> None:
    lobby.apply_catalogue(limited(catalogue, DK={"quota": 5}, sim={"quota": 1}, kk={"quota": 3}))
    lobby.start_journey("pindah", request_id=ask())
    left = [lobby.place(target).opening.left for target in ("DK", "DK.kk", "BN.sim")]
    assert left == [4, 2, 0]
    with pytest.raises(QuotaReached):
        lobby.start_journey("pindah", request_id=ask())
    assert [lobby.place(target).opening.left for target in ("DK", "DK.kk")] == [4, 2]
    lobby.cancel("DK 001")
    assert [lobby.place(target).opening.left for target in ("DK", "DK.kk", "BN.sim")] == [5, 3, 1]


def test_a_supervisor_gives_numbers_beyond_the_quota_and_they_are_counted(
    lobby: Lobby, catalogue: Catalogue, ask: Requests
) -> None:
    lobby.apply_catalogue(limited(catalogue, ktp={"quota": 1}))
    assert [take(lobby, ask), take(lobby, ask)] == ["DK 001", "quota_day"]
    lobby.force_open("DK.ktp", request_id=ask())
    assert take(lobby, ask) == "DK 002"
    lobby.lift_override("DK.ktp", request_id=ask())
    assert take(lobby, ask) == "quota_day"


def test_numbers_from_a_roll_count_and_are_never_refused(
    lobby: Lobby, catalogue: Catalogue, ask: Requests
) -> None:
    lobby.apply_catalogue(limited(catalogue, ktp={"quota": 3}))
    lobby.start_roll("DK.ktp", 1, 50, request_id=ask())
    lobby.hand_out("DK", 5, request_id=ask())
    assert take(lobby, ask) == "quota_day"


def test_a_full_line_stops_numbers_where_the_rules_say_so(
    lobby: Lobby, catalogue: Catalogue, ask: Requests
) -> None:
    full = limited(catalogue, ktp={"stop_when_full": True})
    raw = full.model_dump(exclude_none=True)
    raw["site"][0]["hours"] = {"tue": ["08:00-09:30"], "wed": ["08:00-12:00"]}
    lobby.apply_catalogue(Catalogue.model_validate(raw))
    lobby.open_counter("1")
    taken = 0
    while lobby.place("DK.ktp").opening.open:
        lobby.issue("DK.ktp", request_id=ask())
        taken += 1
    assert 3 <= taken <= 5  # half an hour, ten minutes each
    assert lobby.place("DK.ktp").opening.reason == "full"
    assert lobby.place("DK.kk").opening.open
    lobby.close_counter("1")
    assert lobby.place("DK.ktp").opening.open  # without a counter nobody can tell


@pytest.mark.story
def test_sixteen_programs_at_once_never_pass_a_quota(
    store: Store, store_url: str, catalogue: Catalogue
) -> None:
    lobby = lobby_of(store, SITE)
    lobby.apply_catalogue(limited(catalogue, ktp={"quota": 10}, DK={"quota": 17}, sim={"quota_per_hour": 7}))
    command = [
        sys.executable,
        "-m",
        "tests.support.crowd",
        store_url,
        SITE,
        *map(str, (ISSUERS, 0, EACH)),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=180, check=True, cwd=Path(__file__).parents[3]
    )
    assert json.loads(done.stdout)["refused"] == []
    issued = [event for event in lobby.events_after(0, limit=10_000) if event.kind == "issued"]
    services = Counter(event.service for event in issued)
    assert services["DK.ktp"] + services["DK.kk"] == 17
    assert services["DK.ktp"] <= 10
    hours = Counter(event.at.hour for event in issued if event.service == "BN.sim")
    assert max(hours.values()) == 7
