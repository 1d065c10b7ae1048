"""Move a counter: which one, to which line, and whether it keeps its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.shared.dialogs.choose import Option
from queue_core.views import CounterSummary

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from kiosk.supervisor.acting import ActingScreen
    from kiosk.supervisor.watching import Seen

HOME = "-"
"""What stands for the catalogue's own word in the list of services."""


async def move(screen: ActingScreen, seen: Seen, *, counter: str = "", service: str = "") -> None:
    """Let a counter help a line, serve only that line, or go back to what the catalogue says."""
    words, counters = screen.words, {each.id: each for each in seen.overview.counters}
    names = {each.service: words.pick(each.service_names) for each in seen.overview.queues}
    if not counter:
        title = words("supervisor.move_which", service=names.get(service, service))
        options = [_counter_option(each, names, words) for each in _by_use(seen, service)]
        counter = await screen.choose(title, options) or ""
    if not counter:
        return
    here = counters[counter]
    if not service:
        service = await _target(screen, seen, here, names) or ""
    if not service or not await screen.signed_in():
        return
    if service == HOME:
        await screen.do(lambda lobby, act: lobby.return_counter(counter, **act), "returned", counter=counter)
        return
    how = await screen.choose(
        words("supervisor.move_how", counter=counter, service=names[service]),
        _ways(here, service, names, words),
    )
    if how is not None:
        wanted = (
            (service,) if how == "only" else (service, *(each for each in here.services if each != service))
        )
        await screen.do(
            lambda lobby, act: lobby.move_counter(counter, wanted, **act),
            "moved",
            counter=counter,
            services=", ".join(names.get(each, each) for each in wanted),
        )


async def _target(
    screen: ActingScreen, seen: Seen, here: CounterSummary, names: dict[str, str]
) -> str | None:
    words = screen.words
    home = [Option(HOME, words("supervisor.move_home"))] if here.moved else []
    lines = sorted(seen.overview.queues, key=lambda each: (-each.waiting, each.service))
    rest = [
        Option(
            each.service,
            f"{each.agency} {names[each.service]}",
            words("supervisor.waiting_count", count=each.waiting),
        )
        for each in lines
    ]
    return await screen.choose(words("supervisor.move_where", counter=here.id), [*home, *rest])


def _ways(here: CounterSummary, service: str, names: dict[str, str], words: Words) -> list[Option]:
    others = ", ".join(names.get(each, each) for each in here.services if each != service)
    also = [Option("also", words("supervisor.move_also"), others)] if others else []
    return [*also, Option("only", words("supervisor.move_only"))]


def _by_use(seen: Seen, service: str) -> list[CounterSummary]:
    """Counters in the order in which they could help: free ones of the same agency first."""
    agency = service.partition(".")[0]
    return sorted(
        seen.overview.counters,
        key=lambda each: (
            each.agency != agency,
            each.services[:1] == (service,),
            each.state != "open",
            each.current is not None,
            each.number,
        ),
    )


def _counter_option(counter: CounterSummary, names: dict[str, str], words: Words) -> Option:
    state = counter.current.label if counter.current else words(f"supervisor.counter_{counter.state}")
    takes = ", ".join(names.get(each, each) for each in counter.services[:2])
    name = words("supervisor.counter_named", counter=counter.number, staff=counter.staff_name).strip(" ·")
    return Option(counter.id, name, f"{state} · {takes}")
