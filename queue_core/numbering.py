"""Numbers and labels: pure arithmetic and spelling. The store raises the series, see lobby/visitor.py."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LABEL = re.compile(r"^\s*([A-Z]{1,4})[\s.-]*(?:([A-Z][0-9]{1,3})[\s-]+)?([0-9]{1,6})\s*$", re.IGNORECASE)

CODE_LETTERS = "KLMNPSTUVWXYZABCDFGHJ"
"""Of the codes of kiosks' own series, see bundles.codes: not E and R, which have a meaning, nor what looks like a digit."""

_CODE = re.compile(rf"[{CODE_LETTERS}][1-9][0-9]{{0,2}}")

NOT_ENROLLED = "-"
"""The origin in a kiosk's own store that has no code, or may not go on with the one that it had."""


@dataclass(frozen=True, slots=True)
class LabelParts:
    """A label taken apart: the agency's prefix, the origin (`''` is the site itself), the number."""

    prefix: str
    origin: str
    number: int


def next_number(last: int | None) -> int:
    """Return the number after `last`; a series that has none yet begins at 1."""
    return (last or 0) + 1


def format_label(prefix: str, number: int, origin: str = "") -> str:
    """Return `DK 003`, or `DK K2-003` for a kiosk that was cut off. Grows past 999 without wrapping."""
    return f"{prefix} {origin}-{number:03d}" if origin else f"{prefix} {number:03d}"


def parse_label(text: str) -> LabelParts | None:
    """Read a label as people and scanners write it: `DK001`, `dk-001`, `DK 001`, `DK K2-003`; None if it is none."""
    found = _LABEL.match(text)
    if found is None:
        return None
    prefix, origin, number = found.groups()
    return LabelParts(prefix.upper(), (origin or "").upper(), int(number))


def normal_label(text: str) -> str | None:
    """Return the label as it is stored and printed, or None if `text` is none."""
    parts = parse_label(text)
    return None if parts is None else format_label(parts.prefix, parts.number, parts.origin)


def is_code(origin: str) -> bool:
    """Whether an origin is the code of a kiosk's own series, such as `K2`."""
    return _CODE.fullmatch(origin) is not None
