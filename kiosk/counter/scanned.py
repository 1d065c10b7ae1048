"""What a scanner or a hand typed: the address of a visit, or a label. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from queue_core.numbering import is_code, normal_label, parse_label

_TOKEN = re.compile(
    r"(?:^|[^A-Z0-9])([A-Z2-7]{26})(?:[^A-Z0-9]+([A-Z]{1,4}[^A-Z0-9]+[A-Z][0-9]{1,3}[^A-Z0-9]+[0-9]{1,6}))?[^A-Z0-9]?$",
    re.IGNORECASE,
)
"""The end of an address; of a slip that a cut-off kiosk printed with the label behind it."""


def token_in(text: str) -> str:
    """Return the token of an address such as `HTTPS://HOST/T/<TOKEN>`, or nothing.

    Case and punctuation may arrive changed: Caps Lock, or a scanner set to another keyboard layout.
    """
    found = _TOKEN.search(text.strip())
    return found.group(1).upper() if found else ""


def of_kiosk(text: str) -> str | None:
    """Return the label, as it is printed, if it is of a kiosk's own series, such as `DK K2-003`; also from its slip's address."""
    found = _TOKEN.search(text.strip())
    label = " ".join(re.split(r"[^A-Z0-9]+", found.group(2) or "", flags=re.IGNORECASE)) if found else text
    parts = parse_label(label)
    return normal_label(label) if parts is not None and is_code(parts.origin) else None


def with_prefix(text: str, agencies: Collection[str]) -> str:
    """Return the label that was meant: a bare number belongs to the counter's agency when it has just one."""
    text = text.strip()
    return f"{next(iter(agencies))} {text}" if text.isdigit() and len(agencies) == 1 else text
