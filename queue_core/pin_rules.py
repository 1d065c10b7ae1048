"""Which PINs nobody may have. Pure."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

Fault = Literal["length", "trivial", "name"]

SHORTEST, LONGEST = 4, 8


def fault_of(pin: str, *names: str) -> Fault | None:
    """Say what is wrong with a PIN: `length` (not 4 to 8 digits), `trivial`, or `name` (it stands in the person's name).

    Trivial is what is tried first: one digit again and again (0000), digits in a row up or down (1234, 9876, 8901), or
    one pair or triple again and again (1212, 123123).
    """
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        return "length"
    if _in_a_row(pin) or _repeated(pin):
        return "trivial"
    return "name" if any(pin in name for name in names) else None


def _in_a_row(pin: str) -> bool:
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(pin)}
    return steps in ({0}, {1}, {9})


def _repeated(pin: str) -> bool:
    return any(len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size) for size in (2, 3))
