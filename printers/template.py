"""Which lines a slip has, in which order and size: what `[slip]` of config.toml may change. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PARTS = (
    "copy", "logo", "site", "gap", "heading", "label", "priority", "agency", "service", "gap", "ahead", "wait", "legs",
    "requirements", "qr", "hint", "issued", "gap", "motto", "note", "footer", "gap",
)  # fmt: skip
"""The parts of a slip as it is without a template. An empty part leaves no line."""
OPTIONAL = ("address",)
"""Parts that only a template brings."""
SIZES: Mapping[str, str] = MappingProxyType(
    {"site": "large", "agency": "large", "service": "bold", "ahead": "large", "motto": "bold"}
)
"""Sizes that are not `normal` by themselves."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture in dots, one bit each, rows padded to whole bytes; with a `key`, the printer has it stored."""

    width: int
    height: int
    data: bytes = field(repr=False)
    key: str = ""


def halved(logo: Logo) -> Logo:
    """Half as wide and high: black where two of four dots are. It is no longer the one that the printer has stored."""
    wide, high = logo.width // 2, logo.height // 2
    if not wide or not high:
        return logo
    size, row_bytes = (wide + 7) // 8, (logo.width + 7) // 8
    rows = [
        int.from_bytes(logo.data[at * row_bytes : (at + 1) * row_bytes]) >> (row_bytes * 8 - 2 * wide)
        for at in range(2 * high)
    ]
    data = b"".join(
        (_half_row(upper, lower, wide) << (size * 8 - wide)).to_bytes(size)
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
    return Logo(wide, high, data)


def _half_row(upper: int, lower: int, wide: int) -> int:
    row = 0
    for at in range(wide):
        dots = (upper >> 2 * at & 3).bit_count() + (lower >> 2 * at & 3).bit_count()
        row |= (dots >= 2) << at
    return row


@dataclass(frozen=True, slots=True)
class Template:
    """The parts in order, the sizes that differ from `normal`, and the logo if there is one."""

    parts: tuple[str, ...] = PARTS
    sizes: Mapping[str, str] = field(default_factory=lambda: SIZES)
    logo: Logo | None = None


PLAIN = Template()
