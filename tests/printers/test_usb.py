"""A USB printer at pyusb's edge: a backend that stands in for libusb, with an emulated printer behind it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from printers.capabilities import Capabilities
from printers.device import UsbDevice
from printers.device.base import QUESTION_BYTES, QUESTION_SECONDS
from printers.encode import encode
from printers.errors import PrinterBusy, PrinterUnreachable, TransportUnavailable
from printers.layout import layout
from printers.papers import PAPERS
from printers.spool import Spool
from tests.printers.emulator import Printer
from tests.printers.journals import MemoryJournal
from tests.printers.samples import ORDINARY

PAPER = PAPERS[80]
SLIP = encode(layout(ORDINARY, PAPER), PAPER, "raster")


def test_without_pyusb_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usb", None)
    monkeypatch.setitem(sys.modules, "usb.core", None)
    with pytest.raises(TransportUnavailable, match="pip install pyusb"):
        UsbDevice("", timeout=1).open()


core = pytest.importorskip("usb.core", reason="pyusb is not installed")
IBackend: Any = pytest.importorskip("usb.backend").IBackend


class Libusb(IBackend):  # type: ignore[misc]  # pyusb ships no types
    """One printer on the bus. `takes` bytes of each write are accepted; None is all of them, 0 a time-out."""

    def __init__(self, printer: Printer, *, way_back: bool = True) -> None:
        self.printer = printer
        self.takes: int | None = None
        self.plugged = True
        self.driver_active = True
        self.calls: list[str] = []
        self.limits: list[int] = []
        self._answers = b""
        self._ends = [(0x01, 2), (0x82, 2)] if way_back else [(0x01, 2)]

    def enumerate_devices(self) -> list[int]:
        return [1] if self.plugged else []

    def get_device_descriptor(self, dev: int) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=0x04B8, idProduct=0x0E15, bcdDevice=0x100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=5, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: int, config: int) -> Any:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=0, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: int, intf: int, alt: int, config: int) -> Any:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=len(self._ends),
            bInterfaceClass=7, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: int, ep: int, intf: int, alt: int, config: int) -> Any:
        address, kind = self._ends[ep]
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=address, bmAttributes=kind, wMaxPacketSize=64, bInterval=0,
            bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: int) -> int:
        return 1

    def close_device(self, handle: int) -> None:
        self.calls.append("close")

    def get_configuration(self, handle: int) -> int:
        return 1

    def set_configuration(self, handle: int, value: int) -> None:
        self.calls.append("configure")

    def claim_interface(self, handle: int, intf: int) -> None:
        self.calls.append("claim")

    def release_interface(self, handle: int, intf: int) -> None:
        self.calls.append("release")

    def is_kernel_driver_active(self, handle: int, intf: int) -> bool:
        return self.driver_active

    def detach_kernel_driver(self, handle: int, intf: int) -> None:
        self.calls.append("detach")

    def reset_device(self, handle: int) -> None:
        self.calls.append("reset")

    def bulk_write(self, handle: int, ep: int, intf: int, data: Any, timeout: int) -> int:
        self.limits.append(timeout)
        assert timeout > 0, "0 would wait for ever"
        assert len(data) <= 4096
        self._check()
        if self.takes == 0:
            raise core.USBTimeoutError("timed out", -7, 110)
        taken = bytes(data)[: self.takes]
        self._answers += self.printer.receive(taken)
        return len(taken)

    def bulk_read(self, handle: int, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert timeout > 0, "0 would wait for ever"
        self._check()
        if not self._answers:
            raise core.USBTimeoutError("timed out", -7, 110)
        part, self._answers = self._answers[: len(buff)], self._answers[len(buff) :]
        for place, byte in enumerate(part):
            buff[place] = byte
        return len(part)

    def _check(self) -> None:
        if not self.plugged:
            raise core.USBError("no such device", -4, 19)


@pytest.fixture
def libusb() -> Libusb:
    return Libusb(Printer())


def device(libusb: Libusb, usb_id: str = "04B8:0E15") -> UsbDevice:
    return UsbDevice(usb_id, timeout=0.05, backend=libusb)


@pytest.mark.parametrize("usb_id", ["04B8:0E15", ""])
def test_a_slip_goes_out_whole_and_is_proved(libusb: Libusb, tmp_path: Path, usb_id: str) -> None:
    journal = MemoryJournal()
    journal.add("A", "B")
    spool = Spool(
        device(libusb, usb_id),
        journal,
        lambda _: SLIP,
        printer="K1",
        lock_path=tmp_path / "lock",
        capabilities=Capabilities(status=True, process_id=True, cut_counter=True, clear=True),
    )
    spool.drain(20)
    assert journal.states() == {"A": "printed", "B": "printed"}
    assert len(libusb.printer.slips) == 2
    assert libusb.printer.faults == []


def test_a_short_write_goes_on_where_it_stopped(libusb: Libusb) -> None:
    libusb.takes = 1000
    printer = device(libusb)
    printer.open()
    printer.send(SLIP)
    printer.close()
    assert "DK 042" in libusb.printer.slips[0].text


def test_a_question_may_wait_less_long_than_a_slip(libusb: Libusb) -> None:
    usb = UsbDevice("", timeout=600, backend=libusb)
    usb.open()
    usb.send(b"\x10\x04\x01")
    usb.send(bytes(QUESTION_BYTES + 1))
    usb.close()
    assert libusb.limits == [QUESTION_SECONDS * 1000, 600_000]


def test_a_printer_that_takes_nothing_is_busy(libusb: Libusb) -> None:
    printer = device(libusb)
    printer.open()
    libusb.takes = 0
    with pytest.raises(PrinterBusy):
        printer.send(SLIP)


def test_it_takes_the_interface_from_the_system_gives_it_back_and_never_resets(libusb: Libusb) -> None:
    printer = device(libusb)
    printer.open()
    printer.close()
    assert libusb.calls == ["detach", "claim", "release", "close"]


def test_silence_is_an_empty_answer(libusb: Libusb) -> None:
    printer = device(libusb)
    printer.open()
    assert printer.read(0.02) == b""
    printer.close()


def test_an_unplugged_printer_is_unreachable_before_and_after(libusb: Libusb) -> None:
    printer = device(libusb)
    printer.open()
    libusb.plugged = False
    for use in (
        lambda: printer.send(SLIP),
        lambda: printer.read(0.01),
        printer.open,
        lambda: printer.send(SLIP),
    ):
        with pytest.raises(PrinterUnreachable):
            use()
    printer.close()


def test_another_printer_is_not_taken_for_ours(libusb: Libusb) -> None:
    with pytest.raises(PrinterUnreachable, match="not connected"):
        device(libusb, "1234:5678").open()


def test_a_printer_without_a_way_back_is_only_called_sent(tmp_path: Path) -> None:
    libusb = Libusb(Printer(), way_back=False)
    journal = MemoryJournal()
    journal.add("A")
    spool = Spool(device(libusb), journal, lambda _: SLIP, printer="K1", lock_path=tmp_path / "lock")
    for _ in range(6):
        spool.run_once()
    spool.drain(0)
    assert journal.states() == {"A": "sent"}
    assert len(libusb.printer.slips) == 1
