"""The `[printer]` section of config.toml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from printers.template import PARTS, Logo, Template

DeviceKind = Literal["preview", "network", "usb", "serial", "file", "cups", "memory"]


Size = Literal["normal", "bold", "tall", "large"]
Part = Literal[
    "copy",
    "logo",
    "site",
    "address",
    "heading",
    "label",
    "priority",
    "agency",
    "service",
    "ahead",
    "wait",
    "legs",
    "requirements",
    "qr",
    "hint",
    "issued",
    "motto",
    "note",
    "footer",
    "gap",
]


class SlipSizes(BaseModel):
    """How large the lines of a slip are. `large` is twice as wide and tall where that fits, `tall` twice as tall."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    site: Size = "large"
    """The site's name."""
    address: Size = "normal"
    """The site's address."""
    heading: Size = "normal"
    """The words above the number."""
    agency: Size = "large"
    """The agency's name."""
    service: Size = "bold"
    """The service's name."""
    ahead: Size = "large"
    """How many people wait in front."""
    wait: Size = "normal"
    """The expected wait."""
    hint: Size = "normal"
    """What to do with the QR code."""
    issued: Size = "normal"
    """Date and time."""
    motto: Size = "bold"
    """The site's motto."""
    note: Size = "normal"
    """The line of your own."""
    footer: Size = "normal"
    """The small print."""


def _has_label(lines: list[str]) -> list[str]:
    if lines.count("label") != 1:
        kind = "slip_lines"
        raise PydanticCustomError(kind, "a slip has its number once")
    return lines


class SlipSettings(BaseModel):
    """What the slip shows. Without this section it is as in the pictures of the README."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    lines: Annotated[list[Part], AfterValidator(_has_label)] = list(PARTS)  # type: ignore[arg-type]  # the same words, which a test compares
    """The parts from top to bottom; `gap` leaves a little white. `label`, the number, must be there; the mark of a copy is
    always printed. `address` can be added."""
    size: SlipSizes = SlipSizes()
    """Sizes that differ."""
    logo: str = ""
    """A picture file for the part `logo`, at most 15 mm high on paper."""
    note: dict[str, str] = {}  # pydantic copies it
    """A line of your own by language, such as opening hours, for the part `note`."""

    def template(self, logo: Logo | None = None) -> Template:
        """What the layout needs of this. The mark of a copy goes first if it is not named."""
        parts = self.lines if "copy" in self.lines else ["copy", *self.lines]
        return Template(tuple(parts), self.size.model_dump(), logo)


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
