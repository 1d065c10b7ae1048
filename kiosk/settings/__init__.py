"""config.toml: read, checked as a whole, and given as frozen values."""

from kiosk.settings.loading import FROM_ENVIRONMENT, load, sample_path
from kiosk.settings.problems import Problem, SettingsError
from kiosk.settings.sections import (
    MachineSettings,
    ScreenSettings,
    Settings,
    WebSettings,
)

__all__ = [
    "FROM_ENVIRONMENT",
    "MachineSettings",
    "Problem",
    "ScreenSettings",
    "Settings",
    "SettingsError",
    "WebSettings",
    "load",
    "sample_path",
]
