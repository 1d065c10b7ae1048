"""Time-ordered ids that need no coordinator (UUID version 7, RFC 9562)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

NewId = Callable[[datetime], str]
"""Makes one id for something that begins at the given moment (aware)."""

RandomBytes = Callable[[int], bytes]

_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PAIRS = [first + second for first in _BASE32 for second in _BASE32]


def id_maker(random_bytes: RandomBytes) -> NewId:
    """Return a maker of ids: 32 hexadecimal digits that sort by the time they were made.

    Args:
        random_bytes: a source of unpredictable bytes, `os.urandom` in the product. Ids of one moment count up from a random
            number (RFC 9562, section 6.2, method 2).
    """
    newest: tuple[datetime | None, count[int]] = None, count()

    def new_id(at: datetime) -> str:
        nonlocal newest
        moment, noises = newest
        if moment is not at:
            newest = at, noises = at, count(int.from_bytes(random_bytes(10)))
        milliseconds = int(at.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
        noise = next(noises) & 0xFFFF_FFFF_FFFF_FFFF_FFFF
        version_and_a = 0x7000 | (noise >> 68)  # 4 bits of version, 12 of noise
        variant_and_b = (0b10 << 62) | (noise & 0x3FFF_FFFF_FFFF_FFFF)  # 2 bits of variant, 62 of noise
        return f"{(milliseconds << 80) | (version_and_a << 64) | variant_and_b:032x}"

    return new_id


def made_at(made: str) -> datetime:
    """Return the moment at which an id was made, to the millisecond below."""
    return datetime.fromtimestamp((int(made, 16) >> 80) / 1000, UTC)


def new_token(random_bytes: RandomBytes) -> str:
    """Return a public token: 128 random bits as 26 upper-case base32 characters.

    Upper case keeps the QR code in its compact alphanumeric mode.
    """
    value = int.from_bytes(random_bytes(16))
    return "".join([_PAIRS[(value >> shift) & 1023] for shift in range(120, -1, -10)])
