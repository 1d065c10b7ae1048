"""Receipt: how long a ticket stays on screen, and what is said of its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.touch.scene import Paper
from kiosk.touch.stage import Stage

if TYPE_CHECKING:
    from queue_core import Lobby
    from queue_core.views import PrinterView, PrintJobView

PAPER_SECONDS = 6
"""How long the paper may take before the visitor is asked to photograph the screen."""


class Receipt(Stage):
    """Watches one print job while its ticket is on screen."""

    taken_at = 0.0
    job: str | None = None
    """The print job that is looked at."""
    keeper: Lobby | None = None
    """Who gave out the ticket on screen, and keeps its print job."""
    _asked_at = 0.0

    @property
    def ticket_seconds(self) -> int:
        """How long a ticket stays on screen, and can be given back with one touch."""
        return self.backend.settings.screen.ticket_seconds if self.backend else 0

    def asked_for_paper(self) -> None:
        """From now on the paper is waited for."""
        self._asked_at = self.seconds()

    def watch_paper(self, job: str | None) -> None:
        """Look at this print job with each read from now on; None: at none."""
        raise NotImplementedError

    def paper_is(self, job: PrintJobView | None) -> None:
        """Tell the visitor what became of the paper; None: nothing was heard of it yet."""
        if self.here != "ticket" or self.scene.paper is Paper.NONE:
            return
        waited = self.seconds() - self._asked_at
        paper = paper_of(job, waited, printer_ill=self._printer_ill(), printer_mute=self._printer_mute())
        if paper is not self.scene.paper:
            if paper in (Paper.PHOTOGRAPH, Paper.ASKING):  # give time to find the telephone, or to look
                self.count(self.after(self.ticket_seconds, self.go_home))
            self.play(paper=paper)

    def _printer_ill(self) -> bool:
        return any(view.state in ("trouble", "silent") for view in self._own_printer())

    def _printer_mute(self) -> bool:
        """Whether it takes slips and can never tell what became of them."""
        return any((view.state, view.reason) == ("warning", "mute") for view in self._own_printer())

    def _own_printer(self) -> list[PrinterView]:
        machine = self.backend.settings.machine.id if self.backend else ""
        return [view for view in self.scene.printers if view.id == machine]

    def tick(self) -> None:
        """End the time in which a number can be given back; tell of paper that is overdue."""
        if self.here == "ticket" and self.scene.paper is Paper.PRINTING:
            self.paper_is(None)
        if self.scene.may_cancel and self.seconds() - self.taken_at >= self.ticket_seconds:
            self.play(may_cancel=False, sure=False)
        super().tick()


def paper_of(
    job: PrintJobView | None, seconds: float, *, printer_ill: bool, printer_mute: bool = False
) -> Paper:
    """Return what to tell of a print job that was asked for so many seconds ago."""
    state = job.state if job else "new"
    if state == "asking" or (state == "sent" and printer_mute):
        return Paper.ASKING
    if state in ("sent", "printed"):
        return Paper.TAKE
    if state in ("new", "sending") and seconds < PAPER_SECONDS and not printer_ill:
        return Paper.PRINTING
    return Paper.PHOTOGRAPH
