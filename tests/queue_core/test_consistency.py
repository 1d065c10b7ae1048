"""What concerns several sections of a catalogue at once."""

from __future__ import annotations

import pytest

from queue_core.consistency import Inconsistency, inconsistencies
from queue_core.settings import Catalogue

Table = dict[str, object]


def site(**changes: object) -> Table:
    return {
        "id": "hall",
        "name": {"id": "Balai"},
        "time_zone": "Asia/Makassar",
        "agencies": ["DK"],
        "counter": [{"number": 1, "services": ["DK.*"]}],
    } | changes


def agency(**changes: object) -> Table:
    service = {"id": "ktp", "name": {"id": "KTP-el"}, "minutes": 7}
    return {"code": "DK", "name": {"id": "Dukcapil"}, "short": "Dukcapil", "service": [service]} | changes


def test_a_catalogue_that_fits_together_has_none() -> None:
    raw = {"site": [site()], "agency": [agency()]}
    assert inconsistencies(raw) == ()
    assert inconsistencies(Catalogue.model_validate(raw).model_dump()) == ()


def test_two_agencies_with_one_code() -> None:
    assert inconsistencies({"site": [site()], "agency": [agency(), agency()]}) == (
        Inconsistency("twice", ("agency", 1, "code"), "DK"),
    )


def test_one_id_at_two_agencies_is_lawful() -> None:
    assert inconsistencies({"site": [site()], "agency": [agency(), agency(code="BN")]}) == ()


def test_a_counter_may_only_serve_what_exists_and_sits_here() -> None:
    counters = [{"number": 1, "services": ["DK.kpt", "BN.*", "XX.*", "DK"]}]
    raw = {"site": [site(counter=counters)], "agency": [agency(), agency(code="BN")]}
    place = ("site", 0, "counter", 0, "services")
    assert inconsistencies(raw) == (
        Inconsistency("unknown_service", (*place, 0), "DK.kpt", ("DK.ktp",)),
        Inconsistency("agency_not_here", (*place, 1), "BN.*", ("DK",)),
        Inconsistency("unknown_service", (*place, 2), "XX.*", ("DK.ktp", "BN.ktp")),
        Inconsistency("unknown_service", (*place, 3), "DK", ("DK.ktp",)),
    )


def test_a_journey_goes_through_services_not_through_whole_agencies() -> None:
    legs = [{"service": "DK.ktp"}, {"service": "DK.*"}, {"service": "NT.akta"}]
    raw = {
        "site": [site()],
        "agency": [agency()],
        "journey": [{"id": "j", "name": {"id": "J"}, "legs": legs}],
    }
    assert [found.value for found in inconsistencies(raw)] == ["DK.*", "NT.akta"]


def test_a_journey_wants_each_service_once_and_the_steps_of_a_group_side_by_side() -> None:
    legs = [{"service": f"DK.{id_}", "group": group} for id_, group in zip("abecbd", "xxxyyx", strict=True)]
    services = [{"id": id_, "name": {"id": id_}, "minutes": 5} for id_ in "abcde"]
    raw = {
        "site": [site()],
        "agency": [agency(service=services)],
        "journey": [{"id": "j", "name": {"id": "J"}, "legs": legs}],
    }
    place = ("journey", 0, "legs")
    assert inconsistencies(raw) == (
        Inconsistency("twice", (*place, 4, "service"), "DK.b"),
        Inconsistency("group_apart", (*place, 5, "group"), "x"),
    )


def test_names_must_speak_the_first_language_of_each_site_where_they_are_read() -> None:
    english = site(id="english", languages=["en", "id"], name={"en": "Hall"})
    raw = {"site": [site(), english], "agency": [agency()]}
    assert [(found.path, found.value) for found in inconsistencies(raw)] == [
        (("agency", 0, "name"), "en"),
        (("agency", 0, "service", 0, "name"), "en"),
    ]


def test_a_cost_that_is_told_in_another_language_only_is_found() -> None:
    services = [{"id": "ktp", "name": {"id": "KTP"}, "minutes": 7, "cost": {"en": "Free"}}]
    found = inconsistencies({"site": [site()], "agency": [agency(service=services)]})
    assert [(each.kind, each.path[-1]) for each in found] == [("no_words", "cost")]


@pytest.mark.parametrize(
    ("span", "day_starts", "backwards"),
    [
        ("08:00-15:00", "04:00", False),
        ("18:00-01:00", "04:00", False),
        ("18:00-04:00", "04:00", False),
        ("18:00-04:30", "04:00", True),
        ("15:00-08:00", "04:00", True),
        ("08:00-08:00", "04:00", True),
        ("18:00-00:00", "00:00", False),
        ("18:00-01:00", "00:00", True),
        ("08:00-24:00", "00:00", False),
    ],
)
def test_hours_may_reach_past_midnight_until_the_day_starts(
    span: str, day_starts: str, backwards: bool
) -> None:
    hours = {"sat": [span]}
    at_site = {"site": [site(day_starts=day_starts, hours=hours)], "agency": [agency()]}
    at_agency = {"site": [site(day_starts=day_starts)], "agency": [agency(hours=hours)]}
    for raw in (at_site, at_agency):
        assert [found.kind for found in inconsistencies(raw)] == (["backwards"] if backwards else [])


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"site": "hall", "agency": 1, "journey": None},
        {"site": [1, "x", None], "agency": [[]], "journey": [{"legs": ["x", {"service": 1}]}]},
        {"site": [{"agencies": "DK", "counter": [{"services": 3}, 4], "hours": {"mon": 1}, "languages": [1]}]},
        {"site": [{"hours": {"mon": [1, "x", "-"]}, "name": "x", "day_starts": 4}], "agency": [{"service": {}}]},
    ],
)  # fmt: skip
def test_what_has_the_wrong_shape_is_passed_over(raw: Table) -> None:
    assert {found.kind for found in inconsistencies(raw)} <= {"backwards"}
