"""config.toml: read, checked as a whole, and given as frozen values.

Names resolve on first use: a screen that looks for the sample before its first paint does not wait for pydantic.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.settings.loading import FROM_ENVIRONMENT, load
    from kiosk.settings.problems import Problem, SettingsError
    from kiosk.settings.sample import sample_path
    from kiosk.settings.sections import MachineSettings, ScreenSettings, Settings, WebSettings

_HOME = {
    "FROM_ENVIRONMENT": "loading",
    "MachineSettings": "sections",
    "Problem": "problems",
    "ScreenSettings": "sections",
    "Settings": "sections",
    "SettingsError": "problems",
    "WebSettings": "sections",
    "load": "loading",
    "sample_path": "sample",
}

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


def __getattr__(name: str) -> object:
    try:
        home = _HOME[name]
    except KeyError:
        message = f"module 'kiosk.settings' has no attribute {name!r}"
        raise AttributeError(message) from None
    return getattr(import_module(f"kiosk.settings.{home}"), name)


def __dir__() -> list[str]:
    return __all__
