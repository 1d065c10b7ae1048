"""What is asked before a deed, and the deed: move a counter, give priority, write on the boards, know of alerts, settle slips.

Each is one road from a key to one Lobby call. Nothing is asked twice, and only what hurts is asked at all.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.shared.alerting import untold
from kiosk.shared.dialogs.choose import Option
from kiosk.supervisor import phrases
from queue_core.views import CounterSummary, Favour

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from kiosk.supervisor.acting import ActingScreen
    from kiosk.supervisor.deeds import Deed
    from kiosk.supervisor.watching import Seen
    from queue_core.views import PrintJobView, TicketView

NOTICE_MINUTES = (10, 30, 60)


async def know(screen: ActingScreen, seen: Seen) -> None:
    """Acknowledge every alert that nobody has acknowledged."""
    keys = [each.key for each in untold(seen.alerts)]
    if not keys:
        screen.say(screen.words("supervisor.said_no_alert"))
    elif await screen.signed_in():
        await screen.do(lambda lobby, act: lobby.acknowledge_alerts(keys, **act), "known", count=len(keys))


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


HOME = "-"
"""What stands for the catalogue's own word in the list of services."""


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


async def favour(screen: ActingScreen, _seen: Seen, *, ticket: TicketView) -> None:
    """Give a visitor priority, for a reason that is only counted; or take it back."""
    words, label = screen.words, ticket.label
    if ticket.priority:
        if await screen.signed_in():
            await screen.do(
                lambda lobby, act: lobby.set_priority(label, priority=False, **act), "unfavoured", label=label
            )
        return
    options = [Option(each, words(f"supervisor.reason_{each}")) for each in Favour]
    chosen = await screen.choose(words("supervisor.favour_why", label=label), options)
    if chosen is not None and await screen.signed_in():
        await screen.do(
            lambda lobby, act: lobby.set_priority(label, priority=True, reason=Favour(chosen), **act),
            "favoured",
            label=label,
        )


async def notice(screen: ActingScreen, seen: Seen) -> None:
    """Write a line on all boards, for a while; or wipe what stands there."""
    words, standing = screen.words, seen.overview.notice
    wipe = [Option(WIPE, words("supervisor.notice_wipe"), words.pick(standing.texts))] if standing else []
    text = await screen.choose(
        words("supervisor.notice_what"), [*wipe, *phrases.ready("notice", READY, words)], free=True
    )
    if text is None or not await screen.signed_in():
        return
    if text == WIPE:
        await screen.do(lambda lobby, act: lobby.clear_notice(**act), "notice_wiped")
        return
    spans = [Option(str(each), words("supervisor.for_minutes", minutes=each)) for each in NOTICE_MINUTES]
    whole = Option("", words("supervisor.until_tonight"))
    span = await screen.choose(words("supervisor.notice_long"), [*spans, whole])
    if span is None:
        return
    until = seen.overview.at + timedelta(minutes=int(span)) if span else None
    texts = phrases.in_all_languages(text, words.language)
    await screen.do(lambda lobby, act: lobby.set_notice(texts, until=until, **act), "notice_set")


WIPE = "-"
READY = ("patience", "papers", "break")


async def restore(screen: ActingScreen, _seen: Seen, *, ticket: TicketView) -> None:
    """Put a visitor who missed the call back in line."""
    label = ticket.label
    if await screen.signed_in():
        await screen.do(lambda lobby, act: lobby.restore(label, **act), "restored", label=label)


async def slips(screen: ActingScreen, _seen: Seen) -> None:
    """Settle a slip that waits for a hand: say whether it came out, or have it printed again."""
    words, jobs = screen.words, await screen.read(lambda lobby: lobby.slips_at_hand())
    if not jobs:
        if jobs is not None:
            screen.say(words("supervisor.said_no_slip"))
        return
    options = [Option(each.job, each.label, words(f"supervisor.slip_{each.state}")) for each in jobs]
    chosen = await screen.choose(words("supervisor.slips_which"), options)
    job = next((each for each in jobs if each.job == chosen), None)
    if job is None:
        return
    again = Option("no", words("supervisor.slip_print_again"))
    out = [Option("yes", words("supervisor.slip_came_out"))] if job.state == "asking" else []
    came = await screen.choose(words("supervisor.slip_asked", label=job.label), [*out, again])
    if came is not None and await screen.signed_in():
        said = "slip_settled" if came == "yes" else "slip_again"
        await screen.do(_answer(job, came_out=came == "yes"), said, label=job.label)


def _answer(job: PrintJobView, *, came_out: bool) -> Deed:
    if job.state == "asking":
        return lambda lobby, act: lobby.answer_for_slip(job.job, came_out=came_out, **act)
    return lambda lobby, act: lobby.reprint(job.label, printer=job.printer, **act)
