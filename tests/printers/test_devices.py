"""Things with paper: each call ends, nothing is truncated, nobody is told good news out of silence."""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path
from typing import get_args

import pytest

from printers.device import (
    CupsDevice,
    FileDevice,
    MemoryDevice,
    NetworkDevice,
    PreviewDevice,
    SerialDevice,
    UsbDevice,
    open_device,
)
from printers.encode import encode
from printers.errors import PrinterBusy, PrinterUnreachable, UnknownCommand
from printers.layout import layout
from printers.papers import PAPERS
from printers.settings import DeviceKind, PrinterSettings
from tests.printers.emulator import Printer, Tcp
from tests.printers.samples import ORDINARY

PAPER = PAPERS[80]
SLIP = encode(layout(ORDINARY, PAPER), PAPER)


def test_preview_writes_a_picture_and_a_text_and_tells_where(tmp_path: Path) -> None:
    device = PreviewDevice(tmp_path / "paper", PAPER)
    device.open()
    device.send(SLIP)
    device.send(SLIP)
    assert [file.name for file in device.files] == ["001.png", "001.txt", "002.png", "002.txt"]
    assert all(file.stat().st_size > 100 for file in device.files)
    assert "DK 042" in device.files[1].read_text(encoding="utf-8")


def test_preview_counts_on_from_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "041.png").write_bytes(b"")
    device = PreviewDevice(tmp_path, PAPER)
    device.open()
    device.send(SLIP)
    assert device.files[0].name == "042.png"


def test_preview_refuses_bytes_that_are_not_ours_and_writes_nothing(tmp_path: Path) -> None:
    device = PreviewDevice(tmp_path, PAPER)
    device.open()
    with pytest.raises(UnknownCommand):
        device.send(SLIP + b"\x1bp\x00")
    assert not list(tmp_path.iterdir())


def test_preview_in_a_folder_that_cannot_be_made_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PrinterUnreachable):
        PreviewDevice(tmp_path / "file" / "paper", PAPER).open()


def test_a_file_is_appended_to_and_never_truncated(tmp_path: Path) -> None:
    path = tmp_path / "printer"
    path.write_bytes(b"before")
    for _ in range(2):
        device = FileDevice(path, timeout=1)
        device.open()
        device.send(SLIP)
        device.close()
    assert path.read_bytes() == b"before" + SLIP * 2


def test_a_missing_device_file_is_unreachable_and_is_not_created() -> None:
    path = Path("/dev/no-such-printer-at-all")
    with pytest.raises(PrinterUnreachable):
        FileDevice(path, timeout=1).open()
    assert not path.exists()


def test_a_device_file_that_takes_nothing_gives_up_in_time(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    device = FileDevice(path, timeout=0.1)
    device.open()
    with pytest.raises(PrinterBusy):
        device.send(b"\x00" * 1_000_000)
    device.close()
    os.close(reader)


def test_a_device_file_whose_other_end_went_away_is_unreachable(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    device = FileDevice(path, timeout=1)
    device.open()
    os.close(reader)
    with pytest.raises(PrinterUnreachable):
        device.send(SLIP)
    device.close()


def test_sending_before_opening_is_refused(tmp_path: Path) -> None:
    for device in (FileDevice(tmp_path / "x", timeout=1), NetworkDevice("127.0.0.1", 1, timeout=1)):
        with pytest.raises(PrinterUnreachable, match="not"):
            device.send(b"x")


def test_a_network_printer_gets_exactly_the_bytes() -> None:
    with Tcp(Printer()) as tcp:
        device = NetworkDevice("localhost", tcp.port, timeout=2)
        device.open()
        device.send(SLIP + b"\x1dr\x01")
        assert device.read(2) == b"\x00"
        device.close()
        assert bytes(tcp.received) == SLIP + b"\x1dr\x01"
        assert "DK 042" in tcp.printer.slips[0].text


def test_closing_does_not_cut_off_what_is_still_on_its_way() -> None:
    """An answer that nobody read must not turn the goodbye into a reset that drops the slip."""
    with Tcp(Printer(), rate=4000) as tcp:
        device = NetworkDevice("127.0.0.1", tcp.port, timeout=2)
        device.open()
        device.send(b"\x10\x04\x01" + SLIP)
        device.close()
        limit = time.monotonic() + 5
        while len(tcp.received) < len(SLIP) + 3 and time.monotonic() < limit:
            threading.Event().wait(0.01)
        assert bytes(tcp.received).endswith(SLIP)


def test_nobody_listening_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(PrinterUnreachable):
        NetworkDevice("127.0.0.1", port, timeout=1).open()


def test_a_name_that_does_not_resolve_is_unreachable() -> None:
    with pytest.raises(PrinterUnreachable):
        NetworkDevice("no-such-printer.invalid", 9100, timeout=5).open()


def test_a_name_lookup_that_hangs_ends_in_time_and_is_not_started_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release, started = threading.Event(), []

    def hang(*_: object, **__: object) -> list[object]:
        started.append(1)
        release.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    device = NetworkDevice("slow.example", 9100, timeout=0.05)
    for _ in range(3):
        with pytest.raises(PrinterUnreachable, match="no answer"):
            device.open()
    release.set()
    assert started == [1]


def test_a_closed_connection_is_reported_and_never_taken_for_an_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        device = NetworkDevice("127.0.0.1", server.getsockname()[1], timeout=1)
        device.open()
        server.accept()[0].close()
        with pytest.raises(PrinterUnreachable, match="closed"):
            device.read(1)
        device.close()


def test_a_printer_that_stops_reading_is_busy_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        device = NetworkDevice("127.0.0.1", server.getsockname()[1], timeout=0.1)
        device.open()
        connection = server.accept()[0]
        device._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)  # type: ignore[union-attr]
        device._slowest = 10**9
        with pytest.raises(PrinterBusy):
            device.send(b"\x00" * 20_000_000)
        connection.close()
        device.close()


def test_silence_is_an_empty_answer_within_the_time_limit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        device = NetworkDevice("127.0.0.1", server.getsockname()[1], timeout=1)
        device.open()
        assert device.read(0.05) == b""
        device.close()


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        (PrinterSettings(), PreviewDevice),
        (PrinterSettings(device="network"), NetworkDevice),
        (PrinterSettings(device="file", path="/dev/usb/lp0"), FileDevice),
        (PrinterSettings(device="memory"), MemoryDevice),
        (PrinterSettings(device="usb", usb_id="04b8:0e15"), UsbDevice),
        (PrinterSettings(device="serial", path="/dev/ttyUSB0"), SerialDevice),
        (PrinterSettings(device="cups", queue="slips"), CupsDevice),
    ],
)
def test_the_settings_choose_the_device(settings: PrinterSettings, kind: type, tmp_path: Path) -> None:
    assert isinstance(open_device(settings, folder=tmp_path), kind)


def test_every_kind_of_the_settings_has_a_device_of_its_own(tmp_path: Path) -> None:
    kinds = {
        kind: type(open_device(PrinterSettings(device=kind), folder=tmp_path))
        for kind in get_args(DeviceKind)
    }
    assert len(set(kinds.values())) == len(kinds)


def test_a_preview_goes_where_the_settings_say_else_into_the_given_folder(tmp_path: Path) -> None:
    elsewhere = PrinterSettings(path=str(tmp_path / "here"))
    assert str(tmp_path / "here") in open_device(elsewhere, folder=tmp_path / "there").name
    assert str(tmp_path / "there") in open_device(PrinterSettings(), folder=tmp_path / "there").name
