"""A policy as a site or a counter has it, made from what its catalogue says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_PASSES = 2
"""How many people in a row may go ahead of somebody who is late, unless the catalogue says otherwise."""


class Rule(StrEnum):
    """How one of several heads is chosen. The value stands in config.toml and in the store; never rename one."""

    PRIORITY = "priority"
    ARRIVAL = "arrival"
    DUE = "due"
    RATIO = "ratio"


RULES = tuple(rule.value for rule in Rule)
"""The default first."""
RULE_KEYS = {"priority_minutes": Rule.DUE, "priority": Rule.RATIO, "regular": Rule.RATIO}
"""Keys of a policy that say something under one rule only."""


def covers(choice: str, service: str) -> bool:
    """Say whether `DK.ktp` or `DK.*` means this service."""
    return service.startswith(choice[:-1]) if choice.endswith(".*") else service == choice


@dataclass(frozen=True, slots=True)
class Urgent:
    """When anyone in these services has waited so long, these services go first."""

    service: str  # `DK.ktp`, or `DK.*`
    minutes: int

    def takes(self, service: str) -> bool:
        """Say whether a service is one of these."""
        return covers(self.service, service)


@dataclass(frozen=True, slots=True)
class Policy:
    """Whose turn it is. Which key belongs to which rule: queue_core.settings.PolicySettings."""

    rule: Rule = Rule.PRIORITY
    most_in_a_row: int = MOST_PASSES
    priority_minutes: int = 15
    priority: int = 2
    regular: int = 1
    urgent: tuple[Urgent, ...] = ()
    main: frozenset[str] = frozenset()
    shares: Mapping[str, int] = field(default_factory=dict)  # of the counter's services

    @property
    def prefers_lines(self) -> bool:
        """Whether a whole line may go before another, so that the other needs a guard against waiting for ever."""
        return bool(self.urgent or self.main)

    @property
    def plain(self) -> bool:
        """Whether a line's order is the default one."""
        return self.rule is Rule.PRIORITY and not self.prefers_lines


DEFAULT = Policy()


def policy_of(raw: Mapping[str, Any] | None, services: Sequence[str] = ()) -> Policy:
    """Return the policy that a catalogue keeps as `raw` (None: the default) for a counter of these services.

    A counter whose services are all main ones has none to prefer, and one that shares out a single service nothing to
    share.
    """
    if not raw:
        return DEFAULT
    values: dict[str, Any] = {key: value for key, value in raw.items() if value is not None}
    main = frozenset(services[: values.pop("main_services", 0)])
    shares, urgent = values.pop("shares", {}), values.pop("urgent", ())
    rule = Rule(values.pop("rule", Rule.PRIORITY))
    return Policy(
        rule,
        **values,
        urgent=tuple(Urgent(**each) for each in urgent),
        main=main if len(main) < len(services) else frozenset(),
        shares={service: _share(shares, service) for service in services} if shares else {},
    )


def _share(shares: Mapping[str, int], service: str) -> int:
    """The weight of a service: by its own name, by its agency's, else 1."""
    named = [weight for choice, weight in shares.items() if covers(choice, service)]
    return shares.get(service, named[0] if named else 1)
