"""The screens of a visit, one a file."""

from kiosk.touch.screens.journey import JourneyPage
from kiosk.touch.screens.journeys import JourneysScreen
from kiosk.touch.screens.notice import NoticeScreen
from kiosk.touch.screens.pause import PauseScreen
from kiosk.touch.screens.service import ServicePage
from kiosk.touch.screens.services import ServicesScreen
from kiosk.touch.screens.start import StartScreen
from kiosk.touch.screens.still_here import StillHere
from kiosk.touch.screens.ticket import TicketScreen
from kiosk.touch.screens.visitor import VisitorScreen

__all__ = [
    "JourneyPage",
    "JourneysScreen",
    "NoticeScreen",
    "PauseScreen",
    "ServicePage",
    "ServicesScreen",
    "StartScreen",
    "StillHere",
    "TicketScreen",
    "VisitorScreen",
]
