"""From the facts that the store froze with a ticket to the words on its paper."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from kiosk.shared.dates import long_moment
from kiosk.shared.links import qr_payload
from printers.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.i18n import Words
    from kiosk.settings import Settings
    from queue_core.views import SlipFacts


def slip_for(facts: SlipFacts, copy: int, words: Words, settings: Settings) -> Slip:
    """Return the paper of one ticket, translated and formatted.

    Args:
        facts: frozen when the paper was asked for; its times are UTC, its `time_zone` is the site's.
        copy: 1 for the original; a higher one is marked as a copy.
        words: the visitor's language.
        settings: the public address decides what the QR code holds.
    """
    public_url = settings.web.public_url
    return Slip(
        site=words.pick(facts["site_names"]),
        motto=facts["motto"],
        heading=words("slip.heading"),
        label=facts["label"],
        agency=words.pick(facts["agency_names"]),
        service=words.pick(facts["service_names"]),
        priority=words("slip.priority") if facts["priority"] else "",
        ahead="" if facts.get("cut_off") else words("slip.ahead", count=facts["ahead"]),
        wait=_wait(facts, words),
        legs=_legs(facts, words),
        qr=qr_payload(public_url, facts["token"], facts["label"], alone=bool(facts.get("cut_off"))),
        qr_hint=words(_page(facts) if public_url else "slip.qr_label"),
        issued=long_moment(datetime.fromisoformat(facts["issued_at"]), facts["time_zone"], words.language),
        copy=words("slip.copy", copy=copy) if copy > 1 else "",
        footer=(words("slip.missed"), words("slip.keep")),
        note=words.pick(settings.slip.note) if settings.slip.note else "",
        requirements=_requirements(facts, words),
        more=words("slip.more_requirements"),
        address=facts.get("address", ""),
    )


def _page(facts: SlipFacts) -> str:
    """What the code promises; the page of a number that a cut-off kiosk gave out is there when the stores have met."""
    return "slip.qr_later" if facts.get("cut_off") else "slip.qr_page"


def _wait(facts: SlipFacts, words: Words) -> str:
    if facts.get("cut_off"):
        return ""
    if facts["wait"] is None:
        return words("slip.no_counter") if facts["open_counters"] == 0 else ""
    low, high = facts["wait"]
    if high == 0:
        return words("slip.at_once")
    if low == high:
        return words("slip.wait_about", minutes=high)
    key = "slip.wait_past_closing" if facts.get("past_closing") else "slip.wait"
    return words(key, low=low, high=high)


def _requirements(facts: SlipFacts, words: Words) -> tuple[str, ...]:
    """What to bring, under its heading; nothing where nobody has told what is needed."""
    known = facts.get("requirements", {})
    things = known.get(words.language) or next(iter(known.values()), [])
    return (
        (words("slip.requirements"), *(words("slip.requirement", thing=thing) for thing in things))
        if things
        else ()
    )


def _legs(facts: SlipFacts, words: Words) -> tuple[str, ...]:
    """At which step the visitor is, and all of them; nothing for a single service."""
    legs = facts["legs"]
    if not legs:
        return ()
    head = words("slip.step", leg=facts.get("leg", 1), legs=len(legs))
    if any(leg.get("free") for leg in legs):
        head = f"{head} {words('slip.any_order')}"
    return (head, *(_leg(step, leg, words) for step, leg in enumerate(legs, start=1)))


def _leg(step: int, leg: Mapping[str, object], words: Words) -> str:
    agency = words.pick(cast("Mapping[str, str]", leg["agency_names"]))
    service = words.pick(cast("Mapping[str, str]", leg["service_names"]))
    key = "slip.leg_done" if leg.get("done") else "slip.leg_optional" if leg.get("optional") else "slip.leg"
    return words(key, step=step, agency=agency, service=service)
