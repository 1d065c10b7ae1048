"""The supervisor's screens."""

from kiosk.supervisor.screens.line import LineScreen
from kiosk.supervisor.screens.overview import OverviewScreen
from kiosk.supervisor.screens.story import StoryScreen

__all__ = ["LineScreen", "OverviewScreen", "StoryScreen"]
