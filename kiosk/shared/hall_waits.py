"""Who waits, agency by agency, as boards show it while nobody is called. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.i18n import Words
from queue_core.views import AgencyOffer, WaitRange


@dataclass(frozen=True, slots=True)
class Line:
    """One agency: its name, how many wait, the minutes in short (`15-25`, or words), and both as a sentence."""

    name: str
    waiting: int
    minutes: str
    sentence: str


def lines(agencies: Iterable[AgencyOffer], words: Words) -> tuple[Line, ...]:
    """Return the agencies that take visitors now or have somebody waiting, in the order of the touch screen."""
    return tuple(_line(agency, words) for agency in agencies if agency.opening.open or agency.waiting)


def _line(agency: AgencyOffer, words: Words) -> Line:
    wait = wait_of(agency)
    waiting = words("board.people_wait", count=agency.waiting)
    if wait is None:
        return _spoken(agency, waiting, words("board.no_counter"))
    if wait.high == 0:
        return _spoken(agency, waiting, words("board.at_once"))
    if wait.past_closing:
        return _spoken(agency, waiting, words("board.past_closing"))
    minutes = f"{wait.low}-{wait.high}"
    return Line(
        agency.short, agency.waiting, minutes, f"{waiting} · {words('board.minutes', minutes=minutes)}"
    )


def _spoken(agency: AgencyOffer, waiting: str, instead: str) -> Line:
    """A line with words in the place of minutes."""
    return Line(agency.short, agency.waiting, instead, f"{waiting} · {instead}")


def wait_of(agency: AgencyOffer) -> WaitRange | None:
    """Return the expected wait at an agency: from the least to the most of its open services; None when none is open."""
    waits = [service.wait for service in agency.services if service.wait is not None]
    if not waits:
        return None
    late = any(wait.past_closing for wait in waits)
    return WaitRange(min(wait.low for wait in waits), max(wait.high for wait in waits), past_closing=late)
