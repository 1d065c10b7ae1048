"""A hall of machines, each a network namespace of its own on one switch: kiosks with a store of their own, counters, the server.

Wires are cut with and without a word, in one direction, made slow, lossy, doubling and shuffling; kiosks and the server are
killed and begin again meanwhile. Visitors carry their papers to the counters, also before their rows have come.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.context import ForkProcess
from pathlib import Path

import psycopg  # noqa: F401 - before the fork: else each program would load it anew

from torture.cables import NotPermittedError
from torture.cut_off import Papers, kiosk_host, last_contact
from torture.hall import FORK, apart, make
from torture.judge_hosts import judge_hosts
from torture.people import Program, counter
from torture.server import Server
from torture.tally import Tally
from torture.wires import DEVICE, PULLED, SILENT, Switch, Wire, enter, ip

KIOSKS, COUNTERS = ("k1", "k2", "k3"), ("counter-1", "counter-2")
SERVER = "pg"
LONGEST_CUT = 12.0
FAULTS: dict[str, Wire | None] = {
    "wires cut without a word": SILENT,
    "plugs pulled": PULLED,
    "links taken down at the host": None,
    "wires that carry one way, answers lost": Wire(lost_to=1.0),
    "wires that carry one way, commands lost": Wire(lost_from=1.0),
    "wires with two seconds of delay": Wire(delay=1.0),
    "wires that lose a third": Wire(lost_to=0.33, lost_from=0.33),
    "wires that double and shuffle": Wire(doubled=0.5, shuffled=0.5, delay=0.01),
}


class ServerOnHost(Server):
    """PostgreSQL on a host of the switch; reached from here by its socket only."""

    def __init__(self, switch: Switch) -> None:
        super().__init__("*")
        self._switch = switch

    @property
    def from_here(self) -> str:
        """The database's address for who looks at it from outside the network."""
        return f"postgresql://kiosk@/postgres?host={self.folder}&port={self.port}"

    def start(self) -> None:
        """See Server."""
        with self._switch.inside(SERVER):
            super().start()

    @property
    def ready_at(self) -> str:
        """See Server."""
        return str(self.folder)


@dataclass
class Machines:
    """The programs at work, by host; each can be killed and begun again."""

    begin: dict[str, Callable[[int], None]]
    at_work: dict[str, ForkProcess]

    def start(self, host: str, seed: int) -> None:
        """Switch it on."""
        self.at_work[host] = FORK.Process(target=self.begin[host], args=(seed,), daemon=True)
        self.at_work[host].start()

    def kill(self, host: str) -> None:
        """Kill -9."""
        process = self.at_work.pop(host, None)
        if process is not None:
            process.kill()
            process.join()


def hosts(seconds: float, seed: int, folder: Path) -> Tally:
    """Machines, wires, and what happens to them."""
    tally, chance = Tally("hosts postgres", seed), random.Random(seed)
    try:
        with (
            Switch((SERVER, *KIOSKS, *COUNTERS), seed) as switch,
            ServerOnHost(switch) as server,
        ):
            apart(make, server.from_here)
            return _played(switch, server, folder, seconds, chance, tally)
    except (NotPermittedError, FileNotFoundError) as error:
        tally.left_out = str(error) or "this process may not make network namespaces with a device of its own"
        return tally


def _played(
    switch: Switch, server: ServerOnHost, folder: Path, seconds: float, chance: random.Random, tally: Tally
) -> Tally:
    url = server.url_by(switch.address(SERVER), server.port)
    papers = Papers(url, folder, tuple(KIOSKS))
    for kiosk in KIOSKS:
        apart(last_contact, papers, kiosk, switch.namespace(kiosk))  # each has met its site once
    machines = Machines(dict(_programs(switch, papers)), {})
    for host in machines.begin:
        machines.start(host, chance.getrandbits(32))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _one_fault(switch, server, machines, chance, tally, min(LONGEST_CUT, seconds / 5))
    for host in list(machines.at_work):
        machines.kill(host)
    server.start_if_dead()
    for kiosk in KIOSKS:
        unsent = apart(last_contact, papers, kiosk, switch.namespace(kiosk))
        tally.must("numbers that were not sent at the last contact", [unsent] if unsent else [])
    return apart(
        judge_hosts, server.from_here, papers, [folder / f"{each}.jsonl" for each in COUNTERS], tally
    )


def _programs(switch: Switch, papers: Papers) -> Iterator[tuple[str, Callable[[int], None]]]:
    for host in KIOSKS:
        yield host, lambda seed, host=host: kiosk_host(papers, host, seed, switch.namespace(host))  # type: ignore[misc]
    for host in COUNTERS:
        yield host, lambda seed, host=host: _counter(papers, host, seed, switch.namespace(host))  # type: ignore[misc]


def _counter(papers: Papers, host: str, seed: int, namespace: str) -> None:
    """Calls whose turn it is, and now and then somebody who stands there with a kiosk's paper."""
    enter(namespace)

    def role(program: Program) -> None:
        label = papers.somebody(program.chance) if program.chance.random() < 0.3 else ""
        if label:
            program.say("call", program.at, label)
        counter(program)

    Program(papers.url, papers.folder / f"{host}.jsonl", seed, 1.0).run_for_ever(role)


def _one_fault(
    switch: Switch,
    server: ServerOnHost,
    machines: Machines,
    chance: random.Random,
    tally: Tally,
    longest: float,
) -> None:
    """Do one harm for a while; now and then a machine, or the server, is switched off and on in that time."""
    host, (what, wire) = (
        chance.choice((SERVER, *KIOSKS, *KIOSKS, *COUNTERS)),
        chance.choice([*FAULTS.items()]),
    )
    lasts = min(chance.choice((0.2, 1.0, 3.0, LONGEST_CUT)), longest)
    tally.add(what)
    _harm(switch, host, wire)
    time.sleep(lasts / 2)
    hit = chance.random()
    if hit < 0.25:
        machine = chance.choice(list(machines.begin))
        machines.kill(machine)
        machines.start(machine, chance.getrandbits(32))
        tally.add("machines killed and begun again")
    elif hit < 0.32:
        server.kill()
        server.start()
        tally.add("the server killed and begun again")
    time.sleep(lasts / 2)
    _heal(switch, host, wire)
    time.sleep(chance.choice((0, 0.5, 1.5)))


def _harm(switch: Switch, host: str, wire: Wire | None) -> None:
    if wire is None:
        ip("-n", switch.namespace(host), "link", "set", DEVICE, "down")
    else:
        switch.set(host, wire)


def _heal(switch: Switch, host: str, wire: Wire | None) -> None:
    if wire is None:
        ip("-n", switch.namespace(host), "link", "set", DEVICE, "up")
    else:
        switch.set(host, replace(Wire()))
