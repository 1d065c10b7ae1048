"""Health and metrics: for the operator's programs, on this computer or with the operator's token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kiosk.web.guard import is_operator
from kiosk.web.hub import EVERY
from kiosk.web.site import Site, site_of
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from starlette.requests import Request

STALE = 5 * EVERY
"""Seconds after which the pages' data is too old to be called healthy."""


async def health(request: Request) -> Response:
    """200 when the store answers and the pages are of now, else 503; the body says which is not."""
    site = _for_operator(request)
    try:
        store, schema = "ok", await run_in_threadpool(site.backend.lobby.schema)
    except QueueError as error:
        store, schema = error.code, ""
    age = site.hub.age
    well = store == "ok" and age < STALE and not site.hub.closing
    body = {
        "status": "ok" if well else "trouble",
        "site": site.view.id,
        "store": store,
        "schema": schema,
        "look_age_seconds": round(age, 3) if age != float("inf") else None,
        "streams": site.places.taken,
    }
    return JSONResponse(body, status_code=200 if well else 503)


async def metrics(request: Request) -> Response:
    """All that is counted, in the format of Prometheus."""
    site = _for_operator(request)
    text = await run_in_threadpool(site.metrics.text)
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


def _for_operator(request: Request) -> Site:
    """Return the site. To anybody else these pages are not there."""
    site = site_of(request)
    if not is_operator(request, site.backend.settings.web.operator_token):
        raise HTTPException(404)
    return site


def routes() -> list[Route]:
    """The operator's pages."""
    return [Route("/health", health), Route("/metrics", metrics)]
