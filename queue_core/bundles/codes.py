"""Codes of series: `K1`, `K2` … by which the numbers of stores at one site are told apart. Pure.

A code is given once at a site and never again, whatever becomes of the store that had it. The letter goes with the
site's epoch: a site's store that was put back from a copy has forgotten which codes it gave since, so it goes on with
another letter. E and R are taken (numbers after a restore, pre-printed rolls); I, O and Q look like digits.
"""

from __future__ import annotations

from collections.abc import Iterable

from queue_core.numbering import CODE_LETTERS, is_code

LETTERS = CODE_LETTERS
LARGEST = 999

Codes = Iterable[str]


def next_code(given: Codes, epoch: int) -> str:
    """Return the code after all that were `given` in an epoch (1, 2 …); a letter that is used up is followed by the next.

    Raises:
        OverflowError: none is left.
    """
    highest: dict[str, int] = {}
    for code in given:
        if is_code(code):
            highest[code[0]] = max(highest.get(code[0], 0), int(code[1:]))
    first = (epoch - 1) % len(LETTERS)
    for letter in LETTERS[first:] + LETTERS[:first]:
        if highest.get(letter, 0) < LARGEST:
            return f"{letter}{highest.get(letter, 0) + 1}"
    raise OverflowError(epoch)
