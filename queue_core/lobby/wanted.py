"""What a catalogue asks of one site, as the values of its rows, kind by kind."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from queue_core.journeys import stages_of
from queue_core.policy_settings import PolicySettings
from queue_core.rule_settings import DaySettings, OpeningSettings
from queue_core.settings import (
    AgencySettings,
    Catalogue,
    DeskSettings,
    JourneySettings,
    ServiceSettings,
    SiteSettings,
)

Key = str | int
Values = Mapping[str, object]
Wanted = Mapping[str, Mapping[Key, Values]]
"""Kind (`site`, `agency`, `service`, `counter`, `journey`) to key to columns; a counter also has `services`."""

KINDS = ("site", "agency", "service", "counter", "journey")
"""In the order in which rows point at each other."""

_LIMITS = ("last_ticket_minutes", "stop_when_full", "quota", "quota_per_hour")


def wanted_of(catalogue: Catalogue, site: str) -> Wanted:
    """Return what the catalogue asks of a site: nothing at all when it does not name it."""
    for position, section in enumerate(catalogue.site):
        if section.id == site:
            return _wanted(catalogue, section, position)
    return {kind: {} for kind in KINDS}


def _wanted(catalogue: Catalogue, site: SiteSettings, position: int) -> Wanted:
    by_code = {agency.code: agency for agency in catalogue.agency}
    agencies = [by_code[code] for code in site.agencies]
    services: dict[Key, Values] = {
        f"{agency.code}.{service.id}": _service(agency, service, place)
        for agency in agencies
        for place, service in enumerate(agency.service)
    }
    return {
        "site": {site.id: _site(site, position)},
        "agency": {agency.code: _agency(agency, place) for place, agency in enumerate(agencies)},
        "service": services,
        "counter": {
            counter.number: {
                "services": _expanded(counter.services, [str(each) for each in services]),
                "policy": _policy(counter.policy, or_else=None),
            }
            for counter in site.counter
        },
        "journey": _journeys(catalogue, services),
    }


def _site(site: SiteSettings, position: int) -> Values:
    return {
        "position": position,
        "names": site.name,
        "kind": site.kind,
        "motto": site.motto,
        "address": site.address,
        "time_zone": site.time_zone,
        "day_starts": site.day_starts,
        "languages": list(site.languages),
        "hours": site.hours,
        "desk": None if site.desk == DeskSettings() else site.desk.model_dump(),
        "alerts": site.alerts.model_dump(exclude_defaults=True) or None,
        "opening": _opening(site, site.holidays),
        "policy": _policy(site.policy, or_else=PolicySettings()),
    }


def _policy(policy: PolicySettings | None, *, or_else: PolicySettings | None) -> Values | None:
    """What a policy says; nothing when it is the one that holds anyway."""
    return None if policy is None or policy == or_else else policy.model_dump(exclude_defaults=True)


def _agency(agency: AgencySettings, position: int) -> Values:
    return {
        "position": position,
        "names": agency.name,
        "short": agency.short,
        "hours": agency.hours,
        "opening": _opening(agency),
    }


def _service(agency: AgencySettings, service: ServiceSettings, position: int) -> Values:
    return {
        "agency": agency.code,
        "position": position,
        "names": service.name,
        "minutes": service.minutes,
        "target_wait_minutes": service.target_wait_minutes,
        "requirements": service.requirements,
        "cost": service.cost,
        "time_limit": service.time_limit,
        "hours": service.hours,
        "most_waiting": service.most_waiting,
        "opening": _opening(service),
    }


def _opening(section: OpeningSettings, holidays: Sequence[DaySettings] = ()) -> Values | None:
    """The rules beside the weekly hours, as opening.rules_from reads them; None when there are none."""
    rules = section.model_dump(include={"breaks", *_LIMITS})
    rules["special"] = [each.model_dump() for each in section.special_days]
    rules["holiday"] = [each.model_dump() for each in holidays]
    stated = {key: value for key, value in rules.items() if value is not None and value != []}
    return stated or None


def _expanded(choices: list[str], services: Sequence[str]) -> list[str]:
    """Spell out `DK.*`; each service once, where it is named first."""
    chosen: dict[str, None] = {}
    for choice in choices:
        if choice.endswith(".*"):
            chosen.update(dict.fromkeys(each for each in services if each.startswith(choice[:-1])))
        else:
            chosen[choice] = None
    return list(chosen)


def _journeys(catalogue: Catalogue, services: Container[Key]) -> dict[Key, Values]:
    """The journeys that can be walked wholly at this site."""
    return {
        journey.id: {
            "position": position,
            "names": journey.name,
            "legs": _legs(journey),
            "credit_minutes": journey.credit_minutes,
        }
        for position, journey in enumerate(catalogue.journey)
        if all(leg.service in services for leg in journey.legs)
    }


def _legs(journey: JourneySettings) -> list[dict[str, object]]:
    stages = stages_of([leg.group for leg in journey.legs], free=journey.order == "free")
    return [
        {"service": leg.service, "optional": leg.optional, "stage": stage}
        for leg, stage in zip(journey.legs, stages, strict=True)
    ]
