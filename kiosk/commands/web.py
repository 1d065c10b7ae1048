"""Serve the pages: visitors' phones, the board in a browser, the supervisor, health and metrics."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from kiosk.commands.calm import calm_down
from kiosk.commands.common import command
from kiosk.commands.endings import NotDone
from kiosk.commands.log import start_log
from kiosk.commands.output import answer
from kiosk.commands.session import Session
from kiosk.wiring import connect_for, new_secret

if TYPE_CHECKING:
    import typer


BACKLOG = 2048
"""Phones that may knock in the same moment: after a power cut all of them do."""


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    command(app, "web", "screens")(web)


def web(session: Session) -> None:
    """Serve the pages of one site until stopped."""
    start_log(session)
    from kiosk.web.serving import build_server

    settings = session.settings.web
    backend = connect_for(session.given.config, session.site, spool=False)()
    session.at_end(backend.close)
    server = build_server(backend, new_secret)
    calm_down()
    with _listen(settings.host, settings.port) as listener:
        shape = {"site": session.site, "host": settings.host, "port": settings.port}
        names = session.words.pick(session.section.name)
        sentence = session.words("cli.web_listening", site=names, host=settings.host, port=settings.port)
        answer(session, shape, sentence)
        server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything is promised. Raises NotDone.

    The protocol is named, since asyncio sends small answers at once only over sockets that say they are TCP: without it
    each answer waits for the other side's delayed acknowledgement, some forty milliseconds.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise NotDone(says="cli.web_no_port", host=host, port=port, reason=reason) from None
    return listener
