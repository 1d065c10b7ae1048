"""Health and metrics, the board as a page, and the words of all pages."""

from __future__ import annotations

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from kiosk.i18n import LANGUAGES, Words
from kiosk.settings import WebSettings
from kiosk.web.pages import HERE, STATIC
from queue_core import Lobby
from queue_core.errors import StoreUnreachable
from tests.kiosk.web.conftest import House

TOKEN = {"Authorization": "Bearer operator"}


@pytest.fixture
def web() -> WebSettings:
    return WebSettings(operator_token="operator")


@pytest.mark.parametrize("path", ["/health", "/metrics"])
def test_the_operators_pages_are_not_there_for_others(house: House, path: str) -> None:
    assert house.browser.get(path).status_code == 404
    assert house.browser.get(path, headers={"Authorization": "Bearer guess"}).status_code == 404
    assert house.browser.get(path, headers=TOKEN).status_code == 200


def test_health_tells_of_store_schema_and_age(house: House) -> None:
    answer = house.browser.get("/health", headers=TOKEN).json()
    assert (answer["status"], answer["store"], answer["site"]) == ("ok", "ok", "aula")
    assert answer["schema"] == house.lobby.schema()
    assert answer["look_age_seconds"] < 15


def test_a_store_that_is_away_is_told_and_the_pages_keep_what_they_know(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = house.arrive(3)[-1]

    def away(*_: object) -> None:
        raise StoreUnreachable(detail="pulled")

    for read in ("visits_under_way", "board", "schema", "queues", "visit_status"):
        monkeypatch.setattr(Lobby, read, away)
    house.look()
    answer = house.browser.get("/health", headers=TOKEN)
    assert (answer.status_code, answer.json()["store"]) == (503, "store_unreachable")
    page = house.browser.get(f"/T/{mine.token}").text
    assert "DK 003" in page
    assert re.search(r"Sambungan terputus sejak pukul 09\.\d\d", page)
    assert "kiosk_store_up 0.0" in house.browser.get("/metrics", headers=TOKEN).text
    answer = house.browser.get("/T/" + "B" * 26)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    monkeypatch.undo()
    house.look()
    assert '<p id="net" class="note" role="status" hidden>' in house.browser.get(f"/T/{mine.token}").text


def test_metrics_count_the_queues_and_the_answers(house: House) -> None:
    house.arrive(3)
    house.lobby.call_next("1")
    house.browser.get("/board")
    text = house.browser.get("/metrics", headers=TOKEN).text
    samples = {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    ktp = ("service", "DK.ktp")
    assert samples["kiosk_tickets", (ktp, ("state", "waiting"))] == 2
    assert samples["kiosk_tickets", (ktp, ("state", "serving"))] == 1
    assert samples["kiosk_longest_wait", (ktp,)] > 0
    assert samples["kiosk_web_requests_total", (("page", "board"), ("status", "200"))] == 1
    assert ("kiosk_web_streams", ()) in samples


def test_metrics_count_what_became_of_the_announced_waits(house: House) -> None:
    house.lobby.open_counter("1")
    house.arrive(2)
    house.serve()
    house.clock.forward(hours=2)
    house.serve()
    text = house.browser.get("/metrics", headers=TOKEN).text
    for result, count in (("kept", 1), ("sooner", 0), ("later", 1)):
        assert f'kiosk_waits_foretold{{result="{result}",service="DK.ktp"}} {count}.0' in text


def test_the_board_shows_the_newest_calls_of_its_zone(house: House) -> None:
    house.arrive(7)
    house.arrive(1, "BN.sim")
    for _ in range(7):
        house.clock.forward(seconds=5)
        house.serve()
    house.lobby.call_next("3")
    house.look()
    text = house.browser.get("/board").text
    assert re.findall(r'<li data-id="([^/]+)', text) == [
        "BN 001",
        "DK 007",
        "DK 006",
        "DK 005",
        "DK 004",
        "DK 003",
    ]
    assert re.findall(r'<li data-id="([^/]+)', house.browser.get("/board?zone=BN").text) == ["BN 001"]
    assert house.browser.get("/board?zone=XX").status_code == 200


def test_the_address_alone_leads_to_the_board(house: House) -> None:
    assert house.browser.get("/", follow_redirects=False).headers["location"] == "board"


KEYS = re.compile(r"""words\(\s*["']([a-z_]+\.[a-z0-9_]+)["']\s*[,)]""")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_templates_has_words(language: str) -> None:
    keys = {key for path in (HERE / "templates").iterdir() for key in KEYS.findall(path.read_text("utf-8"))}
    made = [f"web.score_{score}" for score in (1, 2, 3, 4)] + [f"web.language_{each}" for each in LANGUAGES]
    words = Words(language)
    assert len(keys) > 20
    assert [key for key in (*keys, *made) if words(key) == key] == []


def _light(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(2 * each for each in colour[1:])
    parts = [int(full[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["phone", "board", "supervisor"])
def test_words_stand_out_seven_to_one_wherever_a_rule_sets_both_colours(name: str) -> None:
    rules = re.findall(r"\{([^{}]*)\}", (STATIC / f"{name}.css").read_text("utf-8"))
    pairs = []
    for rule in rules:
        ground = re.search(r"background:(#[0-9a-f]{3,6})\b", rule)
        text = re.search(r"(?:^|;)color:(#[0-9a-f]{3,6})\b", rule)
        if ground and text:
            pairs.append((ground[1], text[1]))
    assert pairs
    for pair in pairs:
        low, high = sorted(map(_light, pair))
        assert (high + 0.05) / (low + 0.05) >= 7, pair
