"""Open a screen: the visitor's, a counter's, the supervisor's."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import typer

from kiosk.commands.calm import calm
from kiosk.commands.common import command
from kiosk.commands.endings import BROKEN
from kiosk.commands.log import log_file, start_log
from kiosk.commands.names import CounterName
from kiosk.commands.output import fail
from kiosk.commands.session import Session
from kiosk.commands.splash import splash
from kiosk.shared.place import NoSuchSite
from kiosk.wiring import build_speaker, connect_for, open_house
from queue_core.errors import StoreBusy, StoreUnreachable, StoreUnready, UnknownSite

if TYPE_CHECKING:
    from textual.app import App

    from kiosk.shared.backend import Backend


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    command(app, "run", "screens")(run)
    command(app, "touch", "screens")(touch)
    command(app, "counter", "screens")(counter)
    command(app, "supervisor", "screens")(supervisor)


def run(session: Session) -> None:
    """Make the store if there is none; then open the visitor's screen, or without a terminal play one visit."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        _touch(session, make=True)
        return
    from kiosk.commands.demo import demo

    demo(session)


def touch(session: Session) -> None:
    """Open the visitor's touch screen."""
    _touch(session, make=False)


def _touch(session: Session, *, make: bool) -> None:
    """Paint first, connect after. What no waiting can mend ends the screen at its first attempt, not in mid-service."""
    start_log(session)
    log_file(session).touch()  # what could fail does so before the splash, where its message can be read
    with splash(sys.stdout):
        from kiosk.touch.app import TouchApp

    build = calm(connect_for(session.given.config, session.given.site, spool=True, make=make))
    hopeless: list[Exception] = []
    worked: list[bool] = []

    def connect() -> Backend:
        try:
            backend = build()
        except Exception as error:
            if not worked and _is_hopeless(error):
                hopeless.append(error)
                app.call_from_thread(app.exit)
            raise
        worked.append(True)
        return backend

    app = TouchApp(connect)
    _show(session, app)
    if hopeless:
        raise hopeless[0]


def _is_hopeless(error: Exception) -> bool:
    """Whether somebody has to type something before this can work; a store that is away may come back by itself."""
    from kiosk.settings import SettingsError

    return isinstance(error, SettingsError | NoSuchSite | StoreUnready | UnknownSite)


def counter(session: Session, counter: CounterName) -> None:
    """Open a counter's screen; a counter or a store that is not there is told before."""
    from kiosk.counter import CounterApp

    with open_house(session.settings, session.place) as house:
        seat = house.lobby(session.site).counter_view(counter).counter.id
    _show(session, CounterApp(calm(connect_for(session.given.config, session.site, spool=False)), seat))


def supervisor(session: Session) -> None:
    """Open the supervisor's screen; a store that is not there is told before."""
    from kiosk.supervisor import SupervisorApp

    with open_house(session.settings, session.place) as house:
        house.lobby(session.site).site()
    _show(session, SupervisorApp(calm(connect_for(session.given.config, session.site, spool=False))))


def open_board(session: Session, zone: Collection[str]) -> None:
    """Open the hall's board. A store that is away is waited for: a board comes back after a power cut by itself."""
    from kiosk.board import BoardApp

    try:
        with open_house(session.settings, session.place) as house:
            house.lobby(session.site).site()
    except (StoreBusy, StoreUnreachable):
        pass  # told on the screen, which tries again
    connect = calm(connect_for(session.given.config, session.site, spool=False))
    _show(session, BoardApp(connect, lambda: build_speaker(session.place), zone=zone))


def _show(session: Session, app: App[Any]) -> None:
    """Run a screen. A fault of ours goes to the log, where its traceback belongs, and one sentence to the person."""
    from rich.console import Console

    start_log(session)
    with log_file(session).open("a", encoding="utf-8") as log:
        app.error_console = Console(file=log, width=150)
        app.run()
    if app.return_code:
        fail(session, "unexpected", {}, session.safe_words()("cli.unexpected", path=log_file(session)))
        raise typer.Exit(BROKEN)
