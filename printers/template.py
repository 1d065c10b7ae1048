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


@dataclass(frozen=True, slots=True)
class Template:
    """The parts in order, the sizes that differ from `normal`, and the logo if there is one."""

    parts: tuple[str, ...] = PARTS
    sizes: Mapping[str, str] = field(default_factory=lambda: SIZES)
    logo: Logo | None = None


PLAIN = Template()
