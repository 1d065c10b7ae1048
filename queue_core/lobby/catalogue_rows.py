"""A site's catalogue as it is read from the store: a few statements, once per revision."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Table, and_, bindparam, select

from queue_core.calling import policy_of
from queue_core.hours import zone_of
from queue_core.journeys import Step
from queue_core.lobby.catalogue import AgencyEntry, JourneyEntry, ServiceEntry, SiteCatalogue
from queue_core.lobby.seating import read_seating
from queue_core.lobby.tables import (
    AGENCY,
    JOURNEY,
    OPENING_ORDER,
    SERVICE,
    SITE,
)
from queue_core.opening import Order, Place, rules_from
from queue_core.settings import DeskSettings
from queue_core.views import SiteView


def _prepared(table: Table, *order: Any) -> Any:
    return select(table).where(table.c.site_id == bindparam("site")).order_by(*order)


_SITE = _prepared(SITE)
_AGENCIES = _prepared(AGENCY, AGENCY.c.position)
_SERVICES = _prepared(SERVICE, AGENCY.c.position, SERVICE.c.position).join(
    AGENCY, and_(AGENCY.c.site_id == SERVICE.c.site_id, AGENCY.c.code == SERVICE.c.agency)
)
_JOURNEYS = _prepared(JOURNEY, JOURNEY.c.position)
_ORDERS = _prepared(OPENING_ORDER, OPENING_ORDER.c.target)


def read_catalogue(connection: Connection, site: str) -> SiteCatalogue:
    """Read a site's whole catalogue. The site must exist."""
    key = {"site": site}
    row = connection.execute(_SITE, key).one()
    seating = read_seating(connection, key, row.policy)
    return SiteCatalogue(
        site=SiteView(
            row.site_id, row.names, row.motto, row.address, row.time_zone, tuple(row.languages), row.kind
        ),
        revision=row.catalogue_revision,
        active=row.active,
        place=Place(zone_of(row.time_zone), row.day_starts),
        rules=rules_from(row.hours, row.opening),
        orders={each.target: _order(each) for each in connection.execute(_ORDERS, key)},
        desk=DeskSettings.model_validate(row.desk or {}),
        agencies={each.code: _agency(each) for each in connection.execute(_AGENCIES, key)},
        services={each.service_id: _service(each) for each in connection.execute(_SERVICES, key)},
        journeys={each.journey_id: _journey(each) for each in connection.execute(_JOURNEYS, key)},
        alerts=row.alerts or {},
        counters=seating.taken,
        policies=seating.policies,
        led=seating.lines(),
        policy=policy_of(row.policy),
    )


def _agency(row: Row[Any]) -> AgencyEntry:
    return AgencyEntry(row.code, row.names, row.short, rules_from(row.hours, row.opening), row.active)


def _service(row: Row[Any]) -> ServiceEntry:
    needs = row.requirements
    return ServiceEntry(
        id=row.service_id,
        agency=row.agency,
        names=row.names,
        minutes=row.minutes,
        target_wait_minutes=row.target_wait_minutes,
        requirements=None if needs is None else {language: tuple(each) for language, each in needs.items()},
        cost=row.cost,
        time_limit=row.time_limit,
        rules=rules_from(row.hours, row.opening),
        active=row.active,
        most_waiting=row.most_waiting,
    )


def _journey(row: Row[Any]) -> JourneyEntry:
    steps = tuple(
        Step(leg["service"], leg["optional"], leg.get("stage", place)) for place, leg in enumerate(row.legs)
    )
    return JourneyEntry(row.journey_id, row.names, steps, row.credit_minutes, row.active)


def _order(row: Row[Any]) -> Order:
    return Order(row.opens, row.begins_at, row.ends_at, row.reason, row.staff)
