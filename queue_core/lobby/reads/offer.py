"""What a visitor can choose now."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from queue_core.lobby.openness import Openness, read_openness
from queue_core.lobby.outlook import read_outlook
from queue_core.lobby.tables import NUMBER_SERIES
from queue_core.lobby.turn import Look
from queue_core.views import AgencyOffer, JourneyOffer, Offer, ServiceOffer

TAKEN_DAYS = 30
"""Agencies are ranked by the numbers given out in so many days before today: in the course of a day no tile moves under a finger."""


def offer(look: Look) -> Offer:
    """All that can be chosen: agencies most used first, then as the catalogue orders them."""
    catalogue, openness, taken = look.catalogue, read_openness(read_outlook(look)), _taken(look)
    agencies = [
        _agency(look, openness, code, taken.get(code, 0))
        for code, agency in catalogue.agencies.items()
        if agency.active
    ]
    return Offer(
        site=catalogue.site,
        opening=openness.site(),
        agencies=tuple(
            sorted(agencies, key=lambda agency: -agency.taken)
        ),  # stable: else the catalogue's order
        journeys=tuple(
            JourneyOffer(
                journey.id,
                journey.names,
                tuple(step.service for step in journey.steps),
                tuple(step.optional for step in journey.steps),
                tuple(step.stage for step in journey.steps),
            )
            for journey in catalogue.journeys.values()
            if journey.active
        ),
        clock_fault=look.clock_fault,
    )


def service_offer(look: Look, openness: Openness, service: str) -> ServiceOffer:
    """One service as a visitor sees it now."""
    outlook = openness.outlook
    entry, waiting = look.catalogue.services[service], outlook.lines[service].waiting
    return ServiceOffer(
        id=service,
        agency=entry.agency,
        names=entry.names,
        minutes=entry.minutes,
        requirements=entry.requirements,
        cost=entry.cost,
        time_limit=entry.time_limit,
        opening=openness.of(service),
        waiting=waiting,
        open_counters=len(outlook.taking(service)),
        wait=outlook.wait(service, waiting),
    )


def _agency(look: Look, openness: Openness, code: str, taken: int) -> AgencyOffer:
    entry = look.catalogue.agencies[code]
    services = [each.id for each in look.catalogue.active_services if each.agency == code]
    offers = tuple(service_offer(look, openness, service) for service in services)
    return AgencyOffer(
        code=code,
        names=entry.names,
        short=entry.short,
        opening=openness.agency(code),
        waiting=sum(each.waiting for each in offers),
        open_counters=sum(not takes.isdisjoint(services) for takes in openness.outlook.counters.values()),
        taken=taken,
        services=offers,
    )


def _taken(look: Look) -> dict[str, int]:
    """Numbers given out per agency, from the counts that the series keep: thirty rows an agency, not its tickets."""
    rows = look.connection.execute(
        select(NUMBER_SERIES.c.prefix, func.sum(NUMBER_SERIES.c.last).label("taken"))
        .where(
            NUMBER_SERIES.c.site_id == look.site,
            NUMBER_SERIES.c.prefix.in_(tuple(look.catalogue.agencies)),
            NUMBER_SERIES.c.origin == "",
            NUMBER_SERIES.c.business_date.between(
                look.today - timedelta(days=TAKEN_DAYS), look.today - timedelta(days=1)
            ),
        )
        .group_by(NUMBER_SERIES.c.prefix)
    )
    return {row.prefix: int(row.taken) for row in rows}
