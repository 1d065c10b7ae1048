"""The counter's screens."""

from kiosk.counter.screens.help import HelpScreen
from kiosk.counter.screens.sign_in import SignInScreen
from kiosk.counter.screens.ticket import TicketScreen
from kiosk.counter.screens.work import WorkScreen

__all__ = ["HelpScreen", "SignInScreen", "TicketScreen", "WorkScreen"]
