"""The sections of config.toml that queue_core owns, each by itself."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from queue_core.settings import ServiceSettings, SiteSettings, StoreSettings

SERVICE = {"id": "ktp", "name": {"id": "KTP-el"}, "minutes": 7}
SITE = {"id": "hall", "name": {"id": "Balai"}, "time_zone": "Asia/Makassar", "agencies": ["DK"]}


def kinds(error: ValidationError) -> list[str]:
    return [found["type"] for found in error.errors()]


def test_a_service_waits_half_an_hour_at_most_unless_told() -> None:
    assert ServiceSettings.model_validate(SERVICE).target_wait_minutes == 30


def test_a_site_begins_its_day_at_four_and_speaks_indonesian_first() -> None:
    site = SiteSettings.model_validate(SITE)
    assert (site.day_starts, site.languages, site.kind, site.hours) == ("04:00", ["id", "en"], "hall", None)


@pytest.mark.parametrize(
    ("key", "value", "kind"),
    [
        ("minutes", "7", "int_type"),
        ("minutes", 7.0, "int_type"),
        ("minutes", True, "int_type"),
        ("minutes", 241, "less_than_equal"),
        ("id", "KTP", "local_id"),
        ("id", "ktp\n", "local_id"),
        ("name", {"ind": "KTP"}, "language_code"),
        ("name", {}, "too_short"),
        ("requirements", {"id": "KTP lama"}, "list_type"),
        ("minits", 7, "extra_forbidden"),
    ],
)
def test_text_is_never_taken_for_a_number_nor_an_unknown_key_for_nothing(
    key: str, value: object, kind: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        ServiceSettings.model_validate(SERVICE | {key: value})
    assert kinds(refused.value) == [kind]


@pytest.mark.parametrize("zone", ["Asia/Makasar", "", "Asia", "/etc/passwd", "../UTC", "a\0b", "UTC+8"])
def test_an_impossible_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValidationError) as refused:
        SiteSettings.model_validate(SITE | {"time_zone": zone})
    assert kinds(refused.value) == ["time_zone"]


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        StoreSettings().url = "sqlite:///other.db"  # type: ignore[misc]
