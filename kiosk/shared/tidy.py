"""Erasing what is old, once a day, by the programs that run all day: the kiosk and the board, and the pages in their own way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend


class Tidy:
    """A beat that also erases, at the first beat of each day: links of slips, slips, claims of calls, sums of ratings."""

    def __init__(self, backend: Backend, beat: Callable[[], object]) -> None:
        """`beat` is what is done each time anyway."""
        self._backend = backend
        self._beat = beat
        self._day: date | None = None

    def __call__(self) -> None:
        """Beat; raises what the store raises, and then tries again at the next beat. A cut-off kiosk waits for the site."""
        self._beat()
        today, link = self._backend.clock().date(), self._backend.link
        if today == self._day or (link is not None and link.cut_off):
            return
        web = self._backend.settings.web
        own = (link.own,) if link is not None and link.own is not None and link.ready else ()
        for lobby in (*own, self._backend.lobby):
            lobby.erase_old(keep_days=web.keep_days, rating_days=web.rating_days)
        self._day = today
