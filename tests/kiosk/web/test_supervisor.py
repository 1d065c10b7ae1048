"""The overview as a page: behind a sign-in, the worst first."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from kiosk.web.sessions import Sessions
from queue_core import Actor, Lobby
from queue_core.views import StaffView
from tests.kiosk.web.conftest import House

ANI = StaffView("ani", "Ani", "supervisor", True)


@pytest.fixture
def staff(lobby: Lobby) -> Lobby:
    lobby.add_staff("ani", "Ani", "1836", "supervisor")
    lobby.add_staff("budi", "Budi", "1836", "counter")
    return lobby


def sign_in(house: House, name: str = "ani", pin: str = "1836") -> int:
    status: int = house.post("/supervisor/sign-in", {"name": name, "pin": pin}).status_code
    return status


def test_without_a_sign_in_nothing_is_shown(house: House, staff: Lobby) -> None:
    house.arrive(3)
    answer = house.browser.get("/supervisor")
    assert 'name="pin"' in answer.text
    assert "KTP" not in answer.text


def test_who_signs_in_sees_the_site_and_is_forgotten_on_leaving(house: House, staff: Lobby) -> None:
    house.arrive(3)
    assert sign_in(house) == 303
    text = house.browser.get("/supervisor").text
    assert "KTP" in text
    assert "Ani" in text
    assert house.post("/supervisor/sign-out").status_code == 303
    assert 'name="pin"' in house.browser.get("/supervisor").text


def test_the_cookie_is_for_this_site_alone_and_out_of_reach_of_scripts(house: House, staff: Lobby) -> None:
    cookie = house.post("/supervisor/sign-in", {"name": "ani", "pin": "1836"}).headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/"):
        assert part in cookie
    assert "Secure" not in cookie  # over http it would never be sent
    https = house.browser.post(
        "https://testserver/supervisor/sign-in",
        data={"name": "ani", "pin": "1836"},
        headers={"Sec-Fetch-Site": "same-origin"},
        follow_redirects=False,
    )
    assert "Secure" in https.headers["set-cookie"]


@pytest.mark.parametrize(
    ("name", "pin"), [("ani", "9999"), ("nobody", "1836"), ("budi", "1836"), ("", ""), ("ani", "1" * 50)]
)
def test_a_wrong_name_or_pin_or_role_is_refused_in_words(
    house: House, staff: Lobby, name: str, pin: str
) -> None:
    answer = house.post("/supervisor/sign-in", {"name": name, "pin": pin})
    assert answer.status_code == 403
    assert 'role="alert"' in answer.text
    assert "set-cookie" not in answer.headers


def test_five_wrong_pins_close_a_name(house: House, staff: Lobby) -> None:
    for _ in range(5):
        sign_in(house, pin="0000")
    assert sign_in(house) == 403


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "https://evil.example"}])
def test_a_sign_in_comes_from_our_own_page(house: House, staff: Lobby, headers: dict[str, str]) -> None:
    answer = house.browser.post("/supervisor/sign-in", data={"name": "ani", "pin": "1836"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_line_that_hurts_most_stands_first(house: House, staff: Lobby) -> None:
    house.arrive(1, "BN.sim")
    house.arrive(1, "DK.kk")
    house.clock.forward(minutes=16)  # past the promise of 15, and half of the other's 30
    sign_in(house)
    text = house.browser.get("/supervisor?l=en").text
    rows = re.findall(r'<tr class="(\w+)"><th scope="row"><small>\w+</small> ([^<]+)', text)
    assert [name for _, name in rows] == ["Family card", "Licence", "ID card"]
    assert rows[0][0] == "late"
    assert "Licence" in text


def test_the_days_ratings_are_shown_with_their_number(house: House, staff: Lobby) -> None:
    visits = house.arrive(2)
    for visit, score in zip(visits, ("4", "3"), strict=True):
        house.serve()
        house.post(f"/T/{visit.token}/rate", {"score": score})
    sign_in(house)
    assert "<b>3,5</b> KTP <small>2 jawaban</small>" in house.browser.get("/supervisor").text


def test_a_session_ends_when_nobody_touches_the_page() -> None:
    now = [0.0]
    sessions = Sessions(60.0, lambda: "secret", seconds=lambda: now[0])
    sessions.begin(ANI)
    now[0] = 50.0
    assert sessions.who("secret") == ANI
    now[0] = 100.0
    assert sessions.who("secret", touch=False) == ANI  # an open page that updates itself is no touch
    now[0] = 111.0
    assert sessions.who("secret") is None
    assert sessions.who("other") is None


@pytest.mark.parametrize("change", [{"active": False}, {"role": "counter"}])
def test_who_is_no_supervisor_any_more_sees_nothing_from_the_next_look_on(
    house: House, staff: Lobby, change: dict[str, Any]
) -> None:
    house.arrive(30)
    sign_in(house)
    assert "KTP" in house.browser.get("/supervisor").text
    staff.set_staff("ani", **change)
    assert house.post("/supervisor/known").status_code == 303
    assert house.lobby.events_after(0)[-1].kind != "alert_acknowledged"
    sign_in(house)
    text = house.browser.get("/supervisor").text
    assert "KTP" not in text
    assert 'name="pin"' in text
    staff.set_staff("ani", active=True, role="supervisor")
    sign_in(house)
    staff.set_staff("ani", **change)
    assert 'name="pin"' in house.browser.get("/supervisor").text  # and the session is over
    staff.set_staff("ani", active=True, role="supervisor")
    assert 'name="pin"' in house.browser.get("/supervisor").text


def test_many_sessions_take_no_more_memory() -> None:
    made = iter(range(1000))
    sessions = Sessions(60.0, lambda: str(next(made)))
    for _ in range(500):
        sessions.begin(ANI)
    assert sessions.who("499") == ANI
    assert sessions.who("0") is None


def test_the_page_says_how_many_announced_waits_were_true(house: House, staff: Lobby) -> None:
    house.lobby.open_counter("1")
    house.arrive(2)
    house.serve()
    house.clock.forward(hours=2)
    house.serve()
    sign_in(house)
    assert "hari ini 50 % tepat (1 dari 2)" in house.browser.get("/supervisor").text


def test_the_page_says_which_line_needs_help_what_would_help_and_what_nobody_knows_of(
    house: House, staff: Lobby
) -> None:
    house.arrive(2, "DK.kk")
    house.clock.forward(minutes=26)
    assert house.post("/supervisor/known").status_code == 303  # nobody is signed in: nothing is acknowledged
    sign_in(house)
    text = house.browser.get("/supervisor").text
    assert '<div class="focus late"><b>▲ DK KK</b> 2 lewat janji · 2 menunggu' in text
    assert "<strong>→ Buka loket 2</strong>" in text
    assert '<li class="late">▲ DK KK: 12 menit lewat janji</li>' in text
    assert house.post("/supervisor/known").status_code == 303
    text = house.browser.get("/supervisor").text
    assert '<li class="calm">● DK KK: 12 menit lewat janji</li>' in text
    assert "Saya tahu" not in text
    told = [
        (event.kind, event.staff, event.data.get("subject")) for event in house.lobby.events_after(0)
    ]  # the pages themselves may be missed too: the clock has jumped past their last word
    assert told.count(("alert_acknowledged", "ani", "DK.kk")) == 1
    house.lobby.open_counter("2", by=Actor("budi", "C2"))
    assert "<b>2 Budi</b> kosong" in house.browser.get("/supervisor").text
    stranger = house.browser.post(
        "/supervisor/known", data={"x": "1"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert stranger.status_code == 403


def test_a_crowded_line_is_not_called_well_in_the_same_breath(house: House, staff: Lobby) -> None:
    staff.open_counter("1")
    house.arrive(25)
    house.clock.now -= timedelta(minutes=12)  # all of them have only just come
    sign_in(house)
    text = house.browser.get("/supervisor?l=en").text
    assert "crowded: 25 wait" in text
    assert "No line needs help" not in text
    assert '<tr class="fine">' not in text
