"""The board's screen."""

from kiosk.board.screens.hall import HallScreen

__all__ = ["HallScreen"]
