"""What one command works with: settings, words and the Lobby, each made when it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict
from zoneinfo import ZoneInfo

from kiosk.i18n import LANGUAGES, Words
from kiosk.shared.place import Place, choose_site, find_config, load_settings

if TYPE_CHECKING:
    from types import TracebackType

    from kiosk.settings import Settings
    from kiosk.wiring import House
    from queue_core import Lobby
    from queue_core.events import Actor
    from queue_core.settings import SiteSettings


class Act(TypedDict):
    """The two keywords that every verb of the Lobby takes."""

    by: Actor
    request_id: str


def machine_language() -> str:
    """Return the language of this terminal's locale, for help and for the time before the settings are read."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value[:2] if value[:2] in LANGUAGES else "en"
    return "en"


@dataclass(frozen=True, slots=True)
class Given:
    """The options that every command takes, before its name or after it; None: not typed there."""

    config: Path | None = None
    site: str | None = None
    json: bool | None = None
    lang: str | None = None
    request_id: str | None = None

    def over(self, earlier: Given) -> Given:
        """Return these options, completed by those that were typed earlier on the line."""
        mine = {field.name: getattr(self, field.name) for field in fields(self)}
        return Given(**{k: getattr(earlier, k) if v is None else v for k, v in mine.items()})


class Session:
    """One run of one command. Everything that it opened is closed when the command ends."""

    def __init__(self, given: Given) -> None:
        """Remember what was typed; nothing is read yet."""
        self.given = given
        self._open = ExitStack()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def at_end(self, close: Callable[[], object]) -> None:
        """Call this when the command ends, however it ends."""
        self._open.callback(close)

    @cached_property
    def place(self) -> Place:
        """The configuration file, and the folder that relative paths count from."""
        return find_config(self.given.config)

    @cached_property
    def settings(self) -> Settings:
        """The file, checked. Raises SettingsError."""
        return load_settings(self.place)

    @cached_property
    def section(self) -> SiteSettings:
        """The site that this command speaks of, as the file has it. Raises NoSuchSite."""
        return choose_site(self.settings, self.given.site)

    @property
    def site(self) -> str:
        """The id of that site."""
        return self.section.id

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of that site."""
        return ZoneInfo(self.section.time_zone)

    @cached_property
    def words(self) -> Words:
        """The language asked for, else the site's first; of the file's first site when the one asked for is unknown."""
        sites = {each.id: each for each in self.settings.site}
        section = sites.get(self.given.site or "", self.settings.site[0])
        return Words(self.given.lang or section.languages[0])

    @cached_property
    def house(self) -> House:
        """The open store. Raises StoreUnready, StoreUnreachable."""
        from kiosk.wiring import open_house

        return self._open.enter_context(open_house(self.settings, self.place))

    @cached_property
    def lobby(self) -> Lobby:
        """The way in to this command's site."""
        return self.house.lobby(self.site)

    alone = False
    """Whether this command went on with the kiosk's own store, since the site's did not answer."""

    def go_on_with(self, own: House) -> None:
        """Speak to this store from now on; whoever closes it is somebody else."""
        self.__dict__.update(
            house=own, lobby=own.lobby(self.site), alone=True
        )  # where cached_property looks first

    @cached_property
    def by(self) -> Actor:
        """A command acts for its machine, not for a person."""
        from queue_core.events import Actor

        return Actor(machine=self.settings.machine.id)

    @cached_property
    def request_id(self) -> str:
        """The id of this command: the one given, so that a script can repeat it, else a new one."""
        from kiosk.wiring import new_request_id

        return self.given.request_id or new_request_id()

    @cached_property
    def act(self) -> Act:
        """Who acts, and the id of the act: what every verb of the Lobby takes."""
        return {"by": self.by, "request_id": self.request_id}

    @property
    def printer(self) -> str:
        """The name of this machine's printer: a machine has one, and it is called like the machine."""
        return self.settings.machine.id

    @property
    def json(self) -> bool:
        """Whether one JSON object a line was asked for."""
        return bool(self.given.json)

    def safe_words(self) -> Words:
        """Return words even when the settings cannot be read: then the terminal's language."""
        try:
            return self.words
        except Exception:  # what is wrong with the settings is told by who asked for them, in these words
            return Words(self.given.lang or machine_language())
