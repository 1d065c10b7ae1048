"""Measure everything and print one table: `python -m bench [NAME …] [--write]`.

Names: first_paint press press_printer number board board_page help issue_command issue call issue_postgres call_postgres crowd mall feed phones slip voice waits report idle soak come_and_go long_day.
With --write, the first table of docs/benchmarks.md is written anew. `python -m bench.large` has the ten million tickets.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    commands,
    crowd,
    hall,
    mall,
    pages,
    paper,
    postgres_times,
    programs,
    screens,
    soak,
    staying,
    store_times,
    troubled,
    voice,
    waits,
    ways,
    years,
)
from bench.table import Row, table

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
MEASURES: dict[str, Callable[[], Iterator[Row]]] = {
    "first_paint": screens.first_paint,
    "press": screens.press,
    "press_printer": troubled.press_printer,
    "number": ways.touch_to_number,
    "board": hall.call_to_board,
    "board_page": hall.call_to_page,
    "help": commands.help_start,
    "issue_command": commands.issue_start,
    "issue": store_times.issue,
    "call": store_times.call_next,
    "issue_postgres": postgres_times.issue,
    "call_postgres": postgres_times.call_next,
    "crowd": crowd.crowd,
    "mall": mall.mall,
    "feed": store_times.feed,
    "phones": pages.phones,
    "slip": paper.slip,
    "voice": voice.voice,
    "waits": waits.waits,
    "report": years.report,
    "idle": programs.idle,
    "soak": soak.soak,
    "come_and_go": staying.visits_of_phones,
    "long_day": staying.day_at_a_counter,
}


def main(arguments: list[str]) -> int:
    write = "--write" in arguments
    names = [name for name in arguments if name != "--write"] or list(MEASURES)
    if unknown := [name for name in names if name not in MEASURES]:
        print(f"no such measure: {', '.join(unknown)}; there are: {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in names:
        print(f"measuring {name} …", file=sys.stderr)
        rows += MEASURES[name]()
    text = f"{machine()}\n\n{table(rows)}\n"
    print(text)
    if write:
        PAGE.write_text(f"{HEAD}\n{text}{_further(PAGE)}", encoding="utf-8")
    return 0


def _further(page: Path) -> str:
    """The sections after the first table, which other commands measure."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    begin = text.find("\n## ")
    return text[begin:] if begin >= 0 else ""


def machine() -> str:
    """Where and when, so that figures are not compared across machines."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    load = ", ".join(f"{each:.2f}" for each in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · `python -m bench` · {model}, {os.cpu_count()} cores, load {load} at the end · "
        f"{platform.system()} {platform.release()} · Python {platform.python_version()} · SQLite {sqlite3.sqlite_version}"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


HEAD = """# Benchmarks

Written by `python -m bench --write` (`make bench` prints the same). Each measure stands beside a floor that was taken in
the same run, in turns with it: read the ratio, for milliseconds belong to the machine. No test asserts a speed.

- *first paint*: from the start of the process until title and prompt can be read, through a pseudo-terminal.
- *press to new text*: from the bytes of a touch on a tile until the next screen's words have been written.
- *with a mute printer*, and so on: the same, while every second somewhere a number is given out whose slip waits for that printer.
- *number to last byte at the printer*: from the answer of `lobby.issue` until a printer on this computer, which can prove
  everything, has received the cut of that slip. The floor is the news alone: the spool is woken by it.
- *issue*, *call next*: one Lobby method, from call to committed answer, in an ordinary hour: counters open, people waiting,
  waits that have taught something. SQLite in WAL mode with `synchronous=FULL`; a PostgreSQL server of the bench's own, over its
  socket, as it comes. The floor is the very statements of these commands, recorded with their values and done again by the
  bare driver on a copy of that store, in as many transactions, with the same pragmas and the same file lock.
- *call to push*: from the answer to the caller until an open phone page has been told; all phones stand in one line, so
  that each call changes every page. *missed*: a page that was not told of a call, nor of a later one.
- *voice*: from the call until a player is started with the chime; the sentence is made while it sounds.
- *waits*: the expected wait, judged on 12,252 waits of a city's offices that it never saw (docs/decisions/0008); what the
  offices themselves showed stands where a floor does. Left out where those records do not lie beside the checkout.
- *report*: `Lobby.report` over days that were counted before, on a SQLite file of its own in var/, filled by the first run.
- *touch to number*: from the last touch, on "regular", until the number has been written, paper and all. *call to board*:
  from the answer to the caller until the number has been written on the hall's screen; *to the board's page*: until the
  open page of a television has been told. Calls come nearly every second, and each stands for a quarter of one.
- *processes issue*: as many processes give out numbers at once, each with a store of its own that it opened; the floor does the very
  statements that were recorded from ours with the bare driver, behind the same lock, on a copy of the store. Each one's first
  five are left out; judged is the time in which all of them run: from the last one's beginning until the first has done all.
- *kiosks and counters*: programs of a large mall that each do something every 3.5 seconds for a minute, at moments of their own.
- *at rest*: all programs open together and nobody does anything; milliseconds of processor in each second, of one core's 1,000.
  *memory of its own* counts pages that programs share by halves and thirds (PSS), *resident* counts them whole.
- *growth*: what a program holds at the end against what it held early on. *resident* is all its memory, *private* what no other program shares.
  *day 3 to day 26*: the real programs in played time, open all the while. *phones that come and go*: 500 pages opened, told and left, 20 times over.
- *news*: from the beginning of a command in one thread until `Feed.wait` returns in another.
"""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
