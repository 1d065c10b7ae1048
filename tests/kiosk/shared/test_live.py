"""The live reader keeps a screen's view fresh and never the wrong way round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from queue import Empty, Queue
from threading import Event

import pytest
from textual.message import Message

from kiosk.shared.live import Live
from kiosk.shared.messages import StoreChanged, StoreLost
from queue_core.errors import StoreBusy, StoreDamaged, StoreUnreachable

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LONG = 10.0


class Bell:
    """A Feed that rings when a test says so."""

    def __init__(self) -> None:
        self.rung = Event()
        self.deaf = False

    def wait(self, timeout: float) -> bool:
        if self.deaf:
            raise StoreUnreachable(detail="gone")
        heard = self.rung.wait(timeout)
        self.rung.clear()
        return heard

    def close(self) -> None:
        self.rung.set()


class Watched:
    """A Live, what it reads and what it posted."""

    def __init__(self, read: Callable[[], int], *, every: float = 60.0) -> None:
        self.bell = Bell()
        self.posted: Queue[Message] = Queue()
        self.live = Live(self.bell, read, self.posted.put, lambda: NOON, every=every)

    def next(self) -> Message:
        return self.posted.get(timeout=LONG)


def test_the_first_answer_comes_without_any_change() -> None:
    watched = Watched(lambda: 7)
    watched.live.start()
    message = watched.next()
    watched.live.stop()
    assert isinstance(message, StoreChanged)
    assert message.view == 7


def test_a_change_is_read_again() -> None:
    values = iter((1, 2, 3))
    watched = Watched(lambda: next(values))
    watched.live.start()
    first = watched.next()
    watched.bell.rung.set()
    second = watched.next()
    watched.live.stop()
    assert [getattr(first, "view", None), getattr(second, "view", None)] == [1, 2]


def test_the_store_is_read_every_so_often_although_nothing_was_heard() -> None:
    values = iter(range(100))
    watched = Watched(lambda: next(values), every=0.5)
    watched.live.start()
    views = [getattr(watched.next(), "view", None) for _ in range(2)]
    watched.live.stop()
    assert views == [0, 1]


def test_a_store_that_is_gone_is_told_with_the_age_of_what_is_shown_and_comes_back_by_itself() -> None:
    answers: list[int | StoreBusy] = [1, StoreBusy(seconds=5), 3]

    def read() -> int:
        answer = answers.pop(0)
        if isinstance(answer, StoreBusy):
            raise answer
        return answer

    watched = Watched(read)
    watched.live.start()
    watched.next()
    watched.bell.rung.set()
    lost = watched.next()
    watched.bell.rung.set()
    back = watched.next()
    watched.live.stop()
    assert isinstance(lost, StoreLost)
    assert (lost.error.code, lost.since) == ("store_busy", NOON)
    assert isinstance(back, StoreChanged)


def test_what_cannot_be_read_for_any_other_reason_is_told_too_and_looked_at_again() -> None:
    looks = iter((KeyError("a row with a wrong bit"), 5))

    def read() -> int:
        found = next(looks)
        if isinstance(found, Exception):
            raise found
        return found

    watched = Watched(read, every=0.5)
    watched.live.start()
    lost, back = watched.next(), watched.next()
    watched.live.stop()
    assert isinstance(lost, StoreLost)
    assert isinstance(lost.error, StoreDamaged)
    assert getattr(back, "view", None) == 5


def test_a_deaf_feed_still_leaves_a_screen_that_is_read_again() -> None:
    values = iter(range(100))
    watched = Watched(lambda: next(values))
    watched.bell.deaf = True
    watched.live.start()
    views = [getattr(watched.next(), "view", None) for _ in range(2)]
    watched.live.stop()
    assert views == [0, 1]


def test_an_answer_that_took_long_never_arrives_after_a_newer_one() -> None:
    values = iter((1, 2))
    reading, go_on = Event(), Event()

    def read() -> int:
        value = next(values)
        if value == 1:
            reading.set()
            assert go_on.wait(LONG)
        return value

    watched = Watched(read)
    watched.live.start()
    assert reading.wait(LONG)
    go_on.set()
    watched.live.look()
    views = [getattr(watched.next(), "view", None) for _ in range(2)]
    watched.live.stop()
    assert views == [1, 2]


def test_after_stop_nothing_is_posted_and_the_thread_is_gone() -> None:
    watched = Watched(lambda: 1)
    watched.live.start()
    watched.next()
    watched.live.stop()
    watched.bell.rung.set()
    watched.live.look()
    assert not watched.live._thread.is_alive()
    with pytest.raises(Empty):
        watched.posted.get_nowait()


def test_a_burst_of_news_costs_one_repaint() -> None:
    older, newer = StoreChanged(1), StoreChanged(2)
    lost = StoreLost(StoreBusy(seconds=1), NOON)
    assert older.can_replace(newer)
    assert older.can_replace(lost)
    assert lost.can_replace(newer)


def test_a_program_says_that_it_runs_once_and_goes_on_when_the_store_does_not_listen() -> None:
    said: Queue[str] = Queue()

    def beat() -> None:
        said.put("I run")
        raise StoreBusy(seconds=5)

    bell, posted = Bell(), Queue[Message]()
    live = Live(bell, lambda: 7, posted.put, lambda: NOON, every=60.0, beat=beat)
    live.start()
    posted.get(timeout=LONG)
    assert said.get(timeout=LONG) == "I run"
    bell.rung.set()
    posted.get(timeout=LONG)
    live.stop()
    with pytest.raises(Empty):
        said.get_nowait()
