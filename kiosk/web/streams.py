"""Server-sent events: a page that stays open is told of each change that it shows, and of nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response, StreamingResponse

from kiosk.web.guard import address_of
from kiosk.web.places import Full
from kiosk.web.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from kiosk.web.hub import Hub
    from kiosk.web.places import Places

HEARTBEAT = 15.0
"""Seconds after which a quiet stream sends a mark of life, so that nothing between closes it."""
BEAT = "event: beat\ndata:\n\n"
"""The mark of life: a page that hears none for long says that the connection is lost, and opens a new one."""
GONE = "event: gone\ndata:\n\n"
"""Tells a page that what it showed is no longer there: it loads itself anew."""

Now = Callable[[], Awaitable[str | None]]
"""Returns what the page shall show, one line; None when there is nothing to show any more."""


REFUSED = {
    Full.ALL: (503, "20", "All places for open pages are taken; load the page again in a while.\n"),
    Full.ADDRESS: (429, "20", "Too many open pages from this address; load the page again in a while.\n"),
}
"""Status, seconds to wait, and a sentence for whoever looks: the page itself goes on by loading itself anew."""


def stream(request: Request, now: Now) -> Response:
    """Answer with a stream, or say why none: the pages then load themselves anew."""
    site, address = site_of(request), address_of(request)
    if site.hub.closing:
        return Response(status_code=503, headers={"Retry-After": "20"})
    full = site.places.full(address)
    if full is not None:
        site.metrics.streams_refused.labels(full.value).inc()
        status, wait, sentence = REFUSED[full]
        return PlainTextResponse(sentence, status, headers={"Retry-After": wait})
    return Stream(site.hub, now, site.places, address)


class Stream(StreamingResponse):
    """An answer that holds its place from its first to its last byte, however it ends."""

    def __init__(self, hub: Hub, now: Now, places: Places, address: str) -> None:
        headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
        super().__init__(_events(hub, now), media_type="text/event-stream", headers=headers)
        self._places, self._address = places, address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the page is closed."""
        with self._places.take(self._address):
            await super().__call__(scope, receive, send)


async def _events(hub: Hub, now: Now) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    sent = ""
    while not hub.closing:
        tick = hub.tick
        message, seq = await now(), hub.look.seq if hub.look else 0
        if message is None:
            yield GONE
            return
        if message != sent:
            sent = message
            yield f"id: {seq}\ndata: {message}\n\n"
        if not await hub.next(tick, HEARTBEAT):
            yield BEAT
