"""config.toml as it comes: the sample and the default, for MPP Kota Kupang."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk.settings import Settings, load, sample_path
from printers.settings import PrinterSettings
from queue_core.lobby.wanted import wanted_of
from queue_core.opening import Level, Place, opening, rules_from
from queue_core.settings import SiteSettings

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def sample() -> Settings:
    return load(sample_path(), {})


def test_the_packaged_sample_equals_the_file_in_the_tree() -> None:
    """After a change: `cp config.toml kiosk/settings/sample.toml`."""
    assert sample_path().read_text(encoding="utf-8") == (ROOT / "config.toml").read_text(encoding="utf-8")


def test_a_newcomer_needs_neither_printer_nor_server_nor_daylight(sample: Settings) -> None:
    assert sample.printer == PrinterSettings(device="preview")
    assert sample.store.url.startswith("sqlite:///")
    assert sample.machine.demonstration
    services = [service for agency in sample.agency for service in agency.service]
    assert {str(site.hours) for site in sample.site} == {"None"}, "open at all hours"
    assert {str(agency.hours) for agency in sample.agency} == {"None"}
    assert {str(service.hours) for service in services} == {"None"}


def test_every_service_of_an_agency_in_the_hall_has_a_counter(sample: Settings) -> None:
    for site in sample.site:
        served = {choice for counter in site.counter for choice in counter.services}
        for agency in (agency for agency in sample.agency if agency.code in site.agencies):
            for service in agency.service:
                assert {f"{agency.code}.{service.id}", f"{agency.code}.*"} & served, (site.id, service.id)


def test_every_agency_sits_somewhere_and_has_words_in_both_languages(sample: Settings) -> None:
    seated = {code for site in sample.site for code in site.agencies}
    for agency in sample.agency:
        assert agency.code in seated
        assert all(
            set(names) == {"id", "en"} for names in (agency.name, *(each.name for each in agency.service))
        )


def test_what_is_not_published_is_left_out(sample: Settings) -> None:
    services = [service for agency in sample.agency for service in agency.service]
    assert [each.id for each in services if each.requirements or each.cost or each.time_limit] == []


def test_codes_avoid_letters_that_look_like_digits(sample: Settings) -> None:
    assert [agency.code for agency in sample.agency if set(agency.code) & set("IOQ")] == []


def test_the_outreach_sites_and_the_journeys_are_there(sample: Settings) -> None:
    assert [(site.id, site.kind) for site in sample.site] == [
        ("mpp", "hall"),
        ("cfd", "outreach"),
        ("saboak", "outreach"),
    ]
    assert {site.day_starts for site in sample.site} == {"04:00"}
    assert [journey.name["id"] for journey in sample.journey] == ["Lunas PBB", "Buka usaha", "SIM lengkap"]


def test_every_agency_says_in_a_comment_where_it_was_found() -> None:
    lines = sample_path().read_text(encoding="utf-8").splitlines()
    above = [lines[at - 1] for at, line in enumerate(lines) if line == "[[agency]]"]
    assert above
    marks = re.compile(r"# (In the hall|OUTSIDE ONLY|UNVERIFIED)\b.*")
    assert [comment for comment in above if not marks.match(comment)] == []


def test_minutes_say_where_they_come_from() -> None:
    minutes = re.findall(r"^ *minutes = .*$", sample_path().read_text(encoding="utf-8"), re.MULTILINE)
    assert minutes
    assert [line for line in minutes if "#" not in line] == []


def example(text: str) -> dict[str, Any]:
    """The worked opening hours, without their # in front."""
    found = re.search(r"^# hours\.mon.*?(?=^#\n# Quotas)", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    return tomllib.loads("\n".join(line[2:] for line in found[0].splitlines()))


def test_the_examples_in_comments_are_lawful() -> None:
    """The worked opening hours and the lines for requirements, cost and time limit are TOML that the sections take."""
    text = sample_path().read_text(encoding="utf-8")
    site, agency = tomllib.loads(text)["site"][0], tomllib.loads(text)["agency"][0]
    assert set(SiteSettings.model_validate(site | example(text)).hours or {}) == {
        *("mon", "tue", "wed", "thu", "fri"),
    }
    told = "\n".join(re.findall(r"^#   ((?:requirements|cost|time_limit)\b.*)$", text, re.MULTILINE))
    changed = agency | {"service": [agency["service"][0] | tomllib.loads(told)]}
    raw = {"site": [site | {"agencies": [agency["code"]], "counter": []}], "agency": [changed]}
    assert Settings.model_validate(raw).agency[0].service[0].cost == {"id": "Gratis", "en": "Free of charge"}


def test_the_hours_to_take_over_are_valid_and_mean_what_they_say() -> None:
    text = sample_path().read_text(encoding="utf-8")
    site = tomllib.loads(text)["site"][0] | example(text)
    settings = Settings.model_validate(tomllib.loads(text) | {"site": [site]})
    rules: Any = wanted_of(settings, "mpp")["site"]["mpp"]
    place = Place(ZoneInfo(settings.site[0].time_zone))
    level = Level("site", rules_from(rules["hours"], rules["opening"]))

    def reason(local: str) -> str:
        now = datetime.fromisoformat(local).replace(tzinfo=place.zone)
        return opening(now, place, [level]).reason

    assert [reason(f"2026-11-{day}T12:10") for day in (23, 26, 27, 28)] == [
        "break_midday",
        "break_midday",
        "break_friday_prayer",
        "day_off",
    ]
    assert reason("2026-11-24T15:00") == "last_ticket"
    assert (reason("2026-12-24T10:00"), reason("2026-12-25T10:00")) == ("open", "holiday")
    assert (reason("2027-02-12T12:00"), reason("2027-02-13T09:00")) == ("break_other", "day_off")
