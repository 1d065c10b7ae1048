"""Codes of series: `K1`, `K2` … by which the numbers of stores at one site are told apart. Pure.

A code is given once at a site and never again, whatever becomes of the store that had it. The letter goes with the
site's epoch: a site's store that was put back from a copy has forgotten which codes it gave since, so it goes on with
another letter. E and R are taken (numbers after a restore, pre-printed rolls); I, O and Q look like digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LETTERS = "KLMNPSTUVWXYZABCDFGHJ"
LARGEST = 999

_CODE = re.compile(rf"([{LETTERS}])([1-9][0-9]{{0,2}})")

Codes = Iterable[str]


def is_code(origin: str) -> bool:
    """Whether an origin is such a code."""
    return _CODE.fullmatch(origin) is not None


def next_code(given: Codes, epoch: int) -> str:
    """Return the code after all that were `given` in an epoch (1, 2 …); a letter that is used up is followed by the next.

    Raises:
        OverflowError: none is left.
    """
    highest: dict[str, int] = {}
    for code in given:
        if found := _CODE.fullmatch(code):
            highest[found[1]] = max(highest.get(found[1], 0), int(found[2]))
    first = (epoch - 1) % len(LETTERS)
    for letter in LETTERS[first:] + LETTERS[:first]:
        if highest.get(letter, 0) < LARGEST:
            return f"{letter}{highest.get(letter, 0) + 1}"
    raise OverflowError(epoch)
