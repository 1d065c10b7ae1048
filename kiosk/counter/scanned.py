"""What a scanner or a hand typed: the address of a visit, or a label. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

_TOKEN = re.compile(r"(?:^|[^A-Z0-9])([A-Z2-7]{26})[^A-Z0-9]?$", re.IGNORECASE)


def token_in(text: str) -> str:
    """Return the token of an address such as `HTTPS://HOST/T/<TOKEN>`, or nothing.

    Case and punctuation may arrive changed: Caps Lock, or a scanner set to another keyboard layout.
    """
    found = _TOKEN.search(text.strip())
    return found.group(1).upper() if found else ""


def with_prefix(text: str, agencies: Collection[str]) -> str:
    """Return the label that was meant: a bare number belongs to the counter's agency when it has just one."""
    text = text.strip()
    return f"{next(iter(agencies))} {text}" if text.isdigit() and len(agencies) == 1 else text
