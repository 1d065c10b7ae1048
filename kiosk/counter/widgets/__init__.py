"""The parts of the counter's screen."""

from kiosk.counter.widgets.key_bar import KeyBar, KeyButton
from kiosk.counter.widgets.present import Present
from kiosk.counter.widgets.ticket_lines import TicketLines

__all__ = ["KeyBar", "KeyButton", "Present", "TicketLines"]
