"""ESC/POS bytes become steps: only the commands that this product emits, everything else is an error. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from printers.errors import UnknownCommand


@dataclass(frozen=True, slots=True)
class Step:
    """One command: its name and the bytes that belong to it."""

    name: str
    data: bytes = b""


_FIXED: dict[bytes, tuple[str, int]] = {
    b"\x1b@": ("initialise", 0),
    b"\x1bt": ("page", 1),
    b"\x1ba": ("align", 1),
    b"\x1bE": ("bold", 1),
    b"\x1dB": ("reverse", 1),
    b"\x1d!": ("size", 1),
    b"\x1bJ": ("feed", 1),
    b"\x1bd": ("lines", 1),
    b"\x1dVB": ("cut", 1),
    b"\x1dr": ("ask", 1),
    b"\x1dg2\x00": ("ask", 2),
    b"\x10\x04": ("ask", 1),
}
"""Command bytes to a name and how many parameter bytes follow. The asking ones print nothing."""
_LONG = {b"\x1d(k": "code", b"\x1d(H": "ask", b"\x1d(L": "stored"}
_ALLOWED: dict[str, Callable[[bytes], bool]] = {
    "page": lambda data: data == b"\x00",
    "align": lambda data: data[0] in {0, 1, 2},
    "bold": lambda data: data[0] in {0, 1},
    "reverse": lambda data: data[0] in {0, 1},
    "size": lambda data: not data[0] & 0x88,
}


def decode(data: bytes) -> Iterator[Step]:
    """Read commands and runs of text in order. Raises: UnknownCommand at the first byte that is neither."""
    at = 0
    while at < len(data):
        step, used = _text(data, at) or _fixed(data, at) or _sized(data, at)
        yield step
        at += used


def _text(data: bytes, at: int) -> tuple[Step, int] | None:
    if data[at] == 0x0A:
        return Step("line"), 1
    end = at
    while end < len(data) and data[end] >= 0x20 and data[end] != 0x7F:
        end += 1
    return (Step("text", data[at:end]), end - at) if end > at else None


def _fixed(data: bytes, at: int) -> tuple[Step, int] | None:
    for prefix, (name, size) in _FIXED.items():
        if data.startswith(prefix, at):
            start = at + len(prefix)
            parameters = data[start : start + size]
            allowed = _ALLOWED.get(name)
            if len(parameters) < size or (allowed and not allowed(parameters)):
                raise UnknownCommand(at, data[at : start + size])
            return Step(name, parameters), len(prefix) + size
    return None


def _sized(data: bytes, at: int) -> tuple[Step, int]:
    """Commands that carry the length of their data."""
    head = data[at : at + 8]
    if head[:3] in _LONG and len(head) >= 5:
        size = int.from_bytes(head[3:5], "little")
        name, start = _LONG[head[:3]], at + 5
    elif head.startswith(b"\x1dv0\x00") and len(head) == 8:
        size = int.from_bytes(head[4:6], "little") * int.from_bytes(head[6:8], "little")
        name, start = "raster", at + 4  # the step keeps the four bytes of the size
        size += 4
    else:
        raise UnknownCommand(at, head[:4])
    body = data[start : start + size]
    if len(body) < size:
        raise UnknownCommand(at, head)
    return Step(name, body), start - at + size
