"""What colleagues may write about a visit, and what they must not: no names, and never an identity or telephone number.

A name cannot be told from a word by a program, so staff are asked not to write one. A number can: nine digits in a row,
whatever stands between them, are refused. Indonesian identity numbers have 16 digits, family cards 16, taxpayer numbers 15
or 16, health insurance 13, telephones 10 to 13; a date has 8.
"""

from __future__ import annotations

import re

from queue_core.errors import PersonalData

LONGEST = 120
"""Characters of a remark."""
TOO_MANY_DIGITS = 9

_RUN = re.compile(rf"\d(?:[\s.,/()-]*\d){{{TOO_MANY_DIGITS - 1},}}")


def clean(text: str) -> str:
    """Return a remark in one line.

    Raises:
        PersonalData: it holds what looks like an identity or telephone number.
        ValueError: it is longer than LONGEST characters.
    """
    remark = " ".join(text.split())
    if _RUN.search(remark):
        raise PersonalData(digits=TOO_MANY_DIGITS)
    if len(remark) > LONGEST:
        raise ValueError(len(remark))
    return remark
