"""The store: made, brought to this program's version, filled with the catalogue, checked, and its day closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from kiosk.commands.common import command, group, panel
from kiosk.commands.output import answer, table
from kiosk.commands.session import Session

if TYPE_CHECKING:
    from queue_core.views import CatalogueChange


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    command(app, "init", "store")(init)
    command(app, "migrate", "store")(migrate)
    command(app, "close-day", "store")(close_day)
    config = group("config")
    command(config, "diff")(diff)
    command(config, "apply")(apply)
    app.add_typer(config, rich_help_panel=panel("store"))


def init(session: Session) -> None:
    """Make the store where there is none, and bring the file's catalogue in."""
    from kiosk.wiring import bring_in, open_house

    with open_house(session.settings, session.place, ready=False) as house:
        house.store.create()
        changes = bring_in(house, session.settings, sites(session), session.by)
        where = str(house.store.url)
    shape = {"store": where, "changes": len(changes)}
    answer(session, shape, session.words("cli.store_ready", store=where, changes=len(changes)))


def migrate(session: Session) -> None:
    """Bring the schema of an existing store to this program's version; an old file is copied first."""
    from kiosk.commands.copies import copied
    from kiosk.wiring import now, open_house
    from queue_core import make_copy

    with open_house(session.settings, session.place, ready=False) as house:
        copy = None
        if house.store.is_sqlite and house.store.is_old():
            copy = make_copy(house.store, session.place.base / session.settings.store.copies, now())
        house.store.migrate()
        where = str(house.store.url)
    done = session.words("cli.store_migrated", store=where)
    said = f"{copied(session, copy)} {done}" if copy else done
    answer(session, {"store": where, "copy": str(copy.path) if copy else ""}, said)


def close_day(session: Session) -> None:
    """End the site's day now, and erase what is older than the settings keep."""
    expired = session.lobby.close_day(by=session.by)
    web = session.settings.web
    session.lobby.erase_old(keep_days=web.keep_days, rating_days=web.rating_days)
    answer(
        session, {"site": session.site, "expired": expired}, session.words("cli.day_closed", count=expired)
    )


# ----------------------------------------------------------------------------- catalogue


def sites(session: Session) -> list[str]:
    """Return the site that was asked for, else all of the file."""
    return [session.site] if session.given.site else [site.id for site in session.settings.site]


def apply(session: Session) -> None:
    """Bring the file's catalogue into the store."""
    from kiosk.wiring import bring_in

    changes = bring_in(session.house, session.settings, sites(session), session.by)
    _show_changes(session, changes, "cli.applied")


def diff(session: Session) -> None:
    """Show what `kiosk config apply` would change."""
    changes = [
        (site, each)
        for site in sites(session)
        for each in session.house.lobby(site).diff_catalogue(session.settings)
    ]
    _show_changes(session, changes, "cli.differs")


def _show_changes(session: Session, changes: Sequence[tuple[str, CatalogueChange]], key: str) -> None:
    words = session.words
    head = [words(f"cli.head.{name}") for name in ("site", "what", "kind", "id", "detail")]
    rows = [
        [site, words(f"cli.change.{each.what}"), words(f"cli.kind.{each.kind}"), each.id, each.detail]
        for site, each in changes
    ]
    if changes:
        table(session, head, [{"site": site, **asdict(each)} for site, each in changes], rows)
    if not session.json:
        print(words(key, count=len(changes)) if changes else words("cli.no_difference"))
