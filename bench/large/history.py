"""The past of a site, day by day, as rows of text that both engines take. The same day is always the same.

Each visit of a past day is over: its link is erased, as it is after the day. Every fourth has a second leg. Each ticket
has one event, that of its end; a real one has about five, and a print job, which nobody reads again.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

Line = tuple[str | None, ...]
"""One row, in the order of COLUMNS; SQLite and PostgreSQL read numbers, days and times from text."""

A_DAY = 2_500
"""Tickets of a working day: some four times those of the mall that this program was made for."""
OPEN_SECONDS = 7 * 3600
FIRST_SEQ = 1_000
"""Above the events with which a new store begins."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "number_series": ("site_id", "prefix", "origin", "business_date", "last"),
    "visit": (
        *("site_id", "visit_id", "business_date", "prefix", "origin", "number", "label", "token", "language"),
        *("priority", "journey", "machine", "legs", "arrived_at", "left_at"),
    ),
    "ticket": (
        *("site_id", "ticket_id", "visit_id", "leg", "business_date", "agency", "service", "status", "priority"),
        *("waiting_since", "due_at", "called_at", "last_called_at", "started_at", "finished_at", "calls"),
        *("passed", "counter", "staff", "note", "wait_low", "wait_high"),
    ),
    "event": (
        *("site_id", "seq", "at", "kind", "label", "visit_id", "ticket_id", "service", "counter", "staff"),
        *("machine", "data"),
    ),
}  # fmt: skip
_CLOCK = tuple(f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}.000000" for s in range(86_400))
_ENDS = (("completed", 0.92), ("no_show", 0.98), ("cancelled", 1.0))
_PACES = 4_096


@dataclass
class Past:
    """The days of a site. `services` are ids such as `DK.ktp`; the first are the most wanted."""

    site: str
    services: Sequence[str]
    last: date
    tickets: int
    a_day: int = A_DAY
    seq: int = FIRST_SEQ - 1
    """The number of the newest event so far."""
    _paces: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = random.Random(len(self.services))
        for _ in range(_PACES):
            draw = chance.random()
            ends = next(name for name, share in _ENDS if draw < share or share == 1.0)
            wait, serve = chance.lognormvariate(6.6, 0.8), chance.lognormvariate(6.0, 0.5)
            self._paces.append((int(min(wait, 14_400)), int(min(serve, 7_200)), ends))
        self._shares = list(accumulate(1 / (place + 1) for place in range(len(self.services))))

    def days(self) -> Iterator[dict[str, list[Line]]]:
        """The rows of each table, day by day, the oldest first."""
        left, days = self.tickets, working_days(self.last, -(-self.tickets // self.a_day))
        for day in days:
            few = min(self.a_day, left)
            left -= few
            yield self._day(day, few)

    def _day(self, day: date, tickets: int) -> dict[str, list[Line]]:
        rows: dict[str, list[Line]] = {name: [] for name in COLUMNS}
        chance, numbers = random.Random(day.toordinal()), Counter[str]()
        visits = tickets - tickets // 5
        comes = sorted(int(OPEN_SECONDS * chance.random()) for _ in range(visits))
        for place, came in enumerate(comes):
            service = self._service(chance)
            prefix = service.partition(".")[0]
            numbers[prefix] += 1
            legs = 2 if place < tickets - visits else 1
            visit = _id(day, came, 2 * place)
            self._visit(rows["visit"], day, visit, (prefix, numbers[prefix], legs, came))
            label = _label(prefix, numbers[prefix])
            left = self._ticket(rows, day, (visit, visit, 1, label), service, came, chance)
            if legs == 2:
                second = _id(day, left, 2 * place + 1)
                self._ticket(rows, day, (second, visit, 2, label), self._service(chance), left, chance)
        rows["number_series"] = [
            (self.site, prefix, "", str(day), str(last)) for prefix, last in sorted(numbers.items())
        ]
        return rows

    def _service(self, chance: random.Random) -> str:
        return self.services[bisect(self._shares, chance.random() * self._shares[-1])]

    def _visit(self, lines: list[Line], day: date, visit: str, what: tuple[str, int, int, int]) -> None:
        prefix, number, legs, came = what
        at = f"{day} {_CLOCK[came]}"
        lines.append(
            (
                *(self.site, visit, str(day), prefix, "", str(number), _label(prefix, number), visit, "id"),
                *("1" if number % 8 == 0 else "0", "", "", str(legs), at, at),
            )
        )

    def _ticket(
        self,
        rows: dict[str, list[Line]],
        day: date,
        who: tuple[str, str, int, str],
        service: str,
        came: int,
        chance: random.Random,
    ) -> int:
        """Append a ticket and the event of its end; return the second of the day at which it ended."""
        ticket, visit, leg, label = who
        wait, serve, status = self._paces[chance.getrandbits(12)]
        called, left = came + wait, came + wait + serve + 30
        at = [f"{day} {_CLOCK[second]}" for second in (came, came + 1_800, called, called + 30, left)]
        was_called = None if status == "cancelled" else at[2]
        self.seq += 1
        rows["ticket"].append(
            (
                *(self.site, ticket, visit, str(leg), str(day), service.partition(".")[0], service, status, "0"),
                *(at[0], at[1], was_called, was_called, at[3] if status == "completed" else None, at[4], "1"),
                *("0", "1", "", "", None, None),
            )
        )  # fmt: skip
        rows["event"].append(
            (
                *(self.site, str(self.seq), at[4], status, label, visit, ticket, service, "1", "", ""),
                "{}",
            )
        )
        return left


def working_days(last: date, count: int) -> list[date]:
    """So many days but for Saturdays and Sundays, the oldest first, `last` the newest if it is one."""
    days: list[date] = []
    day = last
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def _label(prefix: str, number: int) -> str:
    return f"{prefix} {number:03d}"


def _id(day: date, second: int, place: int) -> str:
    """An id of the form that queue_core.ids makes, in order of time; its noise is its place in the day."""
    begun = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    return f"{(begun + second) * 1000:012x}7{place:019x}"
