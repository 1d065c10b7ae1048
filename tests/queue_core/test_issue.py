"""Taking a number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from queue_core import Actor, Lobby, Status, Store
from queue_core.errors import (
    RequestReused,
    ServiceClosed,
    SiteClosed,
    UnknownJourney,
    UnknownService,
    UnknownSite,
)
from queue_core.ids import RandomBytes
from queue_core.settings import Catalogue
from queue_core.views import WaitRange
from tests.support.house import SITE, Clock, Requests


def kinds(lobby: Lobby, after: int = 0) -> list[str]:
    return [event.kind for event in lobby.events_after(after)]


def test_numbers_of_an_agency_run_from_one_without_a_gap(lobby: Lobby, ask: Requests) -> None:
    wanted = ("DK.ktp", "DK.kk", "BN.sim", "DK.ktp")
    labels = [lobby.issue(service, request_id=ask()).ticket.label for service in wanted]
    assert labels == ["DK 001", "DK 002", "BN 001", "DK 003"]


def test_a_new_day_begins_at_one_and_yesterdays_numbers_stay(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(days=1)
    issued = lobby.issue("DK.ktp", request_id=ask())
    assert (issued.ticket.label, issued.business_date) == ("DK 001", date(2026, 11, 25))


def test_what_happens_before_the_day_starts_is_still_yesterdays(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    clock.now = datetime.fromisoformat("2026-11-28T23:50:00+08:00")
    lobby.issue("DK.ktp", request_id=ask())
    clock.now = datetime.fromisoformat("2026-11-29T03:59:00+08:00")
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.number == 2
    clock.now = datetime.fromisoformat("2026-11-29T04:00:00+08:00")
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.number == 1


def test_a_service_is_found_however_its_letters_are_cased(lobby: Lobby, ask: Requests) -> None:
    assert lobby.issue(" dk.KTP ", request_id=ask()).ticket.service == "DK.ktp"


def test_an_unknown_service_names_the_nearest(lobby: Lobby, ask: Requests) -> None:
    with pytest.raises(UnknownService) as refused:
        lobby.issue("DK.ktpp", request_id=ask())
    assert refused.value.data == {"service": "DK.ktpp", "nearest": "DK.ktp"}


def test_a_site_that_is_not_in_the_store_is_unknown(
    store: Store, clock: Clock, random_bytes: RandomBytes
) -> None:
    nowhere = Lobby(store, "nowhere", clock=clock, new_id=lambda _: "", random_bytes=random_bytes)
    with pytest.raises(UnknownSite):
        nowhere.issue("DK.ktp", request_id="r")
    with pytest.raises(UnknownSite):
        nowhere.site()


def test_the_answer_is_the_ticket_as_it_was_committed(lobby: Lobby, ask: Requests, clock: Clock) -> None:
    issued = lobby.issue("DK.kk", request_id=ask(), language="en", priority=True)
    read = lobby.find("DK 001")
    assert issued.ticket == read
    assert (read.status, read.priority, read.language, read.leg, read.legs) == (
        Status.WAITING,
        True,
        "en",
        1,
        1,
    )
    assert read.due_at - read.waiting_since == timedelta(minutes=15)
    assert issued.issued_at == clock.now == read.waiting_since


def test_a_language_that_the_site_does_not_speak_becomes_its_first(lobby: Lobby, ask: Requests) -> None:
    assert lobby.issue("DK.ktp", request_id=ask(), language="fr").ticket.language == "id"


def test_people_ahead_are_counted_in_the_order_of_calling(lobby: Lobby, ask: Requests) -> None:
    first = lobby.issue("DK.ktp", request_id=ask())
    second = lobby.issue("DK.ktp", request_id=ask())
    priority = lobby.issue("DK.ktp", request_id=ask(), priority=True)
    another_line = lobby.issue("DK.kk", request_id=ask())
    assert [each.ahead for each in (first, second, priority, another_line)] == [0, 1, 0, 0]
    assert second.ticket.position == 2


def test_no_wait_is_promised_until_a_counter_is_open(lobby: Lobby, ask: Requests) -> None:
    before = lobby.issue("DK.ktp", request_id=ask())
    lobby.open_counter("1")
    after = lobby.issue("DK.ktp", request_id=ask())
    assert (before.wait, before.open_counters) == (None, 0)
    assert isinstance(after.wait, WaitRange)
    assert after.open_counters == 1


# ----------------------------------------------------------------------------- the same request again


def test_the_same_request_gives_the_same_ticket_and_changes_nothing(lobby: Lobby, ask: Requests) -> None:
    lobby.open_counter("1")
    lobby.issue("DK.ktp", request_id=ask())
    first = lobby.issue("DK.ktp", request_id="tap", printer="K1")
    lobby.issue("DK.ktp", request_id=ask())
    seq = lobby.board().seq
    again = lobby.issue("DK.ktp", request_id="tap", printer="K1")
    assert again.repeated
    assert not first.repeated
    assert again.ticket.ticket_id == first.ticket.ticket_id
    for name in ("token", "ahead", "wait", "open_counters", "job", "business_date", "issued_at", "legs"):
        assert getattr(again, name) == getattr(first, name), name
    assert lobby.board().seq == seq


def test_a_request_that_answered_one_command_cannot_ask_for_another(lobby: Lobby) -> None:
    lobby.issue("DK.ktp", request_id="tap")
    with pytest.raises(RequestReused) as refused:
        lobby.call_next("1", request_id="tap")
    assert refused.value.data == {"request_id": "tap", "command": "issue"}
    assert lobby.find("DK 001").status == Status.WAITING


@pytest.mark.parametrize("request_id", ["", "x" * 65])
def test_a_request_id_has_1_to_64_characters(lobby: Lobby, request_id: str) -> None:
    with pytest.raises(ValueError, match=f"^{request_id}$"):
        lobby.issue("DK.ktp", request_id=request_id)


# ----------------------------------------------------------------------------- all or nothing


def test_a_failure_in_the_middle_burns_no_number_and_leaves_no_row(
    store: Store, lobby: Lobby, ask: Requests, clock: Clock, random_bytes: RandomBytes
) -> None:
    made: list[str] = []

    def fails_at_the_second(_: datetime) -> str:
        if made:
            raise MemoryError
        made.append("")
        return "0" * 32

    failing = Lobby(store, SITE, clock=clock, new_id=fails_at_the_second, random_bytes=random_bytes)
    with pytest.raises(MemoryError):
        failing.issue("DK.ktp", request_id="tap")
    assert kinds(lobby) == ["catalogue_applied"]
    assert lobby.issue("DK.ktp", request_id="tap").ticket.number == 1


# ----------------------------------------------------------------------------- closed


def with_hours(catalogue: Catalogue, **hours: dict[str, list[str]]) -> Catalogue:
    raw: dict[str, Any] = catalogue.model_dump()
    places = {"site": raw["site"][0], "agency": raw["agency"][0], "service": raw["agency"][0]["service"][0]}
    for place, value in hours.items():
        places[place]["hours"] = value
    return Catalogue.model_validate(raw)


def test_a_closed_site_gives_no_number_and_says_when_it_opens(
    lobby: Lobby, ask: Requests, catalogue: Catalogue
) -> None:
    lobby.apply_catalogue(with_hours(catalogue, site={"tue": ["10:00-12:00"]}))
    with pytest.raises(SiteClosed) as refused:
        lobby.issue("DK.ktp", request_id=ask())
    assert refused.value.data == {
        "reason": "hours",
        "opens_at": datetime.fromisoformat("2026-11-24T10:00:00+08:00"),
    }


@pytest.mark.parametrize("place", ["agency", "service"])
def test_a_closed_service_gives_no_number_while_others_do(
    lobby: Lobby, ask: Requests, catalogue: Catalogue, place: str
) -> None:
    lobby.apply_catalogue(with_hours(catalogue, **{place: {"wed": ["08:00-12:00"]}}))
    with pytest.raises(ServiceClosed) as refused:
        lobby.issue("DK.ktp", request_id=ask())
    assert refused.value.data["reason"] == "day_off"
    assert lobby.issue("BN.sim", request_id=ask()).ticket.label == "BN 001"


def test_a_service_that_left_the_catalogue_is_closed_not_unknown(
    lobby: Lobby, ask: Requests, catalogue: Catalogue
) -> None:
    raw: dict[str, Any] = catalogue.model_dump()
    raw["agency"][0]["service"].pop(1)
    raw["journey"] = []
    lobby.apply_catalogue(Catalogue.model_validate(raw))
    with pytest.raises(ServiceClosed) as refused:
        lobby.issue("DK.kk", request_id=ask())
    assert refused.value.data == {"service": "DK.kk", "reason": "inactive", "opens_at": None}


# ----------------------------------------------------------------------------- paper


def test_a_slip_is_asked_for_in_the_same_transaction_with_its_facts_frozen(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    issued = lobby.issue("DK.ktp", request_id=ask(), priority=True, printer="K1")
    assert issued.job is not None
    job = lobby.print_job(issued.job)
    assert (job.printer, job.copy, job.state) == ("K1", 1, "new")
    assert job.facts == {
        "label": "DK 001",
        "language": "id",
        "site_names": {"id": "Aula", "en": "Hall"},
        "motto": "Melayani",
        "time_zone": "Asia/Makassar",
        "agency_names": {"id": "Dukcapil", "en": "Civil Registry"},
        "service_names": {"id": "KTP", "en": "ID card"},
        "priority": True,
        "ahead": 0,
        "wait": None,
        "open_counters": 0,
        "token": issued.token,
        "issued_at": clock.now.isoformat(),
        "legs": [],
        "address": "",
        "requirements": {},
        "past_closing": False,
        "leg": 1,
    }


def test_a_slip_tells_what_to_bring_for_this_service_and_the_steps_ahead_each_thing_once(
    lobby: Lobby, ask: Requests, catalogue: Catalogue
) -> None:
    said = catalogue.model_dump(exclude_none=True)
    said["site"][0]["address"] = "Jalan Timor Raya 124"
    ktp, kk = said["agency"][0]["service"]
    ktp["requirements"] = {
        "id": ["KTP lama", "Fotokopi KK"],
        "en": ["Old ID card", "Copy of the family card"],
    }
    kk["requirements"] = {
        "id": ["Fotokopi KK", "Surat pindah"],
        "en": ["Copy of the family card", "Moving letter"],
    }
    lobby.apply_catalogue(Catalogue.model_validate(said))

    def facts(job: str | None) -> Mapping[str, object]:
        assert job
        return lobby.print_job(job).facts

    one = facts(lobby.issue("DK.ktp", request_id=ask(), printer="K1").job)
    assert one["address"] == "Jalan Timor Raya 124"
    assert one["requirements"] == ktp["requirements"]
    way = facts(lobby.start_journey("pindah", request_id=ask(), printer="K1").job)
    assert way["requirements"] == {
        "id": ["KTP lama", "Fotokopi KK", "Surat pindah"],
        "en": ["Old ID card", "Copy of the family card", "Moving letter"],
    }


def test_without_a_printer_no_slip_is_asked_for(lobby: Lobby, ask: Requests) -> None:
    assert lobby.issue("DK.ktp", request_id=ask()).job is None
    assert lobby.print_jobs() == ()


# ----------------------------------------------------------------------------- journeys


def test_a_journey_is_one_number_for_several_services(lobby: Lobby, ask: Requests) -> None:
    issued = lobby.start_journey("pindah", request_id=ask(), printer="K1")
    assert (issued.ticket.label, issued.ticket.service, issued.ticket.legs) == ("DK 001", "DK.ktp", 3)
    assert [(leg.service, leg.optional, leg.status) for leg in issued.legs] == [
        ("DK.ktp", False, Status.WAITING),
        ("DK.kk", True, None),
        ("BN.sim", False, None),
    ]
    assert issued.job is not None
    legs = lobby.print_job(issued.job).facts["legs"]
    assert isinstance(legs, list)
    assert [leg["optional"] for leg in legs] == [False, True, False]


def test_an_optional_step_can_be_skipped_and_no_other(lobby: Lobby, ask: Requests) -> None:
    issued = lobby.start_journey("pindah", request_id=ask(), skip=["dk.kk"])
    assert [leg.service for leg in issued.legs] == ["DK.ktp", "BN.sim"]
    with pytest.raises(UnknownService):
        lobby.start_journey("pindah", request_id=ask(), skip=["DK.ktp"])


def test_a_repeated_journey_request_gives_the_same_way(lobby: Lobby) -> None:
    first = lobby.start_journey("pindah", request_id="tap")
    again = lobby.start_journey("pindah", request_id="tap")
    assert (again.ticket.label, again.legs, again.repeated) == (first.ticket.label, first.legs, True)


def test_an_unknown_journey_names_the_nearest(lobby: Lobby, ask: Requests) -> None:
    with pytest.raises(UnknownJourney) as refused:
        lobby.start_journey("pinda", request_id=ask())
    assert refused.value.data == {"journey": "pinda", "nearest": "pindah"}


# ----------------------------------------------------------------------------- cancelling


def test_a_visitor_can_cancel_and_an_unprinted_slip_is_not_printed(lobby: Lobby, ask: Requests) -> None:
    issued = lobby.issue("DK.ktp", request_id=ask(), printer="K1")
    assert issued.job is not None
    cancelled = lobby.cancel("dk001")
    assert (cancelled.status, cancelled.finished_at) == (Status.CANCELLED, issued.issued_at)
    assert lobby.print_job(issued.job).state == "void"
    assert lobby.ticket_story("DK 001").left_at == issued.issued_at
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.number == 2


def test_cancelling_a_called_visitor_frees_the_counter(lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    lobby.cancel("DK 001", by=Actor(machine="K1"))
    assert lobby.counter_view("1").counter.current is None
    assert lobby.events_after(0)[-1].machine == "K1"
