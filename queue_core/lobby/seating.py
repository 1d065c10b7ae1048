"""What the counters of a site take, whose turn it is at each, and which of them leads a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from queue_core.calling import Policy, policy_of
from queue_core.lobby.tables import COUNTER, COUNTER_SERVICE

_SERVICES = (
    select(COUNTER_SERVICE)
    .where(COUNTER_SERVICE.c.site_id == bindparam("site"))
    .order_by(COUNTER_SERVICE.c.position)
)
_COUNTERS = select(COUNTER).where(COUNTER.c.site_id == bindparam("site")).order_by(COUNTER.c.number)

Taken = Mapping[int, tuple[str, ...]]
"""The services of counters, the main one first."""


@dataclass(frozen=True)
class Seating:
    """The active counters: what they take now, what they take by the catalogue, and their policies."""

    taken: Taken
    home: Taken
    policies: Mapping[int, Policy]

    def lines(self) -> dict[str, Policy]:
        """Return whose turn it is in each line that has a counter: as at the one that leads it.

        That is the first that has it as its main service. A counter that was moved leads its line at home, and where it
        helps only a line which no other takes: or every place in a line would be told anew with each helper.
        """
        return self._led(self.taken) | self._led(self.home)

    def _led(self, counters: Taken) -> dict[str, Policy]:
        leading: dict[str, tuple[int, int]] = {}
        for number, services in counters.items():
            for place, service in enumerate(services):
                leading[service] = min(leading.get(service, (place, number)), (place, number))
        return {service: self.policies[number] for service, (_, number) in leading.items()}


def read_seating(connection: Connection, key: Mapping[str, str], of_site: Any) -> Seating:
    """Read the counters of a site; `of_site` is its policy as the store has it."""
    services: dict[int, list[str]] = {}
    for row in connection.execute(_SERVICES, key):
        services.setdefault(row.counter, []).append(row.service)
    rows = [row for row in connection.execute(_COUNTERS, key) if row.active]
    taken = {row.number: tuple(services.get(row.number, ())) for row in rows}
    home = {row.number: taken[row.number] if row.home is None else tuple(row.home) for row in rows}
    own = {row.number: of_site if row.policy is None else row.policy for row in rows}
    return Seating(taken, home, {number: policy_of(own[number], taken[number]) for number in taken})
