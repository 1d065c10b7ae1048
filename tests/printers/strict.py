"""A second, independent reading of ESC/POS for tests: written from the command reference, sharing nothing with the product.

It is strict: an unknown command, a parameter out of range, text past the print area, a QR code wider than the paper or a byte
after the last cut is an error. `read_slips` returns what is on paper; `tokens` cuts a byte stream into commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import qrcode

GRAMMAR: tuple[tuple[str, bytes], ...] = (
    ("ESC @", rb"\x1b@"),
    ("ESC t", rb"\x1bt([\x00-\x05])"),
    ("ESC a", rb"\x1ba([\x00-\x02])"),
    ("ESC E", rb"\x1bE([\x00\x01])"),
    ("ESC J", rb"\x1bJ([\x00-\xff])"),
    ("GS B", rb"\x1dB([\x00\x01])"),
    ("GS !", rb"\x1d!([\x00-\x07\x10-\x17\x20-\x27\x30-\x37\x40-\x47\x50-\x57\x60-\x67\x70-\x77])"),
    ("GS V", rb"\x1dV\x42([\x00-\xff])"),
    ("GS r", rb"\x1dr(\x01)"),
    ("ACK", rb"\x06()"),
    ("GS g 2", rb"\x1dg2\x00(.\x00)"),
    ("GS ( H", rb"\x1d\(H\x06\x0000([\x20-\x7e]{4})"),
    ("LF", rb"\n()"),
    ("text", rb"([\x20-\x7e\x80-\xff]+)"),
)
PATTERNS = [(name, re.compile(pattern, re.DOTALL)) for name, pattern in GRAMMAR]
LONG = {b"\x1d(k": "GS ( k", b"\x1d(L": "GS ( L", b"\x1dv0": "GS v 0"}


class NotEscPos(AssertionError):  # noqa: N818  # it names what was read
    pass


@dataclass(frozen=True)
class Token:
    name: str
    data: bytes
    raw: bytes


def tokens(stream: bytes, *, partial: bool = False) -> Iterator[Token]:
    """Cut a stream into commands. With `partial`, stop quietly at a command whose end has not arrived."""
    at = 0
    while at < len(stream):
        token = _sized(stream, at) or _short(stream, at)
        if token is None:
            if partial and len(stream) - at < 12:
                return
            raise NotEscPos(f"byte {at}: {stream[at : at + 12].hex(' ')}")
        if len(token.raw) == 0:
            if partial:
                return
            raise NotEscPos(f"byte {at}: {token.name} is cut short")
        yield token
        at += len(token.raw)


def _short(stream: bytes, at: int) -> Token | None:
    for name, pattern in PATTERNS:
        if match := pattern.match(stream, at):
            return Token(name, match[1] if pattern.groups else b"", match[0])
    return None


def _sized(stream: bytes, at: int) -> Token | None:
    name = LONG.get(stream[at : at + 3])
    if name is None:
        return None
    if name == "GS v 0":
        xl, xh, yl, yh = (stream[at + 4 : at + 8] + b"\xff" * 4)[:4]
        end = at + 8 + (xl + 256 * xh) * (yl + 256 * yh)
        body = stream[at + 4 : end]
    else:
        low, high = (stream[at + 3 : at + 5] + b"\xff" * 2)[:2]
        end = at + 5 + low + 256 * high
        body = stream[at + 5 : end]
    return Token(name, body, stream[at:end] if end <= len(stream) else b"")


@dataclass
class Mark:
    """One thing on paper: where it is in dots and what it says."""

    kind: str  # text, code, raster
    top: int
    height: int
    left: int
    width: int
    text: str = ""
    style: tuple[int, int, bool, bool] = (1, 1, False, False)  # wide, tall, bold, reverse


@dataclass
class Slip:
    marks: list[Mark] = field(default_factory=list)
    height: int = 0

    @property
    def text(self) -> list[str]:
        return [mark.text for mark in self.marks if mark.kind == "text" and mark.text]

    @property
    def codes(self) -> list[str]:
        return [mark.text for mark in self.marks if mark.kind == "code"]

    def find(self, text: str) -> Mark:
        return next(mark for mark in self.marks if mark.text.strip() == text)


@dataclass
class Reader:
    """Follows the printer's state from token to token."""

    dots: int
    slips: list[Slip] = field(default_factory=list)
    slip: Slip = field(default_factory=Slip)
    line: list[tuple[str, int, int, bool, bool]] = field(default_factory=list)
    align: int = 0
    wide: int = 1
    tall: int = 1
    bold: bool = False
    reverse: bool = False
    qr: dict[int, bytes] = field(default_factory=dict)

    def take(self, token: Token) -> None:  # noqa: C901  # one branch for each command
        value = token.data[0] if token.data else 0
        if token.name == "ESC @":
            self.line, self.align, self.wide, self.tall, self.bold, self.reverse = [], 0, 1, 1, False, False
            self.qr = {}
        elif token.name == "ESC t" and value != 0:
            raise NotEscPos(f"code page {value}, but the words are written in code page 437")
        elif token.name == "ESC a":
            assert not self.line, "ESC a counts only at the beginning of a line"
            self.align = value
        elif token.name == "ESC E":
            self.bold = value == 1
        elif token.name == "GS B":
            self.reverse = value == 1
        elif token.name == "GS !":
            self.wide, self.tall = value // 16 + 1, value % 16 + 1
        elif token.name == "text":
            self.line.append((token.data.decode("cp437"), self.wide, self.tall, self.bold, self.reverse))
        elif token.name == "LF":
            self._print_line()
        elif token.name == "ESC J":
            assert not self.line, "text without a line feed"
            self.slip.height += value
        elif token.name == "GS ( k":
            self._qr(token.data)
        elif token.name == "GS v 0":
            self._raster(token.data)
        elif token.name == "GS V":
            assert not self.line, "text without a line feed before the cut"
            self.slips.append(self.slip)
            self.slip = Slip()

    def _print_line(self) -> None:
        width = sum(12 * wide * len(text) for text, wide, *_ in self.line)
        tallest = max((24 * tall for _, _, tall, _, _ in self.line), default=0)
        text = "".join(piece[0] for piece in self.line)
        if width > self.dots:
            raise NotEscPos(f"{text!r} is {width} dots wide on {self.dots}")
        style = self.line[0][1:] if self.line else (1, 1, False, False)
        self._mark("text", tallest, width, text, style)
        self.slip.height += max(30, tallest)
        self.line = []

    def _mark(
        self,
        kind: str,
        height: int,
        width: int,
        text: str,
        style: tuple[int, int, bool, bool] = (1, 1, False, False),
    ) -> None:
        if width > self.dots:
            raise NotEscPos(f"a {kind} of {width} dots prints nothing on {self.dots}")
        left = (0, (self.dots - width) // 2, self.dots - width)[self.align]
        self.slip.marks.append(Mark(kind, self.slip.height, height, left, width, text, style))

    def show_stored(self, key: str, pictures: Mapping[str, bytes]) -> None:
        """A picture from the printer's own memory; one that is not there prints nothing."""
        if data := pictures.get(key):
            width, height = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:4], "little")
            self._mark("stored", height, width, key)
            self.slip.height += height

    def _qr(self, body: bytes) -> None:
        assert not self.line, "a QR code needs a line of its own"
        assert body[:1] == b"1" and len(body) > 1, "only QR codes are expected"  # noqa: PT018  # one fact
        function, parameters = body[1], body[2:]
        assert function in {65, 67, 69, 80, 81}, f"function {function}"
        self.qr[function] = parameters
        if function == 81:
            assert self.qr[65] == b"2\0", "model 2"
            assert self.qr[69] == b"1", "level M"
            assert self.qr[80][:1] == b"0"
            payload, dots = self.qr[80][1:], self.qr[67][0]
            code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
            code.add_data(payload)
            code.make()
            side = code.modules_count * dots
            self._mark("code", side, side, payload.decode())
            self.slip.height += side

    def _raster(self, body: bytes) -> None:
        assert not self.line, "a picture needs a line of its own"
        across, down = int.from_bytes(body[:2], "little"), int.from_bytes(body[2:4], "little")
        self._mark("raster", down, across * 8, f"{across * 8}x{down}")
        self.slip.height += down


def read_slips(stream: bytes, dots: int) -> list[Slip]:
    """Read a whole job. Raises NotEscPos or AssertionError at anything a printer would do something else with."""
    reader = Reader(dots)
    for token in tokens(stream):
        reader.take(token)
    assert not reader.line, "text is left in the line buffer"
    assert not reader.slip.marks, "something is left hanging uncut"
    return reader.slips
