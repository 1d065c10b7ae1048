"""Close or open a service, an agency: until when, and why, as the visitors will read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.supervisor import phrases, spans

if TYPE_CHECKING:
    from kiosk.supervisor.acting import ActingScreen
    from kiosk.supervisor.watching import Seen
    from queue_core.views import Opening, QueueView

MINUTES = (15, 30, 60, 120)
WHY = ("staff", "system", "supplies", "full")


async def turn(screen: ActingScreen, seen: Seen, *, place: str) -> None:
    """Close what is open; open what was closed by hand, or what its hours close."""
    queue = next((each for each in seen.overview.queues if place in (each.service, each.agency)), None)
    if queue is None:
        return
    name = screen.words.pick(queue.agency_names if place == queue.agency else queue.service_names)
    opening = _opening(seen, place, queue)
    if opening.reason == "by_hand":
        if await screen.signed_in():
            await screen.do(lambda lobby, act: lobby.open_service(place, **act), "opened", name=name)
    elif opening.open:
        await _close(screen, seen, place, name)
    else:
        await _force(screen, seen, place, name)


def _opening(seen: Seen, place: str, queue: QueueView) -> Opening:
    """How a place stands; an agency is open while any of its services is."""
    if place == queue.service:
        return queue.opening
    all_of = [each.opening for each in seen.overview.queues if each.agency == place]
    return next((each for each in all_of if each.open), queue.opening)


async def _close(screen: ActingScreen, seen: Seen, place: str, name: str) -> None:
    words = screen.words
    span = await spans.ask(screen, seen, words("supervisor.close_long", name=name), MINUTES)
    if span is None:
        return
    ready = phrases.ready("why", WHY, words)
    why = await screen.choose(words("supervisor.close_why", name=name), ready, free=True)
    if why is not None and await screen.signed_in():
        until, reason = span.until, phrases.in_all_languages(why, words.language)
        await screen.do(
            lambda lobby, act: lobby.close_service(place, until=until, reason=reason, **act),
            "closed",
            name=name,
        )


async def _force(screen: ActingScreen, seen: Seen, place: str, name: str) -> None:
    words = screen.words
    span = await spans.ask(screen, seen, words("supervisor.force_long", name=name), MINUTES)
    if span is not None and await screen.signed_in():
        until = span.until
        await screen.do(lambda lobby, act: lobby.force_open(place, until=until, **act), "opened", name=name)
