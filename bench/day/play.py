"""Play the whole day on a store, with a look at all screens each time that so many things were done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from bench.day.checks import all_agree, figures_are_the_account, no_cap_was_broken
from bench.day.hall import SITE, catalogue
from bench.day.player import PEOPLE, PIN, SUPERVISOR, Players
from bench.day.specials import SPECIALS, VERBS
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
    for person, role in PEOPLE.items():
        lobby.add_staff(person, person.title(), PIN, role)

    def look(players: Players) -> None:
        if players.done.total() % look_every == 0:
            all_agree(players)
            no_cap_was_broken(store)

    players = Players(lobby, clock, chance, catalogue(), visits, SPECIALS, partial(_stood_first, lobby), look)
    players.listen()
    for minute in range(LONGEST):
        players.minute(minute)
        if players.over:
            break
    assert players.over, "somebody is still under way"
    players.do("close_day", by=SUPERVISOR)
    players.listen()
    all_agree(players)
    no_cap_was_broken(store)
    figures_are_the_account(players)
    missing = VERBS - set(players.done)
    assert not missing, (missing, players.refused)
    return players


def _stood_first(lobby: Lobby, counter: str) -> Callable[[str], None]:
    """Before a call: whom the counter's own screen has first. After it: it was that one."""
    first = {ticket.label for ticket in lobby.counter_view(counter).waiting[:1]}

    def check(called: str) -> None:
        assert {called} == first, (counter, called, first)

    return check
