"""Play the whole day on a store, with a look at all screens every so many minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from bench.day.checks import all_agree, figures_are_the_account, no_cap_was_broken
from bench.day.hall import SITE, catalogue
from bench.day.player import VERBS, Players
from queue_core import Lobby, Store
from queue_core.ids import id_maker

OPENS = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""Tuesday, 08:00 in Kupang."""
LONGEST = 1150
"""Minutes after which a day that does not end is a fault: somebody waits for ever."""


@dataclass
class DayClock:
    """Stands still until it is moved."""

    now: datetime = OPENS

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def forward(self, **by: float) -> datetime:
        """Move on."""
        self.now += timedelta(**by)
        return self.now


def play(store: Store, chance: Random, *, visits: int, look_every: int) -> Players:
    """Play until all have come and nobody is under way; an AssertionError names what was not as it must be."""
    clock = DayClock()
    lobby = Lobby(store, SITE, clock=clock, new_id=id_maker(chance.randbytes), random_bytes=chance.randbytes)
    lobby.apply_catalogue(catalogue())
    lobby.add_staff("sari", "Sari", "2468", "supervisor")
    players = Players(
        lobby, clock, chance, catalogue(), visits, lambda services: _stood_first(lobby, services)
    )
    players.listen()
    for minute in range(LONGEST):
        players.minute(minute)
        if minute % look_every == 0:
            all_agree(players)
            no_cap_was_broken(store)
        if players.over:
            break
    assert players.over, "somebody is still under way"
    lobby.close_day()
    players.listen()
    all_agree(players)
    no_cap_was_broken(store)
    figures_are_the_account(players)
    missing = VERBS - set(players.done)
    assert not missing, (missing, players.refused)
    return players


def _stood_first(lobby: Lobby, services: Sequence[str]) -> Callable[[str], None]:
    """Before a call: who stands first in each line of the counter. The check afterwards: whoever was called did."""
    first = {line[0].label for service in services if (line := lobby.line(service))}

    def check(called: str) -> None:
        assert called in first, (called, first)

    return check
