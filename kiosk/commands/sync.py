"""Bringing rows from one store to another: over the network, or in a file on a stick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, alone, command, group, panel
from kiosk.commands.endings import Misused
from kiosk.commands.output import Shape, answer
from kiosk.commands.session import Session

if TYPE_CHECKING:
    from kiosk.wiring import House
    from queue_core import Lobby
    from queue_core.views import ContactView

EVERYTHING = 1_000_000
"""Visits in one file: years of them."""

File = Annotated[Path, typer.Argument(metavar="FILE", help=HELP("cli.argument.bundle"))]
All = Annotated[bool, typer.Option("--all", help=HELP("cli.option.all_days"))]


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    each = group("sync")
    alone(each, sync)
    command(each, "export")(export)
    command(each, "import")(import_)
    app.add_typer(each, rich_help_panel=panel("store"))


def sync(session: Session) -> None:
    """Let this machine's store and the site's, or the mall's, meet once."""
    from kiosk.wiring import build_local, build_upstream
    from queue_core import make_contact, send_days

    machine = session.settings.machine.id
    local = _kept(session, build_local(session.settings, session.place))
    if local is not None:
        own = local.lobby(session.site)
        met = make_contact(own, session.lobby, machine)
        web = session.settings.web
        own.erase_old(keep_days=web.keep_days, rating_days=web.rating_days)
    else:
        mall = _kept(session, build_upstream(session.settings, session.place))
        if mall is None:
            raise Misused(says="cli.sync_nowhere")
        mall.store.check()
        met = send_days(session.lobby, mall.lobby(session.site), machine)
    _tell(session, met)


def export(session: Session, file: File, everything: All = False) -> None:
    """Write what was not sent yet to a file."""
    from queue_core import write_file

    own = _sender(session)
    own.caller(session.settings.machine.id)
    bundle = own.bundle(session.settings.machine.id, limit=EVERYTHING, since=0 if everything else None)
    if bundle is None:
        shape: Shape = {"file": None, "visits": 0, "site": session.site}
        answer(session, shape, session.words("cli.sync_nothing", site=session.site))
        return
    size = write_file(bundle, file)
    days = [day.isoformat() for day in bundle.days]
    shape = {
        "file": str(file),
        "visits": len(bundle.visits),
        "site": session.site,
        "days": days,
        "bytes": size,
    }
    said = session.words(
        "cli.sync_exported", file=file, visits=len(bundle.visits), days=len(days), size=max(1, size // 1024)
    )
    answer(session, shape, said)


def import_(session: Session, file: File) -> None:
    """Take in a file that another computer wrote; what was taken before changes nothing."""
    from queue_core import merge_parts, read_file

    bundle = read_file(file)
    merged = merge_parts(session.house.lobby(bundle.site), bundle)
    shape = {
        "file": str(file),
        "site": bundle.site,
        "added": merged.added,
        "changed": merged.changed,
        "known": merged.known,
        "left": len(merged.left),
        "conflicts": list(merged.conflicts),
    }
    said = session.words(
        "cli.sync_imported",
        file=file.name,
        site=bundle.site,
        added=merged.added,
        changed=merged.changed,
        known=merged.known,
    )
    answer(session, shape, " ".join([said, *_trouble(session, len(merged.left), merged.conflicts)]))


def _sender(session: Session) -> Lobby:
    """Whose rows are to be written: those of a kiosk's own store where it has one, else of the store itself."""
    from kiosk.wiring import build_local

    local = _kept(session, build_local(session.settings, session.place))
    return session.lobby if local is None else local.lobby(session.site)


def _kept(session: Session, house: House | None) -> House | None:
    if house is not None:
        session.at_end(house.store.close)
    return house


def _tell(session: Session, met: ContactView) -> None:
    shape: Shape = {
        "site": session.site,
        "origin": met.origin or None,
        "sent": met.sent,
        "unsent": met.unsent,
        "conflicts": list(met.conflicts),
        "enrolled": met.fresh,
        "at": met.at,
        **met.merged,
    }
    parts = [session.words("cli.sync_enrolled", origin=met.origin)] if met.fresh else []
    parts.append(session.words("cli.synced", site=session.site, sent=met.sent))
    parts += _trouble(session, met.unsent, met.conflicts)
    answer(session, shape, " ".join(parts))


def _trouble(session: Session, left: int, conflicts: tuple[str, ...]) -> list[str]:
    said = [session.words("cli.sync_left", count=left)] if left else []
    return [*said, *([session.words("cli.sync_conflicts", labels=", ".join(conflicts))] if conflicts else [])]
