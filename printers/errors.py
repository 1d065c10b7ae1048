"""What can go wrong with a printer: troubles that people can mend, and the errors that carry them. Pure."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """One thing that is wrong with a printer, as a person would mend it. The value is stored; never rename one."""

    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    CUTTER_ERROR = "cutter_error"
    UNRECOVERABLE = "unrecoverable"  # switch off, call service
    OVERHEATED = "overheated"  # the printer goes on by itself when the head has cooled
    ERROR = "error"  # a recoverable error that the printer does not name
    OFFLINE = "offline"  # not ready, for no reason that the printer tells
    UNREACHABLE = "unreachable"  # no connection
    UNAVAILABLE = "unavailable"  # this computer lacks what the connection needs
    MUTE = "mute"  # connected, and gives no answer
    BUSY = "busy"  # takes no more data within the time limit
    PAPER_NEAR_END = "paper_near_end"


class PrinterError(Exception):
    """The base of everything that this package raises on purpose; `trouble` is what to tell people."""

    trouble: Trouble = Trouble.ERROR


class PrinterUnreachable(PrinterError):  # noqa: N818  # it names what happened
    """No connection, or it was lost. `detail` is for the log, never for a visitor's screen."""

    trouble = Trouble.UNREACHABLE

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class PrinterBusy(PrinterUnreachable):
    """The printer took no more data within the time limit; how much of it arrived is not known."""

    trouble = Trouble.BUSY


class TransportUnavailable(PrinterError):  # noqa: N818  # it names what happened
    """This machine lacks what the chosen kind of connection (`usb`, `cups`) needs; the text is for the log."""

    trouble = Trouble.UNAVAILABLE

    def __init__(self, detail: str, connection: str) -> None:
        super().__init__(detail)
        self.connection = connection


class CannotCompose(PrinterError):  # noqa: N818  # it names what happened
    """The slip does not fit this paper, whatever is tried; it waits for a hand."""


class UnknownCommand(PrinterError):  # noqa: N818  # it names what happened
    """Bytes that this product never emits, found by the preview at `offset`."""

    def __init__(self, offset: int, found: bytes) -> None:
        super().__init__(f"unknown command {found.hex(' ')} at byte {offset}")
        self.offset = offset
        self.found = found
