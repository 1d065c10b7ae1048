"""What was learnt of a printer at its machine goes to the store at once, so that no screen waits for the next report."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from kiosk.commands.session import Session
from kiosk.shared.metered import reading
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from printers.supply import Supply
    from queue_core.views import PrinterView

log = logging.getLogger(__name__)


def noted(session: Session, supply: Supply, *, changed: bool = False) -> PrinterView | None:
    """The printer as the store has it now; None where there is no store yet. `changed`: a new roll is in."""
    try:
        return session.lobby.note_paper(session.printer, reading(supply), changed=changed, **session.act)
    except QueueError as error:
        log.info("not told to the store: %s", error)
        return None
