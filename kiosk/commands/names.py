"""How services, counters and tickets are named on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from kiosk.commands.common import HELP

ServiceName = Annotated[str, typer.Argument(metavar="SERVICE", help=HELP("cli.option.service"))]
CounterName = Annotated[str, typer.Argument(metavar="COUNTER", help=HELP("cli.option.counter"))]
LabelName = Annotated[str, typer.Argument(metavar="LABEL", help=HELP("cli.option.label"))]


def service_id(text: str) -> str:
    """Return `DK.ktp` for `dk.KTP`: agencies are written in capitals, services in small letters."""
    agency, dot, service = text.strip().partition(".")
    return f"{agency.upper()}.{service.lower()}" if dot else text.strip()
