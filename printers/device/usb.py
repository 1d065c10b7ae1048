"""A printer on USB, spoken to directly through pyusb and libusb; imported on first use only."""

from __future__ import annotations

import time
from typing import Any, NoReturn

from printers.device.base import Feedback, patience
from printers.errors import PrinterBusy, PrinterUnreachable, TransportUnavailable

PIECE = 4096
"""Most that is handed over at once. pyusb returns the count of a write that timed out half-way, without an error."""
PRINTER_CLASS = 7
_PAUSE = 0.01
MISSING = "USB printers need pyusb and libusb: pip install pyusb, apt install libusb-1.0-0"


class UsbDevice:
    """The printer with this vendor and product number, or the first that calls itself a printer.

    Never resets it (some print a page of symbols after that); takes it from the system's own printer driver while open.
    """

    def __init__(self, usb_id: str, *, timeout: float, backend: Any = None) -> None:
        """`usb_id` such as `04b8:0e15`, or empty; `backend` stands in for libusb in tests."""
        self._id = usb_id
        self._timeout = timeout
        self._backend = backend
        self._device: Any = None
        self._interface = 0
        self._out: Any = None
        self._in: Any = None
        self.name = f"usb {usb_id or 'printer'}"
        self.feedback = Feedback.STATUS

    def open(self) -> None:
        """Find it and claim it. Raises: PrinterUnreachable, TransportUnavailable."""
        self.close()
        core, util = _pyusb()
        try:
            device = core.find(backend=self._backend, custom_match=self._matches)
        except core.NoBackendError as error:
            raise TransportUnavailable(MISSING, "usb") from error
        if device is None:
            message = f"{self.name} is not connected"
            raise PrinterUnreachable(message)
        try:
            self._claim(device, util)
        except OSError as error:
            util.dispose_resources(device)
            self._lose(error)

    def _matches(self, device: Any) -> bool:
        if self._id:
            return f"{device.idVendor:04x}:{device.idProduct:04x}" == self._id.lower()
        return any(face.bInterfaceClass == PRINTER_CLASS for config in device for face in config)

    def _claim(self, device: Any, util: Any) -> None:
        faces = [face for face in device[0] if face.bInterfaceClass == PRINTER_CLASS] or list(device[0])
        face = faces[0]
        self._interface = face.bInterfaceNumber
        if device.is_kernel_driver_active(self._interface):
            device.detach_kernel_driver(self._interface)
        util.claim_interface(device, self._interface)
        ends = {
            util.endpoint_direction(end.bEndpointAddress): end
            for end in face
            if util.endpoint_type(end.bmAttributes) == util.ENDPOINT_TYPE_BULK
        }
        self._device, self._out, self._in = device, ends.get(util.ENDPOINT_OUT), ends.get(util.ENDPOINT_IN)
        if self._out is None:
            self.close()
            message = f"{self.name} has no way in for print data"
            raise PrinterUnreachable(message)
        self.feedback = Feedback.STATUS if self._in is not None else Feedback.NONE

    def send(self, data: bytes) -> None:
        """Raises: PrinterBusy when it takes nothing for the time limit, PrinterUnreachable when it is gone."""
        at, milliseconds = 0, max(1, round(patience(data, self._timeout) * 1000))  # 0 would be "for ever"
        while at < len(data):
            piece = data[at : at + PIECE]
            taken = self._guarded(self._out, "write", piece, milliseconds)
            if not taken:
                message = f"{self.name} takes no data"
                raise PrinterBusy(message)
            at += taken

    def read(self, timeout: float) -> bytes:
        """What it said; some printers answer each look at once with nothing, so look until the time is over."""
        if self._device is not None and self._in is None:
            return b""  # it has no way back
        deadline = time.monotonic() + timeout
        while True:
            left = max(1, round((deadline - time.monotonic()) * 1000))
            data = self._guarded(self._in, "read", PIECE, left)
            if data:
                return bytes(data)
            if time.monotonic() >= deadline:
                return b""
            time.sleep(_PAUSE)

    def close(self) -> None:
        """Give it back."""
        device, self._device, self._out, self._in = self._device, None, None, None
        if device is not None:
            _, util = _pyusb()
            try:
                util.release_interface(device, self._interface)
            except OSError:
                return  # unplugged: there is nothing to give back
            finally:
                util.dispose_resources(device)

    def _guarded(self, end: Any, use: str, what: bytes | int, milliseconds: int) -> Any:
        """Use an endpoint; a time-out is nothing (0 or no bytes), other failures are a lost printer."""
        core, _ = _pyusb()
        if end is None:
            message = f"{self.name} is not open"
            raise PrinterUnreachable(message)
        try:
            return getattr(end, use)(what, milliseconds)
        except core.USBTimeoutError:
            return 0
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> NoReturn:
        message = f"{self.name}: {error}"
        raise PrinterUnreachable(message) from error


def _pyusb() -> tuple[Any, Any]:
    try:
        import usb.core
        import usb.util
    except ImportError as error:
        raise TransportUnavailable(MISSING, "usb") from error
    return usb.core, usb.util


def available() -> bool:
    """Whether pyusb is here, and a libusb for it to speak through."""
    try:
        import usb.backend.libusb1
    except ImportError:
        return False
    return usb.backend.libusb1.get_backend() is not None
