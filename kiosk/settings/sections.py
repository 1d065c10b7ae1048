"""config.toml: the sections that kiosk owns, composed with those of queue_core and printers.

The sentence under a field is what docs/configuration.md says of it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from printers.settings import PrinterSettings, SlipSettings
from queue_core.settings import AgencyCode, Catalogue, Language, Section, StoreSettings, pattern, shaped


class MachineSettings(Section):
    """This computer. Stays in this machine's file; never goes into the store's catalogue."""

    id: Annotated[str, shaped("machine_id", pattern(r"[A-Z][0-9]{1,3}"))] = "K1"
    """One letter and a number; no two computers of a site share one."""
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
    """Begin in high contrast; a visitor can change it with one touch."""
    large_text: bool = False
    """Begin with larger text; a visitor can change it with one touch."""


class BoardSettings(Section):
    """The hall's board and its voice: of the machine whose screen hangs in the hall."""

    zone: list[AgencyCode] = []  # noqa: RUF012  pydantic copies it
    """Agencies whose calls this board shows and speaks. Empty: all of the site."""
    text: dict[Language, list[str]] = {}  # noqa: RUF012
    """Lines of text at the foot of the board, shown in turn."""
    voice: bool = True
    """Speak the calls. Each is spoken by one board of the site only, so set it to false where no loudspeaker is."""
    languages: Annotated[list[Language], Field(min_length=1)] = ["id", "en"]  # noqa: RUF012
    """Languages of the voice: the first for every call, the others after it for visitors who chose them."""
    digits: bool = False
    """Read numbers digit by digit, as they are printed: for noisy halls."""
    repeat: bool = True
    """Say a call a second time when no other call waits."""


class WebSettings(Section):
    """The pages: the visitor's phone, the hall's board in a browser, the supervisor's overview, and the operator's."""

    public_url: Annotated[str, shaped("public_url", pattern(r"|(?i:https?)://[^\s/?#]+(/[^\s?#]*)?"))] = ""
    """Such as `HTTPS://ANTRE.EXAMPLE`. Empty: the QR code holds the label and the slip promises no page."""
    host: Annotated[str, Field(min_length=1, max_length=255)] = "127.0.0.1"
    """Where `kiosk web` listens. `127.0.0.1`: only this computer, such as a web server that speaks TLS; `0.0.0.0`: all."""
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    """The port on which `kiosk web` listens."""
    proxies: list[str] = ["127.0.0.1", "::1"]  # noqa: RUF012  pydantic copies it
    """Addresses of the web servers in front whose word on a visitor's address and on TLS is believed."""
    open_pages: Annotated[int, Field(ge=1, le=20000)] = 2000
    """How many pages may be kept up to date at once; those beyond load themselves anew."""
    open_pages_an_address: Annotated[int, Field(ge=1, le=20000)] = 500
    """How many of them may come from one address. All phones on a hall's own network share one, so not too few."""
    guesses_a_minute: Annotated[int, Field(ge=1, le=1000)] = 20
    """So many wrong links from one address are looked up in a minute; the others are refused unread."""
    signed_in_minutes: Annotated[int, Field(ge=1, le=480)] = 30
    """After so many minutes without a touch a supervisor's page asks for the PIN again."""
    operator_token: str = ""
    """Who sends it as a bearer token reads `/health` and `/metrics` from anywhere; without it only this computer may.
    The environment variable `KIOSK_OPERATOR_TOKEN` goes before it, so that it need not stand in the file."""
    keep_days: Annotated[int, Field(ge=1, le=365)] = 7
    """Links on slips are dead when the day is over; after so many days they are erased, and with them the slips."""
    rating_days: Annotated[int, Field(ge=1, le=3660)] = 365
    """After so many days the sums of how visitors found it are erased."""


class Settings(Catalogue):
    """The whole file: the catalogue, which goes into the store, and seven sections that stay with this machine."""

    store: StoreSettings = StoreSettings()
    """Where tickets are kept."""
    printer: PrinterSettings = PrinterSettings()
    """This machine's printer."""
    slip: SlipSettings = SlipSettings()
    """What the paper shows."""
    machine: MachineSettings = MachineSettings()
    """This computer."""
    screen: ScreenSettings = ScreenSettings()
    """The visitor's screen."""
    board: BoardSettings = BoardSettings()
    """The hall's board and its voice."""
    web: WebSettings = WebSettings()
    """The pages."""
