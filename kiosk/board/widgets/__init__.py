"""The board's own widgets."""

from kiosk.board.widgets.last_calls import LastCalls
from kiosk.board.widgets.newest import Newest
from kiosk.board.widgets.waits import Waits

__all__ = ["LastCalls", "Newest", "Waits"]
