"""The Scene: all that the visitor's screens show, as one frozen value. Screens are functions of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.i18n import LANGUAGES, Words

if TYPE_CHECKING:
    from kiosk.touch.notice import Notice
    from queue_core.views import AgencyOffer, IssuedTicket, JourneyOffer, Offer, PrinterView, ServiceOffer


@dataclass(frozen=True, slots=True)
class Comfort:
    """How this visitor reads best."""

    language: str = LANGUAGES[0]
    large: bool = False
    contrast: bool = False


class Paper(StrEnum):
    """What became of the slip, as far as a visitor needs to know. The value names its words."""

    PRINTING = "printing"
    TAKE = "take"
    PHOTOGRAPH = "photograph"  # trouble with the printer; staff see it on theirs
    ASKING = "asking"  # the printer cannot tell whether it came out: the visitor is asked
    NONE = "none"  # no slip was asked for


@dataclass(frozen=True, slots=True)
class Place:
    """What this machine's file says, as far as the screens show it."""

    demonstration: bool = False
    public_url: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the visitor stands. `seconds` is the countdown of the screen shown, 0 when it has none."""

    comfort: Comfort = Comfort()
    place: Place = Place()
    offer: Offer | None = None  # None: not read yet
    printers: tuple[PrinterView, ...] = ()
    at: datetime | None = None  # the moment of the last read
    connected: bool = True
    lost_since: datetime | None = None  # when the store was last read, while it cannot be
    cut_off: bool = False  # the site's store is away, and the kiosk goes on by itself
    agency_code: str = ""
    service_id: str = ""
    journey_id: str = ""
    left_out: frozenset[str] = frozenset()  # services of the journey that are not wanted
    taking: bool = False  # a number was asked for and has not come yet
    ticket: IssuedTicket | None = None
    alone: bool = False  # the ticket was given out while cut off: who is ahead is not known
    paper: Paper = Paper.PRINTING
    may_cancel: bool = False
    sure: bool = False  # "cancel" was touched once and asks whether it is meant
    notice: Notice | None = None
    seconds: int = 0

    def forget(self) -> Scene:
        """Return the scene for the next visitor: what is known of the site, and nothing of this visit."""
        return Scene(
            self.comfort,
            self.place,
            self.offer,
            self.printers,
            self.at,
            self.connected,
            self.lost_since,
            self.cut_off,
        )

    @property
    def words(self) -> Words:
        """The words of the visitor's language."""
        return Words(self.comfort.language)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone; UTC until it is known."""
        return ZoneInfo(self.offer.site.time_zone if self.offer else "UTC")

    @property
    def is_open(self) -> bool:
        """Whether any number can be had at this site; True until it is known."""
        return self.offer is None or self.offer.opening.open

    @property
    def clock_fault(self) -> str:
        """Why the clock cannot be right, so that no numbers are given out; empty when it may be."""
        return self.offer.clock_fault if self.offer else ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The site's languages that have words, in its order."""
        known = self.offer.site.languages if self.offer else LANGUAGES
        return tuple(language for language in known if language in LANGUAGES) or LANGUAGES

    @property
    def agency(self) -> AgencyOffer | None:
        """The agency chosen, as it is on offer now."""
        agencies = self.offer.agencies if self.offer else ()
        return next((agency for agency in agencies if agency.code == self.agency_code), None)

    @property
    def journey(self) -> JourneyOffer | None:
        """The journey chosen, as it is on offer now."""
        journeys = self.offer.journeys if self.offer else ()
        return next((journey for journey in journeys if journey.id == self.journey_id), None)

    @property
    def service(self) -> ServiceOffer | None:
        """The service chosen, as it is on offer now."""
        services = self.agency.services if self.agency else ()
        return next((service for service in services if service.id == self.service_id), None)
