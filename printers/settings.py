"""The `[printer]` section of config.toml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

DeviceKind = Literal["preview", "network", "usb", "serial", "file", "cups", "memory"]


class PrinterSettings(BaseModel):
    """The machine's own printer."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    device: DeviceKind = "preview"
    """`preview` draws the same bytes to a picture and a text; `memory` is for tests."""
    host: str = "127.0.0.1"
    """network: name or address."""
    port: Annotated[int, Field(ge=1, le=65535)] = 9100
    """network: the TCP port; nearly every thermal printer listens on 9100."""
    path: str = ""
    """file: the device file, such as /dev/usb/lp0; serial: the line, such as /dev/ttyUSB0; preview: the folder for
    pictures (default `var/paper`)."""
    answers: bool = False
    """file: the printer can be asked through it, as Linux' own USB printer driver allows for most."""
    usb_id: Annotated[str, Field(pattern=r"^([0-9a-fA-F]{4}:[0-9a-fA-F]{4})?$")] = ""
    """usb: vendor and product number, such as `04b8:0e15`; empty: the first printer found."""
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 9600
    """serial: as the printer's switches are set."""
    flow: Literal["none", "xonxoff", "rtscts"] = "xonxoff"
    """serial: how the printer makes us wait when its buffer is full."""
    queue: str = ""
    """cups: the name of the queue (`lpstat -e` lists them)."""
    model: Literal["generic", "generic-no-cutter", "epson-203dpi", "epson-180dpi"] = "generic"
    """Decides how many dots and columns the paper has, and whether there is a knife; `kiosk printer check` shows a ruler."""
    paper: Literal[80, 58] = 80
    """Width of the paper in millimetres."""
    qr: Literal["native", "raster"] = "native"
    """`native` lets the printer draw the QR code; `raster` sends it as a picture, for printers that cannot."""
    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 5.0
    """The most that one connect, write or read may take."""
