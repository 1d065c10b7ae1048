"""Hashing PINs with Argon2id (RFC 9106)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from argon2 import PasswordHasher


class Hasher(Protocol):
    """Turns a PIN into something that cannot be turned back."""

    def hash(self, pin: str) -> str:
        """Return a hash with its salt and its parameters."""
        ...

    def matches(self, hashed: str, pin: str) -> bool:
        """Whether `hashed` was made from this PIN; costs what `hash` costs, whatever the answer."""
        ...


class ArgonHasher:
    """Argon2id with the library's parameters: RFC 9106's for little memory, 64 MiB and three passes."""

    def __init__(self, *, passes: int | None = None, kibibytes: int | None = None) -> None:
        """Give smaller figures only for tests."""
        self._passes, self._kibibytes = passes, kibibytes

    @cached_property
    def _argon(self) -> PasswordHasher:
        from argon2 import PasswordHasher, profiles  # takes a while, and most programs never ask for a PIN

        usual = profiles.RFC_9106_LOW_MEMORY
        return PasswordHasher(
            time_cost=self._passes or usual.time_cost, memory_cost=self._kibibytes or usual.memory_cost
        )

    def hash(self, pin: str) -> str:
        """Return the hash in its usual text form, `$argon2id$…`."""
        return self._argon.hash(pin)

    def matches(self, hashed: str, pin: str) -> bool:
        """Whether it was this PIN. Raises argon2's InvalidHash for what is no hash: the store is damaged."""
        from argon2.exceptions import VerifyMismatchError

        try:
            return self._argon.verify(hashed, pin)
        except VerifyMismatchError:
            return False
