"""Asking the visitor whether the paper came out, when the printer cannot tell: yes settles it, no prints a marked copy."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from textual import on

from kiosk.touch.scene import Paper
from kiosk.touch.screens import TicketScreen
from kiosk.touch.taking import Taking
from queue_core.errors import QueueError
from queue_core.events import Actor

if TYPE_CHECKING:
    from queue_core import Lobby
    from queue_core.views import IssuedTicket, PrintJobView

_log = logging.getLogger(__name__)


class Asking(Taking):
    """One question, one touch. Who walks away leaves the slip to the staff."""

    @on(TicketScreen.PaperAnswer)
    def _answered(self, event: TicketScreen.PaperAnswer) -> None:
        job, ticket = self.job, self.scene.ticket
        if self.backend is None or job is None or ticket is None or self.scene.paper is not Paper.ASKING:
            return
        self.watch_paper(None)  # what was read before the answer would ask once more
        self.asked_for_paper()
        self.count(self.after(self.ticket_seconds, self.go_home))
        self.play(paper=Paper.TAKE if event.came_out else Paper.PRINTING)
        told = self._tell_in_thread(job, ticket, came_out=event.came_out)
        self.run_worker(told, group="write", exit_on_error=False)

    async def _tell_in_thread(self, job: str, ticket: IssuedTicket, *, came_out: bool) -> None:
        assert self.backend is not None
        assert self.link is not None
        link, keeper, by = self.link, self.keeper, Actor(machine=self.backend.settings.machine.id)
        request_id = self.backend.new_request_id()

        def answer(lobby: Lobby) -> PrintJobView:
            return lobby.answer_for_slip(job, came_out=came_out, by=by, request_id=request_id)

        def tell() -> PrintJobView:
            return answer(keeper) if keeper is not None and keeper is link.own else link.ask_site(answer)

        try:
            slip = await asyncio.to_thread(tell)
        except QueueError as error:  # the number is given and safe; its paper waits for the staff
            _log.warning("What a visitor said of the paper could not be noted: %s", error)
            if self.scene.ticket is ticket:
                self.play(paper=Paper.PHOTOGRAPH)
        else:
            if self.scene.ticket is ticket:
                self.watch_paper(slip.job)
