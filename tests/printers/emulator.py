"""A printer for tests: what it would do with the bytes, what it would answer, and what can go wrong with it.

`Printer` is the machine itself and knows no connection; `Tcp` puts it on a port of this computer, `Wire` hands it over as a
Device without any network. Faults are set on them from outside.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from printers.device import Feedback
from printers.errors import PrinterUnreachable
from tests.printers.strict import NotEscPos, Reader, Slip, Token, tokens

CLEAR = bytes.fromhex("10 14 08 01 03 14 01 06 02 08")
PRINTING = {"LF", "GS ( k", "GS v 0", "ESC J"}


@dataclass
class Printer:
    """State of the machine. `rows_left` prints so many more lines and then paper is out; None is a full roll."""

    dots: int = 576
    status: bool = True
    process_id: bool = True
    cut_counter: bool = True
    clears: bool = True
    sensor: bool = True
    cover_open: bool = False
    near_end: bool = False
    online_though_out: bool = False
    cutter_error: bool = False
    tells_pictures: bool = True
    stores: bool = True
    pictures: dict[str, bytes] = field(default_factory=dict)
    writes: int = 0
    rows_left: int | None = None
    cuts: int = 41
    slips: list[Slip] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _buffer: bytes = b""
    _line: bytes = b""
    _reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self._reader = Reader(self.dots)
        self.lock = threading.RLock()

    @property
    def online(self) -> bool:
        return not self.cover_open and not self.cutter_error and self.rows_left != 0

    @property
    def waiting(self) -> bytes:
        """What it has taken and not yet printed."""
        return self._buffer

    def receive(self, data: bytes) -> bytes:
        """Take bytes and return the answers. Real-time commands act at once, everything else in its turn."""
        with self.lock:
            answers = b""
            self._line += data
            while self._line:
                if len(self._line) < len(CLEAR) and CLEAR.startswith(self._line):
                    break  # the rest of it is still on the way
                if self._line[:2] == b"\x10\x04" and len(self._line) < 3:
                    break  # the rest of it is still on the way
                if self._line.startswith(CLEAR):
                    answers += self._clear()
                    self._line = self._line[len(CLEAR) :]
                elif self._line[:2] == b"\x10\x04" and self._line[2] in {1, 2, 3, 4}:
                    answers += self._tell(self._line[2])
                    self._line = self._line[3:]
                else:
                    self._buffer += self._line[:1]
                    self._line = self._line[1:]
            return answers + self.work()

    def work(self) -> bytes:
        """Print what can be printed now. What it does not understand it skips, byte by byte, as real ones do."""
        with self.lock:
            answers = b""
            while self._buffer and self.online:
                self._buffer = self._buffer.lstrip(b"\0")
                try:
                    token = next(tokens(self._buffer, partial=True), None)
                    if token is None or (token.name in PRINTING and not self._paper()):
                        break
                    self._buffer = self._buffer[len(token.raw) :]
                    answers += self._do(token)
                except NotEscPos as error:
                    self.faults.append(str(error))
                    self._buffer = self._buffer[1:]
                except AssertionError as error:
                    self.faults.append(str(error))
            return answers

    def _paper(self) -> bool:
        if self.rows_left is None:
            return True
        self.rows_left = max(0, self.rows_left - 1)
        return self.rows_left > 0

    def _do(self, token: Token) -> bytes:
        name, data = token.name, token.data
        if name == "GS ( H":
            return b'7"' + data + b"\0" if self.process_id else b""
        if name == "GS g 2":
            return f"_{self.cuts}\0".encode() if self.cut_counter else b""
        if name == "GS ( L":
            return self._picture(data)
        if name == "GS r":
            return bytes((0x03 * self.near_end,)) if self.sensor else b""
        self._reader.take(token)
        if name == "GS V":
            self.cuts += 1
            self.slips = self._reader.slips
        return b""

    def _picture(self, data: bytes) -> bytes:
        """GS ( L: 64 lists the stored pictures, 66 deletes one, 67 stores one, 69 prints one."""
        function, rest = data[1], data[2:]
        if function == 64 and self.tells_pictures:
            return b"7r@" + "".join(sorted(self.pictures)).encode() + b"\0"
        if function == 66:
            self.pictures.pop(rest[:2].decode(), None)
        elif function == 67 and self.stores:
            self.pictures[rest[1:3].decode()] = rest[4:]
            self.writes += 1
        elif function == 69:
            self._reader.show_stored(rest[:2].decode(), self.pictures)
        return b""

    def _clear(self) -> bytes:
        if not self.clears:
            return b""
        self._forget()
        return b"7%\0"

    def _forget(self) -> None:
        """What was not printed is gone; what was printed and not cut still hangs there."""
        hanging = self._reader.slip
        slips = self._reader.slips
        self._reader = Reader(self.dots, slips=slips, slip=hanging)
        self._buffer = b""

    def power_cycle(self) -> None:
        with self.lock:
            self._forget()
            self._line = b""

    def _tell(self, question: int) -> bytes:
        if not self.status:
            return b""
        out = self.rows_left == 0
        bits = {
            1: 0x08 * (not self.online and not (out and self.online_though_out)),
            2: 0x04 * self.cover_open
            | 0x20 * (out and not self.online_though_out)
            | 0x40 * self.cutter_error,
            3: 0x08 * self.cutter_error,
            4: 0x0C * self.near_end | 0x60 * out,
        }
        return bytes((0x12 | bits[question],))

    def repair(self) -> bytes:
        """New paper, cover shut, cutter freed: it goes on by itself."""
        with self.lock:
            self.cover_open = self.cutter_error = self.near_end = False
            self.rows_left = None
            return self.work()


@dataclass
class Wire:
    """The printer as a Device. `cut_after` more bytes the wire breaks, until it is mended."""

    printer: Printer
    cut_after: int | None = None
    unplugged: bool = False
    name: str = "wire"
    feedback: Feedback = Feedback.STATUS
    tick: Callable[[], None] = lambda: None
    """Called on every use: here time passes, and misfortune with it."""
    when_cut: Callable[[], None] = lambda: None
    opened: int = 0
    _heard: bytes = b""
    _open: bool = False

    def open(self) -> None:
        self.tick()
        if self.unplugged:
            raise PrinterUnreachable("unplugged")
        self._open, self._heard = True, b""
        self.opened += 1

    def send(self, data: bytes) -> None:
        self._check()
        if self.cut_after is not None and len(data) > self.cut_after:
            arrived, self.cut_after = data[: self.cut_after], None
            self._open = False
            self.printer.receive(arrived)
            self.when_cut()
            self.when_cut = lambda: None
            raise PrinterUnreachable("broken off")
        if self.cut_after is not None:
            self.cut_after -= len(data)
        self._heard += self.printer.receive(data)

    def read(self, timeout: float) -> bytes:
        self._check()
        self._heard += self.printer.work()
        if not self._heard and timeout:
            time.sleep(min(timeout, 0.002))
        heard, self._heard = self._heard, b""
        return heard

    def close(self) -> None:
        self._open = False

    def _check(self) -> None:
        self.tick()
        if not self._open or self.unplugged:
            raise PrinterUnreachable("not open")


class Tcp:
    """The printer on a TCP port: one connection at a time, as real ones have it."""

    def __init__(self, printer: Printer, *, rate: int | None = None) -> None:
        self.printer = printer
        self._rate = rate
        self._ending = threading.Event()
        self._cut_after: int | None = None
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.05)
        self.port: int = self._server.getsockname()[1]
        self.received = bytearray()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> Tcp:
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join(5)
        self._server.close()

    def cut_after(self, count: int) -> None:
        """Break the connection when so many more bytes have arrived."""
        self._cut_after = count

    def _serve(self) -> None:
        while not self._ending.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = self._server.accept()
                with connection, contextlib.suppress(OSError):
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(0.02)
        while not self._ending.is_set():
            if answers := self.printer.work():
                connection.sendall(answers)
            try:
                data = connection.recv(self._piece())
            except TimeoutError:
                continue
            if not data:
                return
            self.received += data
            if answers := self.printer.receive(data):
                connection.sendall(answers)
            if self._rate:
                self._ending.wait(len(data) / self._rate)
            if self._broken(len(data)):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return

    def _piece(self) -> int:
        piece = 48 if self._rate else 4096
        return piece if self._cut_after is None else max(1, min(piece, self._cut_after))

    def _broken(self, count: int) -> bool:
        if self._cut_after is None:
            return False
        self._cut_after -= count
        if self._cut_after > 0:
            return False
        self._cut_after = None
        return True
