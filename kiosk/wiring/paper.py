"""The composition root's part for paper: this machine's printer, and what prints on it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.settings import Settings
    from kiosk.shared.place import Place
    from kiosk.shared.two_journals import TwoJournals
    from kiosk.wiring import House
    from kiosk.wiring.linking import Linked
    from printers.device import Device
    from printers.encode import QrMode
    from printers.papers import Paper
    from printers.spool import PrinterLock, Spool
    from printers.supply import Supply
    from printers.template import Template
    from queue_core import Lobby


@dataclass(frozen=True)
class PrinterKit:
    """This machine's printer and what belongs to it; nothing is opened yet."""

    device: Device
    paper: Paper
    template: Template
    qr: QrMode
    supply: Supply
    lock: PrinterLock


def build_printer(settings: Settings, place: Place) -> PrinterKit:
    """Build what prints here, as the settings say and as `kiosk printer check` found it."""
    from kiosk.shared.paper import template_for
    from printers.device import open_device
    from printers.papers import MODELS, as_found
    from printers.spool import PrinterLock
    from printers.supply import Supply

    folder, name = place.base / "var", settings.machine.id
    printer = settings.printer
    if printer.path:
        printer = printer.model_copy(update={"path": str(place.base / printer.path)})
    model = MODELS[printer.model]
    supply = Supply(folder, name, model.papers[printer.paper], near_end_sensor=model.near_end_sensor)
    known = supply.capabilities
    paper = as_found(model.papers[printer.paper], known)
    draws = model.native_qr if known.native_qr is None else known.native_qr
    return PrinterKit(
        device=open_device(printer, folder=folder / "paper"),
        paper=paper,
        template=template_for(settings, place.base, paper),
        qr="raster" if not draws else printer.qr,
        supply=supply,
        lock=PrinterLock(folder / f"printer-{name}.lock"),
    )


def build_spool(
    lobby: Lobby, settings: Settings, place: Place, journal: TwoJournals | None = None
) -> tuple[Spool, Device]:
    """Build the worker of this machine's printer, and its device; nothing is opened yet. `journal`: instead of the Lobby's."""
    from kiosk.shared.metered import MeteredJournal
    from kiosk.shared.paper import compose
    from printers.spool import Spool, StoredLogo

    kit = build_printer(settings, place)
    logo = StoredLogo(kit.template.logo, kit.supply)
    spool = Spool(
        kit.device,
        MeteredJournal(journal or lobby.journal, kit.supply),
        lambda job: compose(job, settings, kit.paper, replace(kit.template, logo=logo.logo), kit.qr),
        printer=settings.machine.id,
        lock_path=kit.lock.path,
        holder=f"{settings.machine.id}/{os.getpid()}",
        supply=kit.supply,
        logo=logo,
    )
    return spool, kit.device


def start_spool(house: House | Linked, spool: Spool) -> Callable[[], None]:
    """Print from now on, woken by every change; return what stops it. While another program prints, this one waits."""
    from kiosk.shared.paper import print_on_change

    return print_on_change(spool, house.feed())
