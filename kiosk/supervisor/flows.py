"""What is asked before a deed, and the deed: know of alerts, give priority, write on the boards, settle slips.

Each is one road from a key to one Lobby call. Nothing is asked twice, and only what hurts is asked at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.shared.alerting import untold
from kiosk.shared.dialogs.choose import Option
from kiosk.supervisor import phrases, spans
from kiosk.supervisor.visitors import DESK
from queue_core.errors import CannotRestore
from queue_core.events import Favour
from queue_core.views import AlertKind

if TYPE_CHECKING:
    from kiosk.supervisor.acting import ActingScreen
    from kiosk.supervisor.deeds import Deed
    from kiosk.supervisor.watching import Seen
    from queue_core.views import PrintJobView, TicketView

NOTICE_MINUTES = (10, 30, 60)


async def know(screen: ActingScreen, seen: Seen) -> None:
    """Acknowledge every alert that nobody has acknowledged; of a wrong clock, ask whether it has been set right."""
    keys = [each.key for each in untold(seen.alerts)]
    clock = any(each.kind is AlertKind.CLOCK for each in seen.alerts)
    if not keys and not clock:
        screen.say(screen.words("supervisor.said_no_alert"))
        return
    chosen = await _clock_is(screen) if clock else "known"
    if chosen == "right" and await screen.signed_in():
        await screen.do(lambda lobby, act: lobby.accept_clock(**act), "clock")
    elif chosen == "known" and await screen.signed_in():
        await screen.do(lambda lobby, act: lobby.acknowledge_alerts(keys, **act), "known", count=len(keys))


async def _clock_is(screen: ActingScreen) -> str | None:
    words = screen.words
    ways = [Option(each, words(f"supervisor.clock_{each}")) for each in ("known", "right")]
    return await screen.choose(words("supervisor.clock_how"), ways)


async def favour(screen: ActingScreen, _seen: Seen, *, ticket: TicketView) -> None:
    """Give a visitor priority, for a reason that is only counted; or take it back."""
    words, label = screen.words, ticket.label
    if ticket.priority:
        if await screen.signed_in(DESK):
            await screen.do(
                lambda lobby, act: lobby.set_priority(label, priority=False, **act), "unfavoured", label=label
            )
        return
    options = [Option(each, words(f"supervisor.reason_{each}")) for each in Favour]
    chosen = await screen.choose(words("supervisor.favour_why", label=label), options)
    if chosen is not None and await screen.signed_in(DESK):
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
    span = await spans.ask(screen, seen, words("supervisor.notice_long"), NOTICE_MINUTES)
    if span is None:
        return
    texts = phrases.in_all_languages(text, words.language)
    await screen.do(lambda lobby, act: lobby.set_notice(texts, until=span.until, **act), "notice_set")


WIPE = "-"
READY = ("patience", "papers", "break")


async def restore(screen: ActingScreen, _seen: Seen, *, ticket: TicketView) -> None:
    """Put a visitor who missed the call back in line; beyond the site's rules only when somebody says so."""
    label = ticket.label
    if not await screen.signed_in(DESK):
        return
    error = await screen.attempt(lambda lobby, act: lobby.restore(label, **act))
    if isinstance(error, CannotRestore) and await _insists(screen, error) and await screen.signed_in():
        error = await screen.attempt(lambda lobby, act: lobby.restore(label, override=True, **act))
    screen.answer(error, "restored", label=label)


async def _insists(screen: ActingScreen, error: CannotRestore) -> bool:
    words = screen.words
    ways = [Option("no", words("supervisor.beyond_no")), Option("yes", words("supervisor.beyond_yes"))]
    return await screen.choose(screen.staff_app.explain(error), ways) == "yes"


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
    if came is not None and await screen.signed_in(DESK):
        said = "slip_settled" if came == "yes" else "slip_again"
        await screen.do(_answer(job, came_out=came == "yes"), said, label=job.label)


def _answer(job: PrintJobView, *, came_out: bool) -> Deed:
    if job.state == "asking":
        return lambda lobby, act: lobby.answer_for_slip(job.job, came_out=came_out, **act)
    return lambda lobby, act: lobby.reprint(job.label, printer=job.printer, **act)
