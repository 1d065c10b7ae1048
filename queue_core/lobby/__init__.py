"""The one way in."""

from queue_core.lobby.lobby import Lobby

__all__ = ["Lobby"]
