"""Taking a number and giving it back. Writes run in threads that nothing cancels: what was asked for happens once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on

from kiosk.touch.notice import CANCELLED, Notice, notice_of, retry_after
from kiosk.touch.pace import Pace
from kiosk.touch.scene import Paper
from kiosk.touch.screens import NoticeScreen, ServicePage, TicketScreen
from kiosk.touch.stage import Stage
from queue_core.errors import QueueError
from queue_core.events import Actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from queue_core.views import IssuedTicket, PrintJobView, TicketView

_log = logging.getLogger(__name__)

PATIENCE_SECONDS = 12
"""How long an answer may take before the visitor is told that it takes long."""
PAPER_SECONDS = 6
"""How long the paper may take before the visitor is asked to photograph the screen."""
CANCELLED_SECONDS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """One choice of one visitor. Its request_id makes a double tap, and a try after a lost answer, the same ticket."""

    service: str
    priority: bool
    language: str
    request_id: str


class Taking(Stage):
    """What happens between "take a number" and the start screen."""

    pace = Pace(6)
    wish: Wish | None = None
    tries = 0
    again: Callable[[], None] | None = None
    taken_at = 0.0

    # ------------------------------------------------------------------ taking
    @on(ServicePage.Take)
    def _take(self, event: ServicePage.Take) -> None:
        if self.backend is None or self.scene.taking or not self.scene.service_id:
            return
        request_id = self.backend.new_request_id()
        wish = Wish(self.scene.service_id, event.priority, self.scene.comfort.language, request_id)
        self.wish, self.tries = wish, 0
        wait = self.pace.wait(self.seconds())
        if wait:
            self.go("pause", self.after(wait, lambda: self._issue(wish)))
        else:
            self._issue(wish)

    def _issue(self, wish: Wish) -> None:
        self.again = lambda: self._issue(wish)
        self.play(taking=True)
        self.count(self.after(PATIENCE_SECONDS, self._takes_long, shown=False))
        self.run_worker(self._issue_in_thread(wish), group="write", exit_on_error=False)

    async def _issue_in_thread(self, wish: Wish) -> None:
        assert self.backend is not None
        lobby, machine = self.backend.lobby, self.backend.settings.machine.id

        def issue() -> IssuedTicket:
            return lobby.issue(
                wish.service,
                request_id=wish.request_id,
                language=wish.language,
                priority=wish.priority,
                printer=machine,
                by=Actor(machine=machine),
            )

        try:
            issued = await asyncio.to_thread(issue)
        except Exception as error:  # noqa: BLE001 - whatever it is, the visitor is told what to do
            self._refuse(error, wish)
        else:
            self._give(issued, wish)

    def _give(self, issued: IssuedTicket, wish: Wish) -> None:
        if self.wish is not wish:
            return  # answered before, by an earlier try
        self.wish = None
        self.pace.given(self.seconds())
        self.taken_at = self.seconds()
        self.watch_paper(issued.job)
        paper = Paper.PRINTING if issued.job else Paper.NONE
        stay = self.after(self.ticket_seconds, self.go_home)
        self.go("ticket", stay, ticket=issued, paper=paper, taking=False, may_cancel=True, sure=False)

    def _refuse(self, error: Exception, wish: Wish | None) -> None:
        if wish is None or self.wish is wish:
            _say_in_log(error)
            self._notice(notice_of(error))

    def _takes_long(self) -> None:
        self._notice(Notice("busy", retry=True))

    def _notice(self, notice: Notice) -> None:
        wait = retry_after(self.tries) if notice.retry else None
        countdown = self.after(wait, self._try_again) if wait else None
        self.go("notice", countdown, notice=notice, taking=False)

    @on(NoticeScreen.Again)
    def _try_again(self) -> None:
        if self.again and not self.scene.taking:
            self.tries += 1
            self.again()

    # ------------------------------------------------------------------ giving back
    @on(TicketScreen.Cancel)
    def _cancel(self) -> None:
        if self.scene.ticket is None or not self.scene.may_cancel or self.scene.taking or self.backend is None:
            return
        if not self.scene.sure:
            self.play(sure=True)
            return
        label, request_id = self.scene.ticket.ticket.label, self.backend.new_request_id()
        self.tries = 0
        self.again = lambda: self._give_back(label, request_id)
        self.again()

    def _give_back(self, label: str, request_id: str) -> None:
        self.play(taking=True)
        self.count(None)
        self.run_worker(self._cancel_in_thread(label, request_id), group="write", exit_on_error=False)

    async def _cancel_in_thread(self, label: str, request_id: str) -> None:
        assert self.backend is not None
        lobby, by = self.backend.lobby, Actor(machine=self.backend.settings.machine.id)

        def cancel() -> TicketView:
            return lobby.cancel(label, by=by, request_id=request_id)

        try:
            await asyncio.to_thread(cancel)
        except Exception as error:  # noqa: BLE001 - whatever it is, the visitor is told what to do
            self._refuse(error, None)
        else:
            self.watch_paper(None)
            self.go("notice", self.after(CANCELLED_SECONDS, self.go_home), notice=CANCELLED, taking=False)

    # ------------------------------------------------------------------ the paper
    def watch_paper(self, job: str | None) -> None:
        """Look at this print job with each read from now on; None: at none."""
        raise NotImplementedError

    def paper_is(self, job: PrintJobView | None) -> None:
        """Tell the visitor what became of the paper."""
        if self.here != "ticket" or self.scene.paper is Paper.NONE:
            return
        paper = paper_of(job, self.seconds() - self.taken_at, printer_ill=self._printer_ill())
        if paper is not self.scene.paper:
            if paper is Paper.PHOTOGRAPH:  # give time to find the telephone
                self.count(self.after(self.ticket_seconds, self.go_home))
            self.play(paper=paper)

    def _printer_ill(self) -> bool:
        machine = self.backend.settings.machine.id if self.backend else ""
        return any(view.id == machine and view.state in ("trouble", "silent") for view in self.scene.printers)

    def tick(self) -> None:
        """End the time in which a number can be given back."""
        if self.scene.may_cancel and self.seconds() - self.taken_at >= self.ticket_seconds:
            self.play(may_cancel=False, sure=False)
        super().tick()

    @property
    def ticket_seconds(self) -> int:
        """How long a ticket stays on screen."""
        return self.backend.settings.screen.ticket_seconds if self.backend else 0


def paper_of(job: PrintJobView | None, seconds: float, *, printer_ill: bool) -> Paper:
    """Return what to tell of a print job that was asked for so many seconds ago."""
    state = job.state if job else "new"
    if state in ("sent", "printed"):
        return Paper.TAKE
    if state in ("new", "sending") and seconds < PAPER_SECONDS and not printer_ill:
        return Paper.PRINTING
    return Paper.PHOTOGRAPH


def _say_in_log(error: Exception) -> None:
    if isinstance(error, QueueError):
        _log.info("A visitor was refused: %s", error)
    else:
        _log.error("A visitor could not be served", exc_info=error)
