"""Open pages, over a real server and a real wake-up: each is told what it shows, and nothing else."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from kiosk.settings import WebSettings
from kiosk.shared.backend import Backend
from kiosk.web import streams
from kiosk.web.serving import Server, build_server
from queue_core import Lobby
from queue_core.errors import StoreUnreachable
from tests.support.house import Clock, Requests

PATIENCE = 15.0


@dataclass
class Served:
    server: Server
    thread: threading.Thread
    port: int

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(PATIENCE)


@pytest.fixture
def served(backend: Backend, secrets: Callable[[], str]) -> Iterator[Served]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = build_server(backend, secrets)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield (running := Served(server, thread, listener.getsockname()[1]))
    running.stop()
    listener.close()


@dataclass
class Phone:
    """An open page: what it was told, in order."""

    answer: http.client.HTTPResponse
    told: list[dict[str, Any]] = field(default_factory=list)

    def line(self) -> str:
        return self.answer.readline().decode().rstrip("\n")

    def next(self) -> dict[str, Any]:
        """Wait for the next message."""
        while True:
            line = self.line()
            if line.startswith("data: "):
                self.told.append(json.loads(line.removeprefix("data: ")))
                return self.told[-1]

    def until(self, says: str) -> None:
        while says not in json.dumps(self.next(), ensure_ascii=False):
            pass


@contextmanager
def opened(served: Served, path: str, **headers: str) -> Iterator[Phone]:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    try:
        yield Phone(connection.getresponse())
    finally:
        connection.close()


def test_an_open_page_is_told_each_change_of_its_visit(served: Served, lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    mine = lobby.issue("DK.ktp", request_id=ask())
    with opened(served, f"/T/{mine.token}/stream") as phone:
        assert phone.answer.headers["content-type"].startswith("text/event-stream")
        assert phone.answer.headers["cache-control"] == "no-store"
        assert '<dd class="big">1</dd>' in phone.next()["state"]
        lobby.call_next("1")
        assert '<dd class="big">0</dd>' in phone.next()["state"]
        lobby.call_next("2")
        called = phone.next()
        assert called["title"] == "▶ LOKET 2 · DK 002"
        assert called["alarm"] == 1
        lobby.recall("2")
        phone.until('"alarm": 2')
        lobby.start("2")
        phone.until("Sedang dilayani")
        lobby.complete("2")
        phone.until("Sangat puas")


def test_an_open_page_is_told_since_when_the_store_is_away_and_that_it_is_back(
    served: Served, lobby: Lobby, ask: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = lobby.issue("DK.ktp", request_id=ask())

    def away(*_: object) -> None:
        raise StoreUnreachable(detail="pulled")

    monkeypatch.setattr("kiosk.web.hub.EVERY", 0.2)
    with opened(served, f"/T/{mine.token}/stream") as phone:
        known = phone.next()
        with monkeypatch.context() as pulled:
            pulled.setattr(Lobby, "visits_under_way", away)
            assert phone.next() == {**known, "lost": "09.00"}
        assert phone.next() == known


def test_an_open_page_is_not_told_what_it_does_not_show(served: Served, lobby: Lobby, ask: Requests) -> None:
    lobby.open_counter("1")
    mine = lobby.issue("DK.ktp", request_id=ask())
    with opened(served, f"/T/{mine.token}/stream") as phone:
        first = phone.next()
        for _ in range(3):
            lobby.issue("BN.sim", request_id=ask())  # another line, other counters
        lobby.call_next("3")
        lobby.call_next("1")
        assert "Silakan ke loket 1" in phone.next()["state"]
        assert first != phone.told[-1]
        assert len(phone.told) == 2


def test_a_quiet_page_hears_a_named_beat_that_its_script_can_see(
    served: Served, lobby: Lobby, ask: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT", 0.01)
    mine = lobby.issue("DK.ktp", request_id=ask())
    with opened(served, f"/T/{mine.token}/stream") as phone:
        while phone.line() != "event: beat":
            pass
        assert phone.line() == "data:"


def test_many_pages_of_one_line_are_all_told(served: Served, lobby: Lobby, ask: Requests) -> None:
    visits = [lobby.issue("DK.ktp", request_id=ask()) for _ in range(30)]
    with ExitStack() as stack:
        phones = [stack.enter_context(opened(served, f"/T/{each.token}/stream")) for each in visits]
        for _ in range(3):
            lobby.call_next("1")
            lobby.start("1")
        for ahead, phone in enumerate(phones[3:]):
            phone.until(f'<dd class=\\"big\\">{ahead}</dd>')
        phones[0].until("Selesai")


def test_a_page_of_yesterday_is_told_to_load_itself_anew(
    served: Served, lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    mine = lobby.issue("DK.ktp", request_id=ask())
    with opened(served, f"/T/{mine.token}/stream") as phone:
        phone.next()
        clock.forward(days=1)
        lobby.issue("DK.ktp", request_id=ask())
        while (line := phone.line()) != "event: gone":
            assert not line.startswith("data: {") or "DK 001" in line


def test_a_board_is_told_of_calls_as_they_happen_and_of_its_zone_only(
    served: Served, lobby: Lobby, ask: Requests
) -> None:
    for service in ("DK.ktp", "BN.sim"):
        lobby.issue(service, request_id=ask())
    with opened(served, "/board/stream?zone=bn") as board:
        assert board.next()["calls"] == []
        while board.told[-1]["waits"] != [{"name": "Polri", "waiting": 1, "minutes": "loket belum buka"}]:
            board.next()
        lobby.call_next("1")
        lobby.call_next("3")
        board.until("BN 001")
        (call,) = board.told[-1]["calls"]
        assert (call["label"], call["counter"], call["agency"]) == ("BN 001", "3", "Polri")


def test_a_board_is_told_at_once_what_the_supervisor_says(served: Served, lobby: Lobby) -> None:
    with opened(served, "/board/stream") as board:
        first = board.next()
        assert (first["texts"], first["notice"]) == ([], False)
        lobby.set_notice({"id": "Listrik padam", "en": "No power"})
        board.until("Listrik padam")
        assert (board.told[-1]["texts"], board.told[-1]["notice"]) == (["Listrik padam", "No power"], True)
        lobby.clear_notice()
        board.until('"texts": []')


@pytest.mark.parametrize("key", ["A" * 26, "DK 001".replace(" ", "%20")])
def test_nobody_listens_to_a_visit_without_its_token(
    served: Served, lobby: Lobby, ask: Requests, key: str
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    with opened(served, f"/T/{key}/stream") as phone:
        assert phone.answer.status == 404


def test_the_overview_is_not_told_to_who_has_not_signed_in(served: Served) -> None:
    with opened(served, "/supervisor/stream", Cookie="kiosk_supervisor=guessed") as page:
        assert page.answer.status == 403


def test_a_server_that_stops_ends_the_open_pages_at_once(served: Served, lobby: Lobby, ask: Requests) -> None:
    mine = lobby.issue("DK.ktp", request_id=ask())
    with opened(served, f"/T/{mine.token}/stream") as phone:
        phone.next()
        served.stop()
        assert not served.thread.is_alive()
        assert phone.answer.read() in (b"", b"\n")


class TestFewPages:
    @pytest.fixture
    def web(self) -> WebSettings:
        return WebSettings(open_pages=2)

    def test_pages_beyond_the_limit_are_told_to_load_themselves_anew(
        self, served: Served, lobby: Lobby, ask: Requests
    ) -> None:
        path = f"/T/{lobby.issue('DK.ktp', request_id=ask()).token}/stream"
        with opened(served, path) as first, opened(served, path) as second:
            first.next()
            second.next()
            with opened(served, path) as third:
                assert third.answer.status == 503
                assert third.answer.headers["retry-after"] == "20"
                assert b"places" in third.answer.read()


class TestFewPagesFromOneAddress:
    @pytest.fixture
    def web(self) -> WebSettings:
        return WebSettings(open_pages=10, open_pages_an_address=1)

    def test_one_address_cannot_take_all_places_and_gives_back_what_it_had(
        self, served: Served, lobby: Lobby, ask: Requests
    ) -> None:
        path = f"/T/{lobby.issue('DK.ktp', request_id=ask()).token}/stream"
        elsewhere = {"X-Forwarded-For": "10.9.9.9"}
        with opened(served, path) as first:
            first.next()
            with opened(served, path) as second, opened(served, path, **elsewhere) as other:
                assert second.answer.status == 429
                assert b"from this address" in second.answer.read()
                assert other.answer.status == 200
        lobby.call_next("1")  # the page that was closed is found gone when it is told something
        for _ in range(100):
            with opened(served, path) as again:
                if again.answer.status == 200:
                    return
        pytest.fail("the place was not given back")
