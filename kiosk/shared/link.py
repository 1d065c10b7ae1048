"""Link: the site's store as long as it answers, this kiosk's own store when it does not, and back again by itself.

Nobody at the screen waits for a dead network: what is asked of the site is given up after two seconds, and until the two
stores have met again everything is asked of the kiosk's own.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from queue_core.errors import QueueError, StoreBusy, StoreError, StoreUnreachable

if TYPE_CHECKING:
    from datetime import datetime

    from queue_core import Feed, Lobby

_log = logging.getLogger(__name__)

WAIT_SECONDS = 2.0
"""So long the site may take to answer a visitor's screen."""
START_SECONDS = 4.0
"""The same when the program begins: all is done for the first time then, and a slow machine takes longer for it."""
CONTACT_SECONDS = 30.0
"""Between two contacts of the stores while the site answers."""
PAUSES = (2.0, 4.0, 8.0, 15.0)
"""Seconds between attempts to reach the site again; the last one repeats."""

T = TypeVar("T")


@dataclass(frozen=True)
class Local:
    """A kiosk's own store. `contact` lets it meet the site's and raises StoreError when that does not answer."""

    lobby: Lobby
    contact: Callable[[], object]
    clock: Callable[[], datetime]


class Link:
    """Asks the store that can be asked now. Safe to use from several threads."""

    def __init__(self, site: Lobby, local: Local | None = None, *, wait: float = WAIT_SECONDS) -> None:
        """Prepare; `start` begins to make contact. Without a `local` store all is asked of the site, as long as it takes."""
        self.site = site
        self._local = local
        self._wait = wait
        self._cut = threading.Event()
        self._stopped = threading.Event()
        self._hurry = threading.Event()
        self._knows_site = False
        self.since: datetime | None = None
        """When the site was last heard; None while it answers."""
        self._heard_at: datetime | None = None

    @property
    def cut_off(self) -> bool:
        """Whether this kiosk goes on by itself."""
        return self._cut.is_set()

    @property
    def own(self) -> Lobby | None:
        """The kiosk's own store, where it has one."""
        return self._local.lobby if self._local else None

    def ask(self, question: Callable[[Lobby], T]) -> tuple[T, Lobby]:
        """Return the answer, and who gave it. A command must carry its request_id: it may be asked of both.

        Raises what the store raises that answers.
        """
        if self._local is None:
            return question(self.site), self.site
        if not self.cut_off:
            try:
                return self.ask_site(question), self.site
            except StoreError as error:
                self.lost(error)
        return question(self._local.lobby), self._local.lobby

    def ask_site(self, question: Callable[[Lobby], T]) -> T:
        """Return the site's answer. Raises StoreUnreachable while the kiosk is cut off, and when it takes too long."""
        if self._local is None:
            return question(self.site)
        if self.cut_off:
            raise StoreUnreachable(detail="cut off")
        answer = _within(self._wait, lambda: question(self.site))
        self._heard_at = self._local.clock()
        return answer

    # ------------------------------------------------------------------ contact
    def begin(self, prepare: Callable[[], object]) -> None:
        """Look whether the site can be worked with; where this kiosk can go on without it, only for a few seconds.

        Raises what `prepare` raises, unless the site is out of reach and the kiosk knows it from an earlier contact.
        """
        try:
            if self.ready:
                _within(START_SECONDS, prepare)
            else:
                prepare()
        except (StoreBusy, StoreUnreachable) as error:
            self.lost(error)

    def start(self) -> None:
        """Let the stores meet, now and again and again."""
        if self._local is not None:
            threading.Thread(target=self._meet, name="link", daemon=True).start()

    def stop(self) -> None:
        """Make no more contact; one that is under way is not waited for, since nothing is lost by a cut."""
        self._stopped.set()
        self._hurry.set()

    def _meet(self) -> None:
        tries = 0
        while not self._stopped.is_set():
            self._hurry.clear()
            tries = 0 if self._met() else tries + 1
            pause = PAUSES[min(tries, len(PAUSES)) - 1] if tries else CONTACT_SECONDS
            if tries:
                self._stopped.wait(pause)
            else:
                self._hurry.wait(pause)

    def _met(self) -> bool:
        assert self._local is not None
        try:
            self._local.contact()
            _within(self._wait, self.site.site)  # one that answers too slowly for visitors is still away
        except StoreError as error:
            with suppress(StoreError):  # a kiosk that has never met the site has nothing to go on with
                self.lost(error)
            return False
        except QueueError:
            _log.exception("this kiosk's own store and the site's do not agree")
            return False
        self._knows_site = True
        if self.cut_off:
            _log.info("the site's store answers again; what was given out meanwhile was sent")
            self.since = None
            self._cut.clear()
        return True

    def lost(self, error: StoreError) -> None:
        """Go on alone: the site did not answer. Raises that error again where there is no store to go on with."""
        if self.cut_off:
            return
        if not self.ready:
            raise error
        assert self._local is not None
        self.since = self._heard_at or self._local.lobby.sync_status().last_contact
        _log.warning("cut off from the site's store, going on alone: %s", error)
        self._cut.set()
        self._hurry.set()

    @property
    def ready(self) -> bool:
        """Whether the kiosk's own store has met the site's before, so that it knows what to offer."""
        if not self._knows_site and self._local is not None:
            try:
                self._local.lobby.site()
            except QueueError:
                return False
            self._knows_site = bool(self._local.lobby.sync_status().origin)
        return self._knows_site


class LinkFeed:
    """Fits `queue_core.feed.Feed`: hears the store that is asked now, and the change from one to the other."""

    def __init__(self, link: Link, site: Callable[[], Feed], own: Feed) -> None:
        """Begin to hear; what hears the site is opened when that answers, since it waits until it is heard there."""
        self._link, self._open, self._own = link, site, own
        self._was_cut_off = link.cut_off
        self._site = None if self._was_cut_off else site()

    def wait(self, timeout: float) -> bool:
        """See Feed."""
        if self._link.cut_off != self._was_cut_off:
            self._was_cut_off = not self._was_cut_off
            return True
        if self._was_cut_off:
            return self._own.wait(timeout)
        if self._site is None:
            self._site = self._open()
        return self._site.wait(timeout)

    def close(self) -> None:
        """See Feed."""
        if self._site is not None:
            self._site.close()
        self._own.close()


@dataclass
class _Box(Generic[T]):
    answer: T | None = None
    error: BaseException | None = None


def _within(seconds: float, call: Callable[[], T]) -> T:
    """Call in a thread that is left behind when it takes too long. Raises StoreUnreachable then."""
    box: _Box[Any] = _Box()
    done = threading.Event()

    def run() -> None:
        try:
            box.answer = call()
        except BaseException as error:  # handed to whoever waits
            box.error = error
        finally:
            done.set()

    threading.Thread(target=run, name="ask-site", daemon=True).start()
    if not done.wait(seconds):
        raise StoreUnreachable(detail=f"no answer within {seconds:g} seconds")
    if box.error is not None:
        raise box.error
    answer: T = box.answer  # type: ignore[assignment]
    return answer
