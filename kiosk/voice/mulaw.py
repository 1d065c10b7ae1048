"""Samples of 8 bits, as telephones keep speech (ITU-T G.711, mu-law): half the size, and no difference heard. Pure."""

from __future__ import annotations

from array import array

from kiosk.voice.sound import Sound

_BIAS = 0x84
_CLIP = 32_635


def _wide(byte: int) -> int:
    value = ~byte & 0xFF
    size = (((value & 0x0F) << 3) + _BIAS << (value >> 4 & 0x07)) - _BIAS
    return -size if value & 0x80 else size


_WIDE = [_wide(byte) for byte in range(256)]


def expanded(data: bytes) -> Sound:
    """Return the sound of samples of 8 bits."""
    return Sound(array("h", [_WIDE[byte] for byte in data]))


def compressed(sound: Sound) -> bytes:
    """Return a sound in samples of 8 bits."""
    return bytes(_narrow(sample) for sample in sound.samples)


def _narrow(sample: int) -> int:
    size = min(abs(sample), _CLIP) + _BIAS
    exponent = max(0, size.bit_length() - 8)
    value = exponent << 4 | size >> exponent + 3 & 0x0F
    return ~(value | (0x80 if sample < 0 else 0)) & 0xFF
