"""Which configuration file, and which of its sites: decided in one place, and light, for screens paint before they read it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.settings import Settings
    from queue_core.settings import SiteSettings

CONFIG_NAME = "config.toml"


@dataclass(frozen=True, slots=True)
class Place:
    """The configuration file, and the folder that its relative paths count from."""

    config: Path
    base: Path


def find_config(given: Path | None) -> Place:
    """Return the file that was named, else ./config.toml, else the packaged sample with the current folder as base."""
    from kiosk.settings import sample_path

    here = Path.cwd()
    if given is not None:
        return Place(given, given.resolve().parent)
    if (here / CONFIG_NAME).is_file():
        return Place(here / CONFIG_NAME, here)
    return Place(sample_path(), here)


def load_settings(place: Place) -> Settings:
    """Read and check the file. Raises SettingsError."""
    from kiosk.settings import load

    return load(place.config, os.environ)


class NoSuchSite(Exception):  # noqa: N818  a name that was mistyped
    """The file has no such site. `nearest` may be empty."""

    def __init__(self, site: str, nearest: str, known: tuple[str, ...]) -> None:
        super().__init__(site, nearest, known)
        self.site = site
        self.nearest = nearest
        self.known = known


def choose_site(settings: Settings, site: str | None) -> SiteSettings:
    """Return the section of a site; the first when none is named. Raises NoSuchSite."""
    if site is None:
        return settings.site[0]
    known = {each.id: each for each in settings.site}
    if site not in known:
        raise NoSuchSite(site, "".join(get_close_matches(site, known, n=1)), tuple(known))
    return known[site]
