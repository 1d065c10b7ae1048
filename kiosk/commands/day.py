"""A day of arrivals, as a service mall has them. Pure: chance is passed in, minutes count from the opening.

The skew: one agency takes 30-40 % of the visits, three together about 75 %, the rest is a long tail; a fifth of the day
comes in its busiest hour, in the morning (Dukcapil took 41 % of the visits at MPP Batu, 30 % in Rembang).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")

OPEN_MINUTES = 420
"""Length of the day, 08.00 to 15.00."""
BIGGEST = (0.35, 0.25, 0.15)
"""Shares of the three biggest agencies; the rest is shared out in a falling tail."""
TAIL = 0.8
"""Each further agency has this much of the one before."""

PRIORITY, ENGLISH, NO_SHOW, HOLD, TRANSFER, CANCEL = 0.12, 0.03, 0.06, 0.04, 0.04, 0.02
"""Shares of visits. Assumed; no counts are published."""

MORNING = 0.7
"""Share of the visits that belong to the morning's peak; the others come evenly."""


class Chance(Protocol):
    """The rolls that a day needs; Python's own `Random` has them all."""

    def random(self) -> float:
        """Return a share of 1."""
        ...

    def uniform(self, a: float, b: float) -> float:
        """Return something between."""
        ...

    def choice(self, seq: Sequence[str]) -> str:
        """Return one of them, each as likely."""
        ...

    def choices(self, population: Sequence[Thing], weights: Sequence[float]) -> list[Thing]:
        """Return a list of one, as likely as its weight."""
        ...

    def betavariate(self, alpha: float, beta: float) -> float:
        """Return a share of 1, heaped."""
        ...

    def lognormvariate(self, mu: float, sigma: float) -> float:
        """Return a factor about `exp(mu)`."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """A service that can be chosen."""

    id: str
    agency: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """One visitor: when they come, what for, and what will become of them."""

    minute: float
    service: str
    priority: bool
    language: str
    fate: str
    """`served`, `no_show`, `hold`, `transfer` or `cancel`."""
    onward: str
    """The service that a transferred visitor is sent to."""


def shares(count: int) -> list[float]:
    """Return the shares of `count` agencies, biggest first, summing to 1."""
    tail = [BIGGEST[-1] * TAIL ** (place + 1) for place in range(max(0, count - len(BIGGEST)))]
    shrink = min(1.0, (1 - sum(BIGGEST)) / sum(tail)) if tail else 1.0
    weights = [*BIGGEST[:count], *(share * shrink for share in tail)]
    return [weight / sum(weights) for weight in weights]


def arrivals(
    chance: Chance, visits: int, agencies: Sequence[Sequence[Choice]], languages: Sequence[str]
) -> list[Arrival]:
    """Return a day's visitors in the order in which they come.

    Args:
        chance: the same state gives the same day.
        visits: how many come.
        agencies: the services of each agency, the busiest agency first; within one, the first service most asked for.
        languages: what the site's screens speak, the usual one first.
    """
    weights = shares(len(agencies))
    everything = [choice for agency in agencies for choice in agency]
    found = [
        _arrival(chance, chance.choices(agencies, weights)[0], everything, languages) for _ in range(visits)
    ]
    return sorted(found, key=lambda each: each.minute)


def _arrival(
    chance: Chance, agency: Sequence[Choice], everything: Sequence[Choice], languages: Sequence[str]
) -> Arrival:
    service = chance.choices(agency, [1 / (place + 1) for place in range(len(agency))])[0]
    others = [each.id for each in everything if each.id != service.id]
    fate = _fate(chance, can_transfer=bool(others))
    return Arrival(
        minute=_minute(chance),
        service=service.id,
        priority=chance.random() < PRIORITY,
        language=languages[-1] if chance.random() < ENGLISH else languages[0],
        fate=fate,
        onward=chance.choice(others) if fate == "transfer" else "",
    )


def _minute(chance: Chance) -> float:
    place = chance.betavariate(2, 3) if chance.random() < MORNING else chance.random()
    return place * OPEN_MINUTES


def _fate(chance: Chance, *, can_transfer: bool) -> str:
    fates = {
        "no_show": NO_SHOW,
        "hold": HOLD,
        "transfer": TRANSFER if can_transfer else 0.0,
        "cancel": CANCEL,
    }
    return chance.choices(["served", *fates], [1 - sum(fates.values()), *fates.values()])[0]


def service_minutes(chance: Chance, expected: int) -> float:
    """Return how long one visitor takes: spread about the expected minutes, never under a third or over thrice."""
    return expected * min(3.0, max(1 / 3, chance.lognormvariate(-0.08, 0.4)))
