"""A slip that nobody took, for looking at the template: the site's first agency, a number of three digits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.shared.links import qr_payload
from kiosk.shared.slip import slip_for
from printers.layout import easy_room

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from kiosk.settings import Settings
    from printers.slip import Slip
    from queue_core.settings import SiteSettings
    from queue_core.views import SlipFacts

TOKEN = "SAMPLE" + "A" * 20  # as long as a real one, and no secret
MOMENT = datetime(2026, 11, 24, 1, 41, tzinfo=UTC)


def dense_address(settings: Settings, words: Words) -> str:
    """A sentence when the address on the slip makes its QR code hard to read; empty when all is well."""
    if not settings.web.public_url:
        return ""
    payload = qr_payload(settings.web.public_url, TOKEN, "")
    size, most = len(payload.encode()), easy_room(payload)
    return words("cli.check.long_address", size=size, most=most, over=size - most) if size > most else ""


def sample_slip(settings: Settings, site: SiteSettings, words: Words) -> Slip:
    """A priority visitor's slip, so that every mark but a copy's can be seen."""
    agency = next(each for each in settings.agency if each.code == site.agencies[0])
    service = next((each for each in agency.service if each.requirements), agency.service[0])
    facts: SlipFacts = {
        "label": f"{agency.code} 042",
        "language": words.language,
        "site_names": dict(site.name),
        "motto": site.motto,
        "time_zone": site.time_zone,
        "agency_names": dict(agency.name),
        "service_names": dict(service.name),
        "priority": True,
        "ahead": 4,
        "wait": [15, 25],
        "open_counters": 1,
        "token": TOKEN,
        "issued_at": MOMENT.isoformat(),
        "legs": [],
        "address": site.address,
        "requirements": {language: list(each) for language, each in (service.requirements or {}).items()},
    }
    return slip_for(facts, 1, words, settings)
