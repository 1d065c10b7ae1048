"""config.toml: the sections that kiosk owns, composed with those of queue_core and printers, loaded and checked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from printers.settings import PrinterSettings
from queue_core.settings import Catalogue, Section, StoreSettings


class MachineSettings(Section):
    """This computer. Stays in this machine's file; never goes into the store's catalogue."""

    id: Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,3}$")] = "K1"
    demonstration: bool = False
    """True: a demonstration's staff (name `demo`, PIN 2580) exists and the start screen tells the PIN."""


class ScreenSettings(Section):
    """The visitor's screen."""

    idle_seconds: Annotated[int, Field(ge=10, le=600)] = 30
    """Without a touch for so long, the screen asks, and then returns home."""
    ticket_seconds: Annotated[int, Field(ge=5, le=120)] = 20
    """How long the ticket stays on screen; also how long it can be cancelled with one touch."""
    tickets_a_minute: Annotated[int, Field(ge=1, le=60)] = 6
    """After so many tickets in a minute the kiosk slows down."""
    high_contrast: bool = False
    large_text: bool = False


class WebSettings(Section):
    """The public address of the visitor's page."""

    public_url: str = ""
    """Such as `HTTPS://ANTRE.EXAMPLE`. Empty: the QR code holds the label and the slip promises no page."""


class Settings(Catalogue):
    """The whole file."""

    store: StoreSettings = StoreSettings()
    printer: PrinterSettings = PrinterSettings()
    machine: MachineSettings = MachineSettings()
    screen: ScreenSettings = ScreenSettings()
    web: WebSettings = WebSettings()
