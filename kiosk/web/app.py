"""The app: routes, headers, and what happens when the store does not answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kiosk.i18n import Words
from kiosk.shared.explain import explain
from kiosk.web.headers import Headers
from kiosk.web.pages import LONG, STATIC, language_of, notice, render
from kiosk.web.routes import board, operator, phone, supervisor
from kiosk.web.site import Site, build_site, site_of
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Scope

    from kiosk.shared.backend import Backend
    from kiosk.web.site import NewSecret


def build_app(backend: Backend, new_secret: NewSecret) -> Starlette:
    """Return the pages of one site.

    Args:
        backend: the way in, woken by a Feed of its own; who built it closes it.
        new_secret: makes a text that cannot be guessed, for who signs in.

    Raises: what the store raises.
    """
    site = build_site(backend, new_secret)
    app = Starlette(
        routes=routes(),
        middleware=[Middleware(Headers, took=site.metrics.took)],
        exception_handlers={QueueError: _no_answer, HTTPException: _refused},
        lifespan=_lifespan,
    )
    app.state.site = site
    return app


def routes() -> list[Route | Mount]:
    """All that can be asked for."""
    pages = [*phone.routes(), *board.routes(), *supervisor.routes(), *operator.routes()]
    return [*pages, Mount("/static", Files(directory=STATIC), name="static")]


class Files(StaticFiles):
    """Files whose address holds the version of the pages: kept for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = LONG
        return response


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    site: Site = app.state.site
    await site.hub.start()
    try:
        yield
    finally:
        await site.hub.stop()


async def _no_answer(request: Request, error: Exception) -> Response:
    """The store is busy or away: say so, in words, and let the browser try again."""
    site = site_of(request)
    words = Words(language_of(request, site.languages[0], site.languages))
    text = explain(error, words, site.zone) if isinstance(error, QueueError) else ""
    up = "../" * (request.url.path.rstrip("/").count("/") - 1)
    title = words("web.no_answer_title")
    html = render("notice.html", lang=words.language, up=up, title=title, text=text)
    headers = {"Retry-After": "5", **({"Refresh": "10"} if request.method == "GET" else {})}
    return Response(html, 503, headers, "text/html")


async def _refused(request: Request, error: Exception) -> Response:
    """No such page, a form from elsewhere, a method that is not taken."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if status != 404:
        return PlainTextResponse(f"{status}\n", status, headers)
    site = site_of(request)
    up = "../" * (request.url.path.rstrip("/").count("/") - 1)
    return notice("no_page", 404, language_of(request, site.languages[0], site.languages), up=up)
