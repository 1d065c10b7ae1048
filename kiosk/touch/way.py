"""A journey as a visitor sees it before a number is taken: its steps as they are on offer now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from queue_core.journeys import Prospect, Step, Way, choose_step

if TYPE_CHECKING:
    from queue_core.views import AgencyOffer, JourneyOffer, Offer, Opening, ServiceOffer

NO_WAITING = ("quota_day", "quota_hour", "full")
"""Closed for these reasons, a step does not open by itself while a visitor walks the others."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One step on offer. `gone`: it takes nobody any more today."""

    agency: AgencyOffer
    service: ServiceOffer
    optional: bool
    stage: int
    gone: bool


def stops_of(offer: Offer, journey: JourneyOffer, at: datetime, zone: ZoneInfo) -> tuple[Stop, ...]:
    """Return the steps of a journey that are on offer at all, in its order."""
    known = {service.id: (agency, service) for agency in offer.agencies for service in agency.services}
    return tuple(
        Stop(*known[service], optional, stage, _gone(known[service][1].opening, at, zone))
        for service, optional, stage in zip(journey.services, journey.optional, journey.stages, strict=True)
        if service in known
    )


def wanted(stops: tuple[Stop, ...], left_out: frozenset[str]) -> tuple[Stop, ...]:
    """Return the steps that a visitor would walk: without what was left out, and what can be left out and is gone."""
    return tuple(stop for stop in stops if not (stop.optional and (stop.gone or stop.service.id in left_out)))


def first_stop(stops: tuple[Stop, ...]) -> Stop | None:
    """Return where the journey would begin now; None where a needed step is gone for today, or nothing is left."""
    if not stops or any(stop.gone for stop in stops):
        return None
    of = {stop.service.id: stop for stop in stops}
    way = Way(tuple(Step(stop.service.id, stop.optional, stop.stage) for stop in stops))
    onward = choose_step(
        way,
        lambda service: 0.0 if of[service].service.opening.open else 1.0,
        lambda service: Prospect(of[service].service.wait, of[service].service.waiting),
    )
    return of[onward.step.service] if onward.step else None


def closed_by(stops: tuple[Stop, ...]) -> Opening | None:
    """Return what keeps a journey from being begun now; None when it can be."""
    gone = next((stop for stop in stops if stop.gone), None)
    first = gone or first_stop(stops)
    if first is None or first.service.opening.open:
        return None
    return first.service.opening


def stages(stops: tuple[Stop, ...]) -> list[tuple[Stop, ...]]:
    """Return the steps stage by stage; those of one stage are walked in any order."""
    return [
        tuple(stop for stop in stops if stop.stage == stage)
        for stage in sorted({stop.stage for stop in stops})
    ]


def _gone(opening: Opening, at: datetime, zone: ZoneInfo) -> bool:
    if opening.open:
        return False
    today = at.astimezone(zone).date()
    later = opening.opens_at is not None and opening.opens_at.astimezone(zone).date() == today
    return not later or opening.reason in NO_WAITING
