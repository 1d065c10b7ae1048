"""Stores that meet: how far they have come with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SyncView:
    """A store that sends its rows to another. `origin` is empty for one that never had a code, or keeps its own site."""

    origin: str
    unsent: int  # visits of which something was not acknowledged
    oldest: datetime | None  # when the first of those came
    last_contact: datetime | None  # by the other store's clock


@dataclass(frozen=True, slots=True)
class SourceView:
    """A store from which rows come, as the store that takes them knows it."""

    origin: str  # empty: it keeps the site alone
    machine: str
    last_contact: datetime
    missing: int  # numbers of its series that have not come yet


@dataclass(frozen=True, slots=True)
class MergeView:
    """What became of a bundle. `left` are the ids of visits that could not be taken yet, or never: it keeps them."""

    added: int = 0
    changed: int = 0
    known: int = 0
    called_before: int = 0  # of those added: a counter had called the number before its rows came
    twins: int = 0  # of those added: the same wish had been answered here as well
    left: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()  # labels that somebody else has here


@dataclass(frozen=True, slots=True)
class ContactView:
    """One meeting of two stores."""

    origin: str
    sent: int  # visits that were taken or changed there by it
    unsent: int
    conflicts: tuple[str, ...]
    at: datetime  # by the other store's clock
    fresh: bool = False  # a code was given by it
    merged: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Supplies:
    """All that a kiosk's own store needs to go on alone, as plain rows by table; `digest` tells whether any changed."""

    site: Mapping[str, object]
    rows: Mapping[str, Sequence[Mapping[str, object]]]
    at: datetime
    epoch: int
    digest: str
