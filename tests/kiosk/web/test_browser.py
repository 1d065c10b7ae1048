"""A real browser on the pages: what is pushed arrives, nothing is blocked or fails, and it works without scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.board.sight import COMFORTABLE, LEAST
from queue_core import Lobby
from tests.kiosk.web.test_streams import Served, served
from tests.support import chromium
from tests.support.house import Requests

__all__ = ["served"]

pytestmark = pytest.mark.story

VIBRATE = "Blocked call to navigator.vibrate"
"""A browser does not shake a phone that nobody has touched yet; it says so, and the page goes on."""

SIZES = {
    "#now b": COMFORTABLE,
    "#now .to i": COMFORTABLE,
    "#now .at": LEAST,
    "#rows b": LEAST,
    "#rows .to i": LEAST,
}


@pytest.fixture
def page() -> Iterator[chromium.Page]:
    if chromium.find() is None:
        absent = "Chromium is not installed"
        if os.environ.get("CI"):
            pytest.fail(absent)
        pytest.skip(absent)
    with chromium.page() as page:
        page.size(360, 640, phone=True)
        yield page


def address(served: Served, path: str) -> str:
    return f"http://127.0.0.1:{served.port}{path}"


def millimetres(page: chromium.Page, part: str) -> float:
    """How high a digit of this part is on a 43 inch screen, which is 952 mm wide."""
    height = page.value(
        f"(function(){{var c=document.createElement('canvas').getContext('2d'),s=getComputedStyle(document.querySelector('{part}'));"
        "c.font=s.fontWeight+' '+s.fontSize+' '+s.fontFamily;var m=c.measureText('0');"
        "return m.actualBoundingBoxAscent+m.actualBoundingBoxDescent})()"
    )
    return float(height) * 952 / 1920


def complaints(page: chromium.Page) -> list[str]:
    return [each for each in page.errors if VIBRATE not in each]


def test_a_phone_is_called_rates_and_is_thanked(
    served: Served, lobby: Lobby, ask: Requests, page: chromium.Page, tmp_path: Path
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    mine = lobby.issue("DK.ktp", request_id=ask())
    page.open(address(served, f"/T/{mine.token}"))
    page.until("document.querySelector('.big').textContent === '1'")
    page.touch("#wake")
    page.until("document.getElementById('wake').disabled")
    lobby.call_next("1")
    page.until("document.querySelector('.big').textContent === '0'")
    lobby.call_next("2")
    page.until("document.title === '▶ LOKET 2 · DK 002'")
    assert "Silakan ke loket 2" in page.text()
    assert page.value("document.getElementById('wake').hidden")
    assert page.value("document.getElementById('say').getAttribute('aria-live')") == "assertive"
    assert page.value("document.documentElement.scrollWidth <= 360")
    lobby.start("2")
    lobby.complete("2")
    page.until("!!document.querySelector('button[value=\"4\"]')")
    page.click('button[value="4"]')
    page.until("document.body.innerText.indexOf('Terima kasih atas penilaian Anda') >= 0")
    assert [(each.score, each.answers) for each in lobby.ratings()] == [(4, 1)]
    assert page.errors == []  # the phone was touched, so that it may buzz


def test_a_page_that_loads_itself_anew_rings_once_for_each_call(
    served: Served, lobby: Lobby, ask: Requests, page: chromium.Page
) -> None:
    mine = lobby.issue("DK.ktp", request_id=ask())
    loud = "document.getElementById('say').getAttribute('aria-live') === 'assertive'"
    called = "document.title === '▶ LOKET 1 · DK 001'"
    page.open(address(served, f"/T/{mine.token}"))
    lobby.call_next("1")
    page.until(f"{called} && {loud}")
    page.open(address(served, f"/T/{mine.token}?l=id"))
    page.until(f"{called} && document.readyState === 'complete'")
    assert not page.value(loud)
    lobby.recall("1")
    page.until(loud)


def test_a_question_that_was_opened_stays_open_while_the_line_moves(
    served: Served, lobby: Lobby, ask: Requests, page: chromium.Page
) -> None:
    visits = [lobby.issue("DK.ktp", request_id=ask()) for _ in range(4)]
    page.open(address(served, f"/T/{visits[1].token}"))
    page.until("document.querySelector('.big').textContent === '1'")
    page.until("document.querySelectorAll('details').length === 2")  # all four are known to the pages
    page.click("summary")
    lobby.call_next("1")
    page.until("document.querySelector('.big').textContent === '0'")
    assert page.value("document.querySelectorAll('details[open]').length") == 1


def test_a_page_that_is_left_lets_go_of_its_place_so_that_the_next_one_is_answered(
    served: Served, lobby: Lobby, ask: Requests, page: chromium.Page
) -> None:
    """A browser has six connections to one server: pages that were left and kept theirs would starve the seventh."""
    mine = lobby.issue("DK.ktp", request_id=ask())
    for visit in range(8):
        page.open(address(served, f"/T/{mine.token}?l={('id', 'en')[visit % 2]}"))
        page.until("document.querySelector('h1').textContent === 'DK 001'")
    assert complaints(page) == []


def test_it_works_without_scripts(served: Served, lobby: Lobby, ask: Requests, page: chromium.Page) -> None:
    visits = [lobby.issue("DK.ktp", request_id=ask()) for _ in range(4)]
    page.scripts(on=False)
    page.open(address(served, f"/T/{visits[0].token}"))
    assert "DK 001" in page.text()
    page.value("document.querySelector('form[action*=\"cancel\"]').requestSubmit()")
    page.until(
        "document.readyState === 'complete' && document.body.innerText.indexOf('Nomor dibatalkan') >= 0"
    )
    assert lobby.visit_status(visits[0].token).over


def test_a_board_shows_each_of_two_calls_that_come_at_once(
    served: Served, lobby: Lobby, ask: Requests, page: chromium.Page
) -> None:
    page.size(1920, 1080)
    for _ in range(3):
        lobby.issue("DK.ktp", request_id=ask())
    page.open(address(served, "/board"))
    page.until("document.getElementById('waiting').textContent.indexOf('3') >= 0")
    page.until("!document.getElementById('idle').hidden && document.getElementById('calls').hidden")
    page.until("document.getElementById('waits').innerText.indexOf('Dukcapil') >= 0")
    for part in ("#waits th", "#waits td"):
        assert millimetres(page, part) >= LEAST, part
    lobby.call_next("1")
    lobby.call_next("2")
    for label in ("DK 001", "DK 002"):
        page.until(f"(document.querySelector('#now b') || {{}}).textContent === '{label}'")
    page.until("document.querySelector('#rows').textContent.indexOf('DK 001') >= 0")
    for part, least in SIZES.items():
        assert millimetres(page, part) >= least, part
    assert page.value(
        "document.querySelector('#now').scrollWidth <= document.querySelector('#now').clientWidth"
    )
    lobby.undo("2")  # a mistake: the number goes from the board, and no older one rings in its place
    page.until("document.querySelector('#now b').textContent === 'DK 001'")
    assert "ring" not in page.value("document.getElementById('now').className")
    assert complaints(page) == []
