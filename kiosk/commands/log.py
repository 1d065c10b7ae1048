"""The log file beside the configuration: what only a technician wants to read goes there."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.commands.session import Session

_BYTES = 1_000_000
_OLD_FILES = 3
_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


def log_file(session: Session) -> Path:
    """Return where this command writes: `var/log/kiosk.log` beside the configuration."""
    return session.place.base / "var" / "log" / "kiosk.log"


def start_log(session: Session) -> None:
    """Send the log to its file and nowhere else until the command ends; a second call changes nothing.

    Called before python-escpos is imported, which would attach a handler that writes over the screen.
    """
    top = logging.getLogger()
    path = log_file(session)
    if any(getattr(handler, "baseFilename", "") == str(path) for handler in top.handlers):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_OLD_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_FORMAT))
    top.addHandler(handler)
    for ours in ("kiosk", "printers", "queue_core"):
        logging.getLogger(ours).setLevel(logging.INFO)
    session.at_end(lambda: _stop_log(handler))


def _stop_log(handler: logging.Handler) -> None:
    logging.getLogger().removeHandler(handler)
    handler.close()
