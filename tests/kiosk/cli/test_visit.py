"""A visit by commands alone: what each prints, for people and for programs, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import CONFIG, Kiosk

ASKED_FOR = {"label", "agency", "service", "number", "status", "counter", "position", "token", "url"}


def test_a_new_number_is_one_line_of_json_with_all_that_was_promised(ready: Kiosk) -> None:
    said = ready("issue", "DK.ktp", "--no-print", "--json")
    assert said.code == 0
    assert said.json.keys() >= ASKED_FOR
    found = {key: said.json[key] for key in ASKED_FOR - {"token"}}
    assert found == {
        "label": "DK 001",
        "agency": "DK",
        "service": "DK.ktp",
        "number": 1,
        "status": "waiting",
        "counter": None,
        "position": 1,
        "url": None,
    }
    assert len(said.json["token"]) == 26


def test_with_a_public_address_the_number_has_a_page(ready: Kiosk, folder: Path) -> None:
    (folder / "config.toml").write_text(
        '[web]\npublic_url = "https://antre.example"\n' + CONFIG, encoding="utf-8"
    )
    issued = ready("issue", "DK.ktp", "--no-print", "--json").json
    assert issued["url"] == f"HTTPS://ANTRE.EXAMPLE/T/{issued['token']}"
    assert ready("status", issued["token"], "--json").json["url"] == issued["url"]


def test_people_read_one_sentence_in_the_sites_first_language(ready: Kiosk) -> None:
    said = ready("issue", "DK.ktp", "--no-print")
    assert said.out == "DK 001: Dinas Dukcapil, KTP-el. Orang di depan: 0. Loket layanan ini belum dibuka.\n"


def test_the_language_of_the_answer_can_be_asked_for(ready: Kiosk) -> None:
    said = ready("issue", "DK.ktp", "--no-print", "--lang", "en")
    assert said.out.startswith("DK 001: Civil Registry, ID card. People ahead: 0.")


@pytest.mark.parametrize("written", ["DK.ktp", "dk.ktp", "Dk.KTP", " dk.Ktp "])
def test_a_service_is_known_in_any_case(ready: Kiosk, written: str) -> None:
    assert ready("issue", written, "--no-print", "--json").json["service"] == "DK.ktp"


@pytest.mark.parametrize("place", ["before", "after", "around"])
def test_shared_options_may_stand_before_and_after_the_verb(ready: Kiosk, folder: Path, place: str) -> None:
    typed = {
        "before": ["--config", str(folder / "config.toml"), "--json", "--site", "pasar", "services"],
        "after": ["services", "--config", str(folder / "config.toml"), "--json", "--site", "pasar"],
        "around": ["--site", "aula", "--json", "services", "--site", "pasar"],
    }
    said = ready(*typed[place])
    assert [line["service"] for line in said.lines] == ["BN.bayar"]


def test_one_visitor_from_number_to_done(ready: Kiosk) -> None:
    token = ready("issue", "DK.ktp", "--no-print", "--json").json["token"]
    assert ready("next", "1", "--json").json["label"] == "DK 001"
    assert ready("recall", "1", "--json").json["calls"] == 2
    assert ready("start", "1", "--json").json["status"] == "serving"
    assert ready("status", token, "--json").json["counter"] == "1"
    assert ready("complete", "1").out == "DK 001 selesai dilayani.\n"
    assert ready("status", token.lower(), "--json").json["over"] is True


def test_an_empty_queue_is_an_answer(ready: Kiosk) -> None:
    said = ready("next", "1", "--json")
    assert (said.code, said.json) == (0, {"label": None})
    assert ready("next", "1").out == "Tidak ada yang menunggu.\n"


def test_a_repeated_request_gives_the_same_number(ready: Kiosk) -> None:
    first = ready("issue", "DK.ktp", "--no-print", "--request-id", "button-7", "--json").json
    again = ready("issue", "DK.ktp", "--no-print", "--request-id", "button-7", "--json").json
    assert (first["label"], first["repeated"]) == ("DK 001", False)
    assert (again["label"], again["repeated"], again["token"]) == ("DK 001", True, first["token"])


def test_a_repeated_call_calls_nobody_else(ready: Kiosk) -> None:
    for _ in range(2):
        ready("issue", "DK.ktp", "--no-print")
    said = [ready("next", "1", "--request-id", "press-1", "--json").json["label"] for _ in range(2)]
    assert said == ["DK 001", "DK 001"]


@pytest.mark.parametrize("written", ["DK001", "dk-001", "DK 001", "dk 1"])
def test_a_label_is_read_in_any_spelling(ready: Kiosk, written: str) -> None:
    ready("issue", "DK.ktp", "--no-print")
    said = ready("cancel", written, "--json")
    assert (said.json["label"], said.json["status"]) == ("DK 001", "cancelled")


def test_hold_resume_transfer_and_restore(ready: Kiosk) -> None:
    ready("issue", "DK.kk", "--no-print")
    ready("next", "1")
    assert ready("hold", "1", "--reason", "fotokopi", "--json").json["status"] == "held"
    assert ready("resume", "1", "DK001", "--json").json["status"] == "called"
    sent = ready("transfer", "1", "bn.bayar", "--json").json
    assert (sent["label"], sent["service"], sent["leg"], sent["status"]) == (
        "DK 001",
        "BN.bayar",
        2,
        "waiting",
    )
    assert ready("call", "2", "DK 001", "--json").json["counter"] == "2"
    assert ready("no-show", "2", "--json").json["status"] == "no_show"
    assert ready("restore", "DK001", "--json").json["status"] == "waiting"


def test_a_journey_is_one_number_for_several_services(ready: Kiosk) -> None:
    whole = ready("journey", "lengkap", "--no-print", "--json").json
    short = ready("journey", "LENGKAP", "--skip", "bn.bayar", "--no-print", "--json").json
    assert (whole["label"], whole["legs"], short["legs"]) == ("DK 001", 2, 1)


def test_staff_change_the_way_of_a_visit(ready: Kiosk) -> None:
    ready("issue", "DK.ktp", "--no-print")
    made = ready("make-journey", "dk1", "lengkap", "--json").json
    assert (made["journey"], made["leg"], made["legs"]) == ("lengkap", 1, 2)
    assert ready("add-leg", "DK001", "dk.kk").out == "DK 001 kini punya 3 langkah.\n"
    assert (
        ready("skip-leg", "DK001", "bn.bayar").out == "Langkah itu tidak jadi; DK 001 kini punya 2 langkah.\n"
    )
    refused = ready("skip-leg", "DK001", "bn.bayar")
    assert refused.code == 1
    assert refused.err == "DK 001 tidak menunggu atau merencanakan BN.bayar.\n"
    ready("next", "1")
    ready("start", "1")
    done = ready("complete", "1")
    assert done.out == "DK 001 selesai dilayani. Langkah 2 dari 2: Dinas Dukcapil: Kartu Keluarga, loket 1.\n"
    assert [step["service"] for step in ready("ticket", "DK001", "--json").json["tickets"]] == [
        "DK.ktp",
        "DK.kk",
    ]


def test_a_priority_visitor_goes_first(ready: Kiosk) -> None:
    ready("issue", "DK.ktp", "--no-print")
    ready("issue", "DK.ktp", "--priority", "--no-print")
    assert ready("next", "1", "--json").json["label"] == "DK 002"


def test_a_counter_opens_pauses_and_closes(ready: Kiosk) -> None:
    assert ready("open", "1", "--json").json["state"] == "open"
    paused = ready("pause", "1", "--back-at", "13.00", "--json").json
    assert paused["state"] == "paused"
    assert paused["back_at"].endswith("05:00:00+00:00")
    assert ready("close", "1").out == "Loket 1 ditutup.\n"
