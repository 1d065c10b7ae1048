"""Listening: uvicorn, which ends the open pages first when it is told to stop."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import uvicorn

from kiosk.web.app import build_app
from kiosk.web.site import Site

if TYPE_CHECKING:
    import socket
    from types import FrameType

    from starlette.applications import Starlette

    from kiosk.shared.backend import Backend
    from kiosk.web.site import NewSecret

GRACE = 5
"""Seconds that answers under way have when the server is told to stop."""


class Server(uvicorn.Server):
    """A server whose open pages end at once when it stops, rather than hold it up."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._pages: Site = app.state.site

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  as uvicorn calls it
        """Stop in order; told twice, at once. The signal is not raised again: what called `run` closes the store."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, end the open pages, wait for what is under way."""
        self._pages.hub.end_streams()
        await super().shutdown(sockets)


def build_server(backend: Backend, new_secret: NewSecret) -> Server:
    """Return a server of one site's pages, not yet listening; `run` blocks until SIGINT or SIGTERM."""
    web = backend.settings.web
    app = build_app(backend, new_secret)
    config = uvicorn.Config(
        app,
        host=web.host,
        port=web.port,
        lifespan="on",
        log_config=None,  # the log is the program's own
        access_log=False,  # addresses of visitors, and links that open their pages, are nobody's business
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=list(web.proxies),
        timeout_graceful_shutdown=GRACE,
        limit_concurrency=2 * web.open_pages + 200,
        backlog=2048,
    )
    return Server(config, app)
