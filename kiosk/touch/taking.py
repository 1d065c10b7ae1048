"""Taking a number. Writes run in threads that nothing cancels: what was asked for happens once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on

from kiosk.touch.notice import Notice, notice_of, retry_after
from kiosk.touch.pace import Pace
from kiosk.touch.receipt import Receipt
from kiosk.touch.scene import Paper
from kiosk.touch.screens import NoticeScreen, ServicePage
from queue_core.errors import QueueError
from queue_core.events import Actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from queue_core import Lobby
    from queue_core.views import IssuedTicket

_log = logging.getLogger(__name__)

PATIENCE_SECONDS = 12
"""How long an answer may take before the visitor is told that it takes long."""


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """One choice of one visitor. Its request_id makes a double tap, and a try after a lost answer, the same ticket."""

    service: str  # empty for a journey
    priority: bool
    language: str
    request_id: str
    journey: str = ""
    skip: tuple[str, ...] = ()


class Taking(Receipt):
    """From "take a number" to the ticket, or to a notice."""

    pace = Pace(6)
    wish: Wish | None = None
    tries = 0
    again: Callable[[], None] | None = None

    @on(ServicePage.Take)
    def _take(self, event: ServicePage.Take) -> None:
        scene = self.scene
        if self.backend is None or scene.taking or not (scene.service_id or scene.journey_id):
            return
        wish = Wish(
            scene.service_id,
            event.priority,
            scene.comfort.language,
            self.backend.new_request_id(),
            scene.journey_id,
            tuple(sorted(scene.left_out)) if scene.journey_id else (),
        )
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
        assert self.link is not None
        issue = partial(_issue, self.backend.settings.machine.id, wish)
        try:
            issued, keeper = await asyncio.to_thread(self.link.ask, issue)
        except Exception as error:
            self.refuse(error, wish)
        else:
            self._give(issued, wish, keeper)

    def _give(self, issued: IssuedTicket, wish: Wish, keeper: Lobby) -> None:
        if self.wish is not wish:
            return  # answered before, by an earlier try
        self.wish, self.keeper = None, keeper
        alone = self.link is not None and keeper is self.link.own
        self.pace.given(self.seconds())
        self.taken_at = self.seconds()
        self.asked_for_paper()
        self.watch_paper(issued.job)
        paper = Paper.PRINTING if issued.job else Paper.NONE
        stay = self.after(self.ticket_seconds, self.go_home)
        now: dict[str, Any] = {"taking": False, "may_cancel": True, "sure": False, "alone": alone}
        self.go("ticket", stay, ticket=issued, paper=paper, cut_off=self.scene.cut_off or alone, **now)

    def refuse(self, error: Exception, wish: Wish | None = None) -> None:
        """Tell the visitor what to do; an answer to a wish that was given up is not told."""
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


def _issue(machine: str, wish: Wish, lobby: Lobby) -> IssuedTicket:
    asked: dict[str, Any] = {
        "request_id": wish.request_id,
        "language": wish.language,
        "priority": wish.priority,
        "printer": machine,
        "by": Actor(machine=machine),
    }
    if wish.journey:
        return lobby.start_journey(wish.journey, skip=wish.skip, **asked)
    return lobby.issue(wish.service, **asked)


def _say_in_log(error: Exception) -> None:
    if isinstance(error, QueueError):
        _log.info("A visitor was refused: %s", error)
    else:
        _log.error("A visitor could not be served", exc_info=error)
