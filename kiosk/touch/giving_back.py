"""Giving a number back: asked once, then done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on

from kiosk.touch.asking import Asking
from kiosk.touch.notice import CANCELLED
from kiosk.touch.screens import TicketScreen
from queue_core.errors import UnknownTicket
from queue_core.events import Actor

if TYPE_CHECKING:
    from queue_core import Lobby
    from queue_core.views import TicketView

CANCELLED_SECONDS = 5


class GivingBack(Asking):
    """The way out of a wrong choice, for as long as the screen allows it."""

    @on(TicketScreen.Cancel)
    def _cancel(self) -> None:
        if (
            self.scene.ticket is None
            or not self.scene.may_cancel
            or self.scene.taking
            or self.backend is None
        ):
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
        assert self.link is not None
        link, keeper, by = self.link, self.keeper, Actor(machine=self.backend.settings.machine.id)

        def give_back(lobby: Lobby) -> TicketView:
            return lobby.cancel(label, by=by, request_id=request_id)

        def cancel() -> TicketView:
            """Where the number was given out; a kiosk that is back by now has brought it to the site."""
            if keeper is None or keeper is not link.own:
                return link.ask_site(give_back)
            try:
                return give_back(keeper) if link.cut_off else link.ask_site(give_back)
            except UnknownTicket:
                return give_back(keeper)

        try:
            await asyncio.to_thread(cancel)
        except Exception as error:
            self.refuse(error)
        else:
            self.watch_paper(None)
            self.go("notice", self.after(CANCELLED_SECONDS, self.go_home), notice=CANCELLED, taking=False)
