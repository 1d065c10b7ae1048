"""The hall's screen and its voice."""

from kiosk.board.app import BoardApp

__all__ = ["BoardApp"]
