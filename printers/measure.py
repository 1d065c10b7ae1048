"""How much paper bytes take: the same sums that the printer does, without drawing. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from printers.decode import decode
from printers.layout import modules
from printers.papers import CELL_HEIGHT, HEAD_TO_CUTTER, LINE_SPACING, Paper

NO_PICTURES: Mapping[str, int] = MappingProxyType({})


def millimetres(data: bytes, paper: Paper, pictures: Mapping[str, int] = NO_PICTURES) -> float:
    """The length of paper that `data` uses, the blank leader of each cut slip included.

    `pictures` are those that the printer has stored: rows of dots by key.

    Raises: UnknownCommand for bytes that this product never emits.
    """
    dots, tallest, tall, module, payload = 0, 0, 1, 3, b""
    for step in decode(data):
        if step.name == "size":
            tall = (step.data[0] & 0x0F) + 1
        elif step.name == "initialise":
            tall, tallest = 1, 0
        elif step.name == "text":
            tallest = max(tallest, tall * CELL_HEIGHT)
        elif step.name == "line":
            dots, tallest = dots + max(LINE_SPACING, tallest), 0
        elif step.name == "code":
            module, payload = _remember(step.data, module, payload)
            dots += module * modules(payload.decode()) if step.data[:2] == b"1Q" else 0
        elif step.name == "stored":
            dots += (
                pictures.get(step.data[2:4].decode("ascii", "replace"), 0) if step.data[:2] == b"0E" else 0
            )
        else:
            dots += _fed(step.name, step.data)
    return dots / paper.dots_per_mm


def _remember(data: bytes, module: int, payload: bytes) -> tuple[int, bytes]:
    """What the QR commands set: the size of a module and what is stored."""
    return (data[2] if data[:2] == b"1C" else module), (data[3:] if data[:2] == b"1P" else payload)


def _fed(name: str, data: bytes) -> int:
    if name == "feed":
        return data[0]
    if name == "lines":
        return data[0] * LINE_SPACING
    if name == "raster":
        return int.from_bytes(data[2:4], "little")
    return HEAD_TO_CUTTER if name == "cut" else 0
