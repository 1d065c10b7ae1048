"""config.toml as it comes: the sample and the default, for MPP Kota Kupang."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from kiosk.settings import Settings, load, sample_path
from printers.settings import PrinterSettings
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


def test_the_examples_in_comments_are_lawful() -> None:
    """The worked opening hours and the lines for requirements, cost and time limit are TOML that the sections take."""
    text = sample_path().read_text(encoding="utf-8")
    site, agency = tomllib.loads(text)["site"][0], tomllib.loads(text)["agency"][0]
    hours = tomllib.loads("\n".join(re.findall(r"^#   (hours\..*)$", text, re.MULTILINE)))
    assert set(SiteSettings.model_validate(site | hours).hours or {}) == {"mon", "tue", "wed", "thu", "fri"}
    told = "\n".join(re.findall(r"^#   ((?:requirements|cost|time_limit)\b.*)$", text, re.MULTILINE))
    changed = agency | {"service": [agency["service"][0] | tomllib.loads(told)]}
    raw = {"site": [site | {"agencies": [agency["code"]], "counter": []}], "agency": [changed]}
    assert Settings.model_validate(raw).agency[0].service[0].cost == {"id": "Gratis", "en": "Free of charge"}
