"""Widgets that more than one program uses."""

from kiosk.shared.widgets.big_number import BigNumber
from kiosk.shared.widgets.painted import Painted
from kiosk.shared.widgets.qr_code import QrCode
from kiosk.shared.widgets.tile import Tile
from kiosk.shared.widgets.tile_text import TileText

__all__ = ["BigNumber", "Painted", "QrCode", "Tile", "TileText"]
