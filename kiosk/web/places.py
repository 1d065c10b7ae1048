"""Places for pages that stay open: so many in all, and so many from one address, so that nobody takes them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum


class Full(StrEnum):
    """Why there is no place; the value is what the answer and the metrics say."""

    ALL = "all"
    ADDRESS = "address"


@dataclass
class Places:
    """Counts open pages. Used on the event loop alone."""

    most: int
    most_here: int
    taken: int = 0
    _by_address: Counter[str] = field(default_factory=Counter)

    def full(self, address: str) -> Full | None:
        """Why a page from this address cannot stay open; None when there is a place."""
        if self.taken >= self.most:
            return Full.ALL
        return Full.ADDRESS if self._by_address[address] >= self.most_here else None

    @contextmanager
    def take(self, address: str) -> Iterator[None]:
        """Hold a place for as long as the block lasts."""
        self.taken += 1
        self._by_address[address] += 1
        try:
            yield
        finally:
            self.taken -= 1
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]

    def __len__(self) -> int:
        """How many addresses hold places."""
        return len(self._by_address)
