"""What is attached: read from the system's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from printers.device import Found, find, unavailable, usb


def plug_in(system: Path, *, driver: str = "", kind: str = "07") -> None:
    face = system / "bus/usb/devices/1-2/1-2:1.0"
    face.mkdir(parents=True)
    (system / "bus/usb/devices/1-2:1.0").symlink_to(face)
    (face / "bInterfaceClass").write_text(kind + "\n")
    for name, text in {
        "idVendor": "04b8",
        "idProduct": "0e15",
        "manufacturer": "EPSON",
        "product": "TM-T82X",
    }.items():
        (face.parent / name).write_text(text + "\n")
    if driver:
        (face / "usbmisc" / driver).mkdir(parents=True)


@pytest.fixture(autouse=True)
def _no_cups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def test_a_usb_printer_is_found_by_its_number_and_by_its_device_file(tmp_path: Path) -> None:
    plug_in(tmp_path / "sys", driver="lp0")
    assert find(tmp_path / "sys", tmp_path) == (
        Found("file", "path", str(tmp_path / "usb/lp0"), "EPSON TM-T82X"),
        Found("usb", "usb_id", "04b8:0e15", "EPSON TM-T82X"),
    )


def test_other_things_on_usb_are_no_printers(tmp_path: Path) -> None:
    plug_in(tmp_path / "sys", kind="03")
    assert find(tmp_path / "sys", tmp_path) == ()


def test_serial_adapters_are_listed(tmp_path: Path) -> None:
    (tmp_path / "ttyUSB0").touch()
    (tmp_path / "ttyS0").touch()
    assert find(tmp_path / "sys", tmp_path) == (Found("serial", "path", str(tmp_path / "ttyUSB0"), ""),)


def test_cups_queues_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lpstat").write_text("#!/bin/sh\necho slips\necho office\n")
    (folder / "lpstat").chmod(0o755)
    assert [found.value for found in find(tmp_path / "sys", tmp_path)] == ["slips", "office"]


def test_what_this_computer_lacks_is_said_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(usb, "available", lambda: False)
    assert unavailable() == ("usb", "cups")
    program = tmp_path / "bin" / "lp"
    program.parent.mkdir(exist_ok=True)
    program.touch(mode=0o755)
    monkeypatch.setattr(usb, "available", lambda: True)
    assert unavailable() == ()
