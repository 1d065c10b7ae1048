"""What a scanner or a hand typed: the address of a visit, or a label. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from queue_core.numbering import is_code, normal_label, parse_label

_TOKEN = re.compile(r"(?:^|[^A-Z0-9])([A-Z2-7]{26})[^A-Z0-9]?$", re.IGNORECASE)


def token_in(text: str) -> str:
    """Return the token of an address such as `HTTPS://HOST/T/<TOKEN>`, or nothing.

    Case and punctuation may arrive changed: Caps Lock, or a scanner set to another keyboard layout.
    """
    found = _TOKEN.search(text.strip())
    return found.group(1).upper() if found else ""


def of_kiosk(text: str) -> str | None:
    """Return the label, as it is printed, if it is of a kiosk's own series, such as `DK K2-003`."""
    parts = parse_label(text)
    return normal_label(text) if parts is not None and is_code(parts.origin) else None


def with_prefix(text: str, agencies: Collection[str]) -> str:
    """Return the label that was meant: a bare number belongs to the counter's agency when it has just one."""
    text = text.strip()
    return f"{next(iter(agencies))} {text}" if text.isdigit() and len(agencies) == 1 else text
