"""What is attached to this computer that could print: asked of the system, without touching any printer."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from printers.device import usb
from printers.device.usb import PRINTER_CLASS

LPSTAT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Found:
    """A possible printer: the `device` of config.toml, the key and value that name it there, and what it calls itself."""

    device: str
    key: str
    value: str
    description: str


def find(system: Path = Path("/sys"), files: Path = Path("/dev")) -> tuple[Found, ...]:
    """List USB printers, their device files, serial adapters and CUPS queues. What cannot be asked is left out."""
    return (*_usb(system, files), *_serial(files), *_queues())


def unavailable() -> tuple[str, ...]:
    """The kinds of connection for which this computer lacks something."""
    lacks = (("usb", not usb.available()), ("cups", shutil.which("lp") is None))
    return tuple(connection for connection, lacking in lacks if lacking)


def _usb(system: Path, files: Path) -> Iterator[Found]:
    for face in sorted(system.glob("bus/usb/devices/*:*")):
        if _text(face / "bInterfaceClass") != f"{PRINTER_CLASS:02x}":
            continue
        device = face.resolve().parent
        name = " ".join(filter(None, (_text(device / "manufacturer"), _text(device / "product"))))
        for driver in sorted(face.glob("usbmisc/lp*")):
            yield Found("file", "path", str(files / "usb" / driver.name), name)
        yield Found("usb", "usb_id", f"{_text(device / 'idVendor')}:{_text(device / 'idProduct')}", name)


def _serial(files: Path) -> Iterator[Found]:
    for pattern in ("ttyUSB*", "ttyACM*"):
        for path in sorted(files.glob(pattern)):
            yield Found("serial", "path", str(path), "")


def _queues() -> Iterator[Found]:
    try:
        done = subprocess.run(["lpstat", "-e"], capture_output=True, timeout=LPSTAT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return  # no CUPS here, or none that answers
    for queue in done.stdout.decode(errors="replace").split():
        yield Found("cups", "queue", queue, "")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""  # not every device tells its name
