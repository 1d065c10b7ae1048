"""Device: the thing with paper, behind one small face. Every call ends within its time limit."""

from __future__ import annotations

from pathlib import Path

from printers.device.base import Device, Feedback
from printers.device.cups import CupsDevice
from printers.device.file import FileDevice
from printers.device.find import Found, find, unavailable
from printers.device.memory import MemoryDevice
from printers.device.network import NetworkDevice
from printers.device.preview import PreviewDevice
from printers.device.serial import SerialDevice
from printers.device.usb import UsbDevice
from printers.papers import paper_for
from printers.settings import PrinterSettings

__all__ = [
    "CupsDevice",
    "Device",
    "Feedback",
    "FileDevice",
    "Found",
    "MemoryDevice",
    "NetworkDevice",
    "PreviewDevice",
    "SerialDevice",
    "UsbDevice",
    "find",
    "open_device",
    "unavailable",
]


def open_device(settings: PrinterSettings, *, folder: Path) -> Device:
    """Make the device that the settings name; nothing is connected yet.

    `folder` is where the preview puts its pictures when the settings name no other.
    """
    limit, path = settings.timeout_seconds, Path(settings.path)
    match settings.device:
        case "network":
            return NetworkDevice(settings.host, settings.port, timeout=limit)
        case "usb":
            return UsbDevice(settings.usb_id, timeout=limit)
        case "serial":
            return SerialDevice(path, baud=settings.baud, flow=settings.flow, timeout=limit)
        case "file":
            return FileDevice(path, timeout=limit, answers=settings.answers)
        case "cups":
            return CupsDevice(settings.queue, timeout=limit)
        case "memory":
            return MemoryDevice()
    return PreviewDevice(
        Path(settings.path) if settings.path else folder, paper_for(settings.model, settings.paper)
    )
