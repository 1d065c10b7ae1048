"""Bytes from the printer become replies and troubles: by their bit patterns, never by their place in the stream. Pure.

Unasked bytes are ordinary (a raster row that holds `10 04 01` makes the printer answer), so whoever waits for a reply
takes the next one of its kind. Patterns and bits: Epson's ESC/POS command reference (DLE EOT, GS r, GS a, GS ( H, GS g).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from printers.errors import Trouble

__all__ = [
    "Kind",
    "Replies",
    "Reply",
    "Trouble",
    "from_automatic",
    "from_realtime",
    "from_sensor",
    "is_warning",
    "worst",
]


class Kind(Enum):
    """What a reply is, as far as its bits tell."""

    REALTIME = auto()  # one byte 0xx1xx10, the answer to DLE EOT n
    SENSOR = auto()  # one byte 0xx0xxxx, the answer to GS r
    AUTOMATIC = auto()  # four bytes, sent unasked on a change
    PROCESS_ID = auto()  # all before this mark has been printed; the data is the mark
    CLEARED = auto()  # the buffer has been emptied
    NOTICE = auto()  # the printer says that it went offline
    PICTURES = auto()  # the keys of stored pictures; the first byte says whether more follow
    TEXT = auto()  # a counter or a name


@dataclass(frozen=True, slots=True)
class Reply:
    """One whole reply; `data` is without its frame."""

    kind: Kind
    data: bytes


_BLOCKS = {b"7\x22": Kind.PROCESS_ID, b"7\x25": Kind.CLEARED, b"7\x23": Kind.NOTICE, b"7\x72": Kind.PICTURES}
_LONGEST_BLOCK = 96


class Replies:
    """Cuts a stream of bytes into replies; keeps an unfinished one until the rest arrives."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Reply]:
        """Take what arrived and return the replies that are whole now. Noise is left out."""
        self._rest += data
        replies: list[Reply] = []
        while self._rest:
            used, reply = _first(self._rest)
            if not used:
                break
            self._rest = self._rest[used:]
            if reply:
                replies.append(reply)
        return replies

    def forget(self) -> None:
        """Drop an unfinished reply: the line is new."""
        self._rest = b""


def _first(data: bytes) -> tuple[int, Reply | None]:
    """How many bytes the first reply takes (0: wait for more) and what it is (None: noise)."""
    first = data[0]
    if first in b"7_":
        return _block(data)
    if first & 0x93 == 0x12:
        return 1, Reply(Kind.REALTIME, data[:1])
    if first & 0x93 == 0x10:
        return _automatic(data)
    if first & 0x90 == 0:
        return 1, Reply(Kind.SENSOR, data[:1])
    return 1, None


def _automatic(data: bytes) -> tuple[int, Reply | None]:
    rest = data[1:4]
    if any(byte & 0x90 for byte in rest):
        return 1, None
    return (4, Reply(Kind.AUTOMATIC, data[:4])) if len(rest) == 3 else (0, None)


def _block(data: bytes) -> tuple[int, Reply | None]:
    end = data.find(b"\0")
    if end < 0:
        return (1, None) if len(data) > _LONGEST_BLOCK else (0, None)
    if data[:1] == b"_":
        return end + 1, Reply(Kind.TEXT, data[1:end])
    kind = _BLOCKS.get(data[:2])
    return (end + 1, Reply(kind, data[2:end])) if kind else (1, None)


_REALTIME: dict[int, tuple[tuple[int, Trouble], ...]] = {
    1: ((0x08, Trouble.OFFLINE),),
    2: ((0x04, Trouble.COVER_OPEN), (0x20, Trouble.PAPER_OUT), (0x40, Trouble.ERROR)),
    3: (
        (0x04, Trouble.ERROR),
        (0x08, Trouble.CUTTER_ERROR),
        (0x20, Trouble.UNRECOVERABLE),
        (0x40, Trouble.OVERHEATED),
    ),
    4: ((0x0C, Trouble.PAPER_NEAR_END), (0x60, Trouble.PAPER_OUT)),
}
_SENSOR = ((0x03, Trouble.PAPER_NEAR_END), (0x0C, Trouble.PAPER_OUT))
_AUTOMATIC = (
    ((0x08, Trouble.OFFLINE), (0x20, Trouble.COVER_OPEN)),
    (
        (0x04, Trouble.ERROR),
        (0x08, Trouble.CUTTER_ERROR),
        (0x20, Trouble.UNRECOVERABLE),
        (0x40, Trouble.OVERHEATED),
    ),
    _SENSOR,
)


def from_realtime(question: int, byte: int) -> frozenset[Trouble]:
    """Read the answer to DLE EOT `question` (1 to 4)."""
    return _read(byte, _REALTIME[question])


def from_sensor(byte: int) -> frozenset[Trouble]:
    """Read the answer to GS r 1."""
    return _read(byte, _SENSOR)


def from_automatic(data: bytes) -> frozenset[Trouble]:
    """Read the four bytes of Automatic Status Back."""
    return frozenset().union(*(_read(byte, bits) for byte, bits in zip(data, _AUTOMATIC, strict=False)))


def _read(byte: int, bits: Iterable[tuple[int, Trouble]]) -> frozenset[Trouble]:
    return frozenset(trouble for mask, trouble in bits if byte & mask)


def worst(troubles: Iterable[Trouble]) -> Trouble | None:
    """The one to tell people first: a cause before its effect, and what stops printing before what only warns."""
    found = set(troubles)
    return next((trouble for trouble in Trouble if trouble in found), None)


def is_warning(trouble: Trouble) -> bool:
    """True when the printer goes on printing all the same."""
    return trouble in {Trouble.PAPER_NEAR_END, Trouble.MUTE}
