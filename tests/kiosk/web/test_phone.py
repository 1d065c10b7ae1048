"""The visitor's page: what it tells, what it does, and what it keeps from others."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from httpx import ASGITransport, AsyncClient

from kiosk.i18n import Words
from kiosk.web.pages import STATIC
from kiosk.web.phone import shown
from queue_core import Store
from queue_core.views import WaitRange
from tests.kiosk.web.conftest import HERE, House


def page(house: House, token: str, query: str = "") -> str:
    answer = house.browser.get(f"/T/{token}{query}")
    assert answer.status_code == 200
    return str(answer.text)


@pytest.mark.parametrize("address", ["/T/{0}", "/t/{0}", "/t/{1}", "/T/{1}", "/T/{0}/DK-K2-003"])
def test_the_code_on_the_paper_opens_the_page_in_any_spelling(house: House, address: str) -> None:
    (mine,) = house.arrive()
    answer = house.browser.get(address.format(mine.token, mine.token.lower()))
    assert answer.status_code == 200
    assert "DK 001" in answer.text


def test_it_tells_number_people_ahead_wait_and_where_to_go(house: House) -> None:
    house.lobby.open_counter("1")
    mine = house.arrive(4)[-1]
    text = page(house, mine.token)
    for part in ("DK 004", '<dd class="big">3</dd>', "menit", "Dukcapil", "KTP", "loket 1"):
        assert part in text


def test_without_an_open_counter_no_minutes_are_promised(house: House) -> None:
    text = page(house, house.arrive(3)[-1].token)
    assert "Loket belum dibuka" in text
    assert "menit" not in text


def test_it_speaks_the_visitors_language_first_and_another_by_one_touch(house: House) -> None:
    (mine,) = house.arrive(language="en")
    text = page(house, mine.token)
    assert '<html lang="en">' in text
    assert f'href="{mine.token}?l=id"' in text
    assert '<html lang="id">' in page(house, mine.token, "?l=id")
    assert '<html lang="en">' in page(house, mine.token, "?l=xx")


def test_a_call_is_told_at_once_with_its_counter(house: House) -> None:
    (mine,) = house.arrive()
    house.lobby.call_next("2")
    house.look()
    text = page(house, mine.token)
    assert 'class="card called"' in text
    assert "Silakan ke loket 2" in text
    assert "<title>▶ LOKET 2 · DK 001</title>" in text
    assert 'data-alarm="1"' in text
    house.lobby.recall("2")
    house.look()
    assert 'data-alarm="2"' in page(house, mine.token)


@pytest.mark.parametrize(
    ("verbs", "says"),
    [
        (("start",), "Sedang dilayani di loket 1"),
        (("hold",), "Ditunda sementara"),
        (("no_show",), "Nomor Anda terlewat"),
        (("start", "complete"), "Selesai"),
    ],
)
def test_every_state_has_its_words(house: House, verbs: tuple[str, ...], says: str) -> None:
    (mine,) = house.arrive()
    house.lobby.call_next("1")
    for verb in verbs:
        getattr(house.lobby, verb)("1")
    house.look()
    assert says in page(house, mine.token)


def test_a_journey_shows_its_steps(house: House) -> None:
    mine = house.lobby.start_journey("pindah", request_id=house.ask())
    house.look()
    house.serve()
    text = page(house, mine.token)
    assert re.findall(r"<li.*?</li>", text).__len__() == 3
    assert text.count('aria-current="step"') == 1


# ------------------------------------------------------------------ what a visitor does


def test_a_visitor_cancels_after_being_asked(house: House) -> None:
    first, second = house.arrive(2)
    assert re.search(
        r"<details><summary>Batalkan nomor</summary>.*?/cancel", page(house, first.token), re.DOTALL
    )
    answer = house.post(f"/T/{first.token}/cancel")
    assert (answer.status_code, answer.headers["location"]) == (303, f"../{first.token}?l=id")
    assert "Nomor dibatalkan" in page(house, first.token)
    assert '<dd class="big">0</dd>' in page(house, second.token)


def test_a_visitor_lets_two_go_first_and_a_double_touch_does_it_once(house: House) -> None:
    mine = house.arrive(6)[0]
    since = re.search(r'name="since" value="(\d+)"', page(house, mine.token))
    assert since
    for _ in range(2):
        assert house.post(f"/T/{mine.token}/step-back", {"since": since[1]}).status_code == 303
    assert '<dd class="big">2</dd>' in page(house, mine.token)


def test_a_step_that_cannot_be_is_told_in_words(house: House) -> None:
    (mine,) = house.arrive()
    assert "/step-back" not in page(house, mine.token)
    answer = house.post(f"/T/{mine.token}/step-back", {"since": "1"})
    assert answer.headers["location"].endswith("&said=cannot_step_back")
    assert "tidak dapat mempersilakan" in page(house, mine.token, "?said=cannot_step_back")


def test_what_a_link_makes_the_page_say_is_chosen_by_us(house: House) -> None:
    (mine,) = house.arrive()
    text = page(house, mine.token, "?said=<script>alert(1)</script>")
    assert "alert(1)" not in text


def test_one_touch_tells_how_it_was_and_is_asked_once(house: House) -> None:
    (mine,) = house.arrive()
    house.serve()
    text = page(house, mine.token)
    for words in ("Sangat puas", "Puas", "Kurang puas", "Tidak puas"):
        assert words in text
    answer = house.post(f"/T/{mine.token}/rate", {"score": "4"})
    assert answer.headers["location"].endswith("&said=thanks")
    assert "Sangat puas" not in page(house, mine.token)
    assert [(each.score, each.answers) for each in house.lobby.ratings()] == [(4, 1)]


@pytest.mark.parametrize("score", ["0", "5", "x", "", "44"])
def test_only_the_four_words_can_be_said(house: House, score: str) -> None:
    (mine,) = house.arrive()
    house.serve()
    assert house.post(f"/T/{mine.token}/rate", {"score": score}).status_code == 400
    assert house.lobby.ratings() == ()


# ------------------------------------------------------------------ what it keeps from others


def test_no_request_to_look_changes_anything(house: House) -> None:
    mine = house.arrive(3)[0]
    before = house.lobby.board().seq, house.lobby.visit_status(mine.token)
    for path in ("", "/cancel", "/step-back", "/rate", "/stream-not"):
        for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH"):
            house.browser.request(method, f"/T/{mine.token}{path}")
    assert (house.lobby.board().seq, house.lobby.visit_status(mine.token)) == before


@pytest.mark.parametrize("verb", ["cancel", "step-back", "rate"])
@pytest.mark.parametrize("key", ["DK 001", "DK001", "dk-1", "A" * 26, "A" * 25, "%2e%2e", "1"])
def test_nothing_but_its_token_changes_a_visit(house: House, verb: str, key: str) -> None:
    mine = house.arrive(3)[0]
    before = house.lobby.visit_status(mine.token)
    assert house.post(f"/T/{key}/{verb}", {"score": "4", "since": "1"}).status_code in (404, 429)
    assert house.lobby.visit_status(mine.token) == before


@pytest.mark.parametrize("key", ["DK 001", "dk1", "A" * 26, "A" * 27])
def test_nothing_but_its_token_shows_a_visit(house: House, key: str) -> None:
    house.arrive()
    answer = house.browser.get(f"/T/{key}")
    assert answer.status_code == 404
    assert "DK 001" not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "null"}, 303),  # an older browser, on a page without referrer
        ({}, 303),
    ],
)
def test_a_form_from_elsewhere_is_refused(house: House, headers: dict[str, str], status: int) -> None:
    (mine,) = house.arrive()
    answer = house.browser.post(
        f"/T/{mine.token}/cancel", data={"x": "1"}, headers=headers, follow_redirects=False
    )
    assert answer.status_code == status
    assert (house.lobby.visit_status(mine.token).ticket.status == "waiting") == (status == 403)


def test_a_large_form_is_refused_unread(house: House) -> None:
    (mine,) = house.arrive()
    assert house.post(f"/T/{mine.token}/rate", {"score": "4" * 2000}).status_code == 413


def test_guessing_is_slowed_down_and_the_hall_goes_on(house: House) -> None:
    (mine,) = house.arrive()
    wrong = [
        f"{number:026d}".replace("0", "A").replace("1", "B").replace("8", "C").replace("9", "D")
        for number in range(8)
    ]
    answers = [house.browser.get(f"/T/{token}").status_code for token in wrong]
    assert answers == [404] * 5 + [429] * 3
    assert house.browser.get(f"/T/{mine.token}").status_code == 200  # the same address: a hall shares one
    assert b"kiosk_web_guesses_refused_total 3.0" in house.site.metrics.text()


def test_wrong_links_that_come_at_once_are_counted_too(house: House) -> None:
    wrong = [f"{'A' * 24}{first}{second}" for first in "BCDEF" for second in "BCDEF"]

    async def at_once() -> list[int]:
        transport = ASGITransport(house.app, client=("10.1.2.3", 50001))
        async with AsyncClient(transport=transport, base_url=HERE) as browser:
            answers = await asyncio.gather(*(browser.get(f"/T/{token}") for token in wrong))
        return [answer.status_code for answer in answers]

    portal = house.browser.portal
    assert portal is not None
    assert sorted(portal.call(at_once)) == [404] * 5 + [429] * 20


def test_a_link_is_dead_when_the_day_is_over(house: House) -> None:
    (mine,) = house.arrive()
    house.clock.forward(days=1)
    house.look()
    assert house.browser.get(f"/T/{mine.token}").status_code == 404


def test_old_links_are_erased_by_the_first_look_of_a_day(house: House, store: Store) -> None:
    (mine,) = house.arrive()
    house.clock.forward(days=8)
    house.arrive()
    assert house.lobby.ticket_story("DK 001").token != mine.token
    assert house.lobby.erase_old(keep_days=7, rating_days=7) == 0  # it was done


# ------------------------------------------------------------------ light


def test_a_page_that_shows_the_same_is_not_sent_again(house: House) -> None:
    first, second = house.arrive(2)
    known = house.browser.get(f"/T/{second.token}").headers["etag"]
    again = house.browser.get(f"/T/{second.token}", headers={"If-None-Match": known})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", known)
    house.arrive()  # behind: nothing of this page changes but that others may now be let go first
    known = house.browser.get(f"/T/{second.token}").headers["etag"]
    house.arrive()
    assert house.browser.get(f"/T/{second.token}", headers={"If-None-Match": known}).status_code == 304
    house.post(f"/T/{first.token}/cancel")
    assert house.browser.get(f"/T/{second.token}", headers={"If-None-Match": known}).status_code == 200


def test_all_of_it_is_a_few_kilobytes(house: House) -> None:
    mine = house.arrive(3)[0]
    html = house.browser.get(f"/T/{mine.token}").content
    script, style = (STATIC / "phone.js").stat().st_size, (STATIC / "phone.css").stat().st_size
    assert script < 3_400
    assert len(html) + script + style < 9_700


def test_nothing_is_fetched_from_elsewhere_and_no_cookie_is_set(house: House) -> None:
    (mine,) = house.arrive()
    answer = house.browser.get(f"/T/{mine.token}")
    assert "set-cookie" not in answer.headers
    sources = re.findall(r'(?:src|href|action)="([^"]+)"', answer.text)
    assert sources
    assert not [each for each in sources if "//" in each]
    assert not re.search(r"<script(?! src)|style=|\son\w+=", answer.text)


def test_without_script_it_loads_itself_anew(house: House) -> None:
    (mine,) = house.arrive()
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in page(house, mine.token)


@pytest.mark.parametrize(
    ("wait", "says"),
    [
        (WaitRange(10, 25), ("10–25 menit", "dapat berubah")),
        (WaitRange(10, 25, past_closing=True), ("10–25 menit", "bisa lewat jam tutup")),
        (WaitRange(0, 0), ("Segera", "")),
        (None, ("Loket belum dibuka", "")),
    ],
)
def test_the_wait_is_told_with_what_to_know_about_it(
    house: House, wait: WaitRange | None, says: tuple[str, str]
) -> None:
    visit = house.lobby.visit_status(house.arrive()[0].token)
    page = shown(replace(visit, wait=wait), Words("id"), ZoneInfo("Asia/Makassar"))
    assert (page.ahead, page.wait, page.caution) == ("0", *says)


def test_who_is_on_hold_reads_when_they_are_back_in_line(house: House) -> None:
    token = house.arrive()[0].token
    house.lobby.call_next("1")
    house.lobby.hold("1", until=house.clock.now.replace(hour=4, minute=15))
    house.look()
    assert "Pukul 12.15 Anda kembali menunggu" in house.browser.get(f"/T/{token}").text


def test_a_phone_reads_until_when_the_counter_rests_and_that_the_office_has_left(house: House) -> None:
    token = house.arrive()[0].token
    house.lobby.open_counter("1")
    house.lobby.pause_counter("1", back_at=house.clock.now + timedelta(minutes=30))
    house.look()
    assert "Loket istirahat, kembali pukul" in house.browser.get(f"/T/{token}").text
    house.lobby.agency_leaves("DK", reason="rapat dinas")
    house.look()
    page = house.browser.get(f"/T/{token}").text
    assert "tutup lebih awal hari ini: rapat dinas" in page
    assert "tutup lebih awal hari ini: rapat dinas" in house.browser.get("/board").text


def test_a_visit_is_kept_in_its_newest_words_and_forgotten_on_another_day(house: House) -> None:
    house.lobby.open_counter("1")
    tokens = [each.token for each in house.arrive(6)]
    for _ in range(4):
        house.serve()
        assert all(page(house, token) for token in tokens[4:])
    assert len(house.site.visits) == 4, "two visits, each in words and as a page, however often they changed"
    house.clock.forward(days=1)
    (today,) = house.arrive()
    assert page(house, today.token)
    assert len(house.site.visits) == 2
