"""WayScreen: what is left of a visit's way, in one list: leave a step out, add one, make a journey of a plain number."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import work

from kiosk.counter.commands import Do
from kiosk.counter.screens.signing import SigningScreen
from kiosk.shared.dialogs.choose import Option
from kiosk.shared.onward import counters_words
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import CounterView, Offer, TicketView


class WayScreen(SigningScreen):
    """Asks what shall change; the answer is one command."""

    @work(group="dialog")
    async def ask_way(self, view: CounterView) -> None:
        """Offer what the rules would not refuse."""
        current = view.counter.current
        if current is None:
            self._idle("journey")
            return
        try:
            offer = await asyncio.to_thread(self.desk.offer)
        except QueueError as error:
            self.say("bad", self.staff_app.explain(error))
            return
        title = self.words("counter.choose_journey", label=current.label)
        choice = await self._chosen(title, way_options(view, current, offer, self.words))
        if choice is not None:
            do, _, about = choice.partition(":")
            self.carry_out(Do(do), f"{current.label}\n{about}")


def way_options(view: CounterView, current: TicketView, offer: Offer, words: Words) -> Iterator[Option]:
    """Yield the steps that can be left out, the journeys that a plain number can become, the services to add."""
    ahead = [leg for leg in view.way if leg.status is None and not leg.gone]
    for leg in ahead:
        name = words("counter.way_skip", service=words.pick(leg.service_names))
        yield Option(f"{Do.SKIP_LEG}:{leg.service}", name, counters_words(leg.counters, words))
    for journey in () if current.journey else offer.journeys:
        note = words("counter.way_steps", count=len(journey.services))
        name = words("counter.way_make", journey=words.pick(journey.names))
        yield Option(f"{Do.MAKE_JOURNEY}:{journey.id}", name, note)
    has = {current.service, *(leg.service for leg in ahead)}
    for agency in offer.agencies:
        for service in agency.services:
            if service.id not in has:
                name = words("counter.way_add", agency=agency.short, service=words.pick(service.names))
                yield Option(
                    f"{Do.ADD_LEG}:{service.id}", name, words("counter.way_waiting", count=service.waiting)
                )
