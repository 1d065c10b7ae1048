"""How to ask a printer: one question at a time, each with its own time limit."""

from __future__ import annotations

import time
from collections.abc import Callable

from printers.device import Device
from printers.errors import PrinterUnreachable, Trouble
from printers.status import Kind, Replies, Reply, from_realtime

INITIALISE = b"\x1b@"
CLEAR = (
    b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # DLE DC4 8: drop everything received, also half a picture
)
CUT_COUNTER = b"\x1dg2\x002\x00"  # GS g 2, counter 50: how often the knife has cut
CUT_OFF = INITIALISE + b"\x1dVB\x00"
"""After as many NULs as an interrupted slip had bytes: they fill half a picture up and are nothing otherwise; then what may
hang there is cut off, so that the next slip is whole and alone."""
PICTURES = (
    b"\x1d(L\x04\x000@KC"  # GS ( L function 64: which pictures are stored; each block of keys wants an ACK
)
ACK = b"\x06"
MORE = b"A"
MOST_BLOCKS = 8
SENSOR = b"\x1dr\x01"  # GS r 1: answered in its turn, when everything before it has been processed
ANSWER_SECONDS = 0.9
"""With the second between two looks less than two: so soon is the reason of a trouble on every screen."""


def process_mark(mark: bytes) -> bytes:
    """GS ( H function 48: the printer returns these four characters when all before them has been printed."""
    return b"\x1d(H\x06\x0000" + mark


class Talk:
    """A conversation over an open device. Every method may raise PrinterUnreachable, none waits past its limit."""

    def __init__(self, device: Device, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._device = device
        self._limit = answer_seconds
        self._replies = Replies()
        self._heard: list[Reply] = []

    def send(self, data: bytes) -> None:
        """Hand bytes over."""
        self._device.send(data)

    def troubles(self) -> frozenset[Trouble]:
        """Ask what is wrong; `MUTE` when the printer does not answer at all.

        Whether it prints and whether there is paper are asked always: some stay online without paper. Only when one of
        them is not well are the others asked, so that an open cover is told and not the paper that it took along.
        """
        online = self._realtime(1)
        if online is None:
            return frozenset({Trouble.MUTE})
        found = online | (self._realtime(4) or frozenset())
        if found & {Trouble.OFFLINE, Trouble.PAPER_OUT}:
            found = found.union(*(self._realtime(question) or frozenset() for question in (2, 3)))
        return found

    def cut_count(self) -> int | None:
        """How often the knife has cut; None when the printer does not tell."""
        self._forget(Kind.TEXT)
        self.send(CUT_COUNTER)
        reply = self.hear(lambda reply: reply.kind is Kind.TEXT, self._limit)
        return int(reply.data) if reply and reply.data.isdigit() else None

    def pictures(self, seconds: float | None = None) -> frozenset[str] | None:
        """The keys of the pictures that the printer has stored; None when it does not tell within so long."""
        self._forget(Kind.PICTURES)
        self.send(PICTURES)
        keys = ""
        for _ in range(MOST_BLOCKS):
            reply = self.hear(lambda reply: reply.kind is Kind.PICTURES, seconds or self._limit)
            if reply is None:
                return None
            self.send(ACK)
            keys += reply.data[1:].decode("latin-1")
            if reply.data[:1] != MORE:
                break
        return frozenset(keys[at : at + 2] for at in range(0, len(keys), 2))

    def clear(self) -> bool:
        """Empty the printer's buffer, so that nothing old can come out any more; False when it does not confirm."""
        self.send(CLEAR)
        cleared = self.hear(lambda reply: reply.kind is Kind.CLEARED, self._limit) is not None
        if cleared:
            self._heard.clear()  # whatever was said before belongs to what is gone
        return cleared

    def hear(self, wanted: Callable[[Reply], bool], seconds: float) -> Reply | None:
        """Wait for a reply of this sort, keeping the others for who asks for them."""
        deadline = time.monotonic() + seconds
        while True:
            for place, reply in enumerate(self._heard):
                if wanted(reply):
                    return self._heard.pop(place)
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            self._heard += self._replies.feed(self._device.read(left))

    def _realtime(self, question: int) -> frozenset[Trouble] | None:
        self._drain()
        self._forget(Kind.REALTIME)
        self.send(bytes((0x10, 0x04, question)))
        reply = self.hear(lambda reply: reply.kind is Kind.REALTIME, self._limit)
        return from_realtime(question, reply.data[0]) if reply else None

    def _drain(self) -> None:
        """Take in what came unasked, so that it is not mistaken for the next answer."""
        while data := self._device.read(0):
            self._heard += self._replies.feed(data)

    def _forget(self, kind: Kind) -> None:
        self._heard = [reply for reply in self._heard if reply.kind is not kind]


class Connection:
    """Opens a device for a conversation and lets go of it, whatever happens."""

    def __init__(self, device: Device, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._device = device
        self._limit = answer_seconds

    def __enter__(self) -> Talk:
        self._device.open()
        return Talk(self._device, answer_seconds=self._limit)

    def __exit__(self, *_: object) -> None:
        self._device.close()


__all__ = [
    "ANSWER_SECONDS",
    "CLEAR",
    "CUT_COUNTER",
    "INITIALISE",
    "SENSOR",
    "Connection",
    "PrinterUnreachable",
    "Talk",
    "process_mark",
]
