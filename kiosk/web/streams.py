"""Server-sent events: a page that stays open is told of each change that it shows, and of nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.responses import Response, StreamingResponse

if TYPE_CHECKING:
    from kiosk.web.hub import Hub

HEARTBEAT = 15.0
"""Seconds after which a quiet stream sends a mark of life, so that nothing between closes it."""
GONE = "event: gone\ndata:\n\n"
"""Tells a page that what it showed is no longer there: it loads itself anew."""

Now = Callable[[], Awaitable[str | None]]
"""Returns what the page shall show, one line; None when there is nothing to show any more."""


def stream(hub: Hub, now: Now, *, most: int) -> Response:
    """Answer with a stream, or with 503 when so many are open that a page had better load itself anew."""
    if hub.streams >= most or hub.closing:
        return Response(status_code=503, headers={"Retry-After": "20"})
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return StreamingResponse(_events(hub, now), media_type="text/event-stream", headers=headers)


async def _events(hub: Hub, now: Now) -> AsyncIterator[str]:
    hub.streams += 1
    try:
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
                yield ":\n\n"
    finally:
        hub.streams -= 1
