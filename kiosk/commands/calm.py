"""Keep Python's collector from halting a screen in the middle of a touch.

A full collection looks at everything that was imported, a tenth of a second with the store; a screen that opens a few
widgets a touch would cause one every few touches. What is there once the store is connected stays for days: it is put
out of the collector's sight, and what comes later is looked through less often. `make bench` shows what it is worth.

Python looks through everything only when a quarter as much has come as it last found. What was put out of sight counts
into that until it looks again; so it does at once, else a day's garbage of the screen lies about before it is found.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend, Connect

THRESHOLDS = (20_000, 3, 5)
"""New containers until a look at the young, and looks until one at the older ones; Python's own are 700, 10 and 10.

Textual's lines of a screen hold themselves, so that only the collector finds the ones that are done with: some eight
thousand containers a visitor at the touch screen. With looks at the older ones every 20 and 400 looks at the young, a month
of them piled up, fifteen megabytes; `python -m bench soak` shows it.
"""


def calm(connect: Connect) -> Connect:
    """Return `connect` with a last step: to calm the collector. For a process that does nothing but show a screen."""

    def calmly() -> Backend:
        backend = connect()
        calm_down()
        return backend

    return calmly


def calm_down() -> None:
    """Put all that is there out of the collector's sight; for a program that has loaded what it needs for days."""
    gc.collect()
    gc.freeze()
    gc.collect()
    gc.set_threshold(*THRESHOLDS)
