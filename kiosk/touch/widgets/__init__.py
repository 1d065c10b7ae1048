"""Widgets of the visitor's screen."""

from kiosk.touch.widgets.comfort_bar import ComfortBar, next_language
from kiosk.touch.widgets.health_line import HealthLine
from kiosk.touch.widgets.masthead import Masthead
from kiosk.touch.widgets.tile_grid import Entry, TileGrid

__all__ = ["ComfortBar", "Entry", "HealthLine", "Masthead", "TileGrid", "next_language"]
