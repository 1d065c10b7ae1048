"""Who is signed in on a page: kept here, not in the cookie, which holds a secret that means nothing by itself."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queue_core.views import StaffView

MOST = 200
"""So many may be signed in at once; who touched nothing for longest is signed out first."""


@dataclass
class Sessions:
    """Ends a session after `idle` seconds without a touch. A restart signs everybody out."""

    idle: float
    new_secret: Callable[[], str]
    seconds: Callable[[], float] = monotonic
    _known: OrderedDict[bytes, tuple[float, StaffView]] = field(default_factory=OrderedDict)

    def begin(self, person: StaffView) -> str:
        """Return the secret for the cookie."""
        secret = self.new_secret()
        self._known[_digest(secret)] = self.seconds(), person
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return secret

    def who(self, secret: str, *, touch: bool = True) -> StaffView | None:
        """Return who it is, or None; with `touch`, the time begins anew."""
        key = _digest(secret)
        at, person = self._known.get(key, (0.0, None))
        if person is None or self.seconds() - at > self.idle:
            self._known.pop(key, None)
            return None
        if touch:
            self._known[key] = self.seconds(), person
            self._known.move_to_end(key)
        return person

    def end(self, secret: str) -> None:
        """Sign out."""
        self._known.pop(_digest(secret), None)


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
