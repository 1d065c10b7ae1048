"""From a ticket's frozen facts to the printer's bytes, and a worker that looks whenever something changed."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING, cast

from kiosk.i18n import Words
from kiosk.shared.slip import slip_for
from printers.encode import encode
from printers.errors import CannotCompose
from printers.layout import layout
from printers.logo import load_logo
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.settings import Settings
    from printers.encode import QrMode
    from printers.papers import Paper
    from printers.spool import Job, Spool
    from printers.template import Template
    from queue_core.feed import Feed
    from queue_core.views import SlipFacts

log = logging.getLogger(__name__)
LISTEN_SECONDS = 0.5
"""How long one wait for a change may last, so that who is told to stop is gone soon."""


def template_for(settings: Settings, base: Path, paper: Paper) -> Template:
    """The slip's template, its logo read once. A logo that cannot be read is left out: paper matters more."""
    logo = None
    if settings.slip.logo:
        try:
            logo = load_logo(base / settings.slip.logo, paper)
        except CannotCompose as error:
            log.warning("slips are printed without a logo: %s", error)
    return settings.slip.template(logo)


def compose(job: Job, settings: Settings, paper: Paper, template: Template, qr: QrMode) -> bytes:
    """Turn a job's frozen facts into the printer's bytes. Raises CannotCompose."""
    facts = cast("SlipFacts", job.facts)
    slip = slip_for(facts, job.copy, Words(facts["language"]), settings)
    return encode(layout(slip, paper, template), paper, qr)


def print_on_change(spool: Spool, feed: Feed) -> Callable[[], None]:
    """Start the worker and wake it by every change; return what stops both and closes the feed."""
    stopped = Event()

    def listen() -> None:
        while not stopped.is_set():
            try:
                if feed.wait(LISTEN_SECONDS):
                    spool.wake()
            except QueueError:
                stopped.wait(LISTEN_SECONDS)  # the store is away; the spool looks by itself every second

    listener = Thread(target=listen, name="spool-feed", daemon=True)

    def stop() -> None:
        stopped.set()
        spool.stop()
        feed.close()
        listener.join(2 * LISTEN_SECONDS)

    spool.start()
    listener.start()
    return stop
