"""How commands end when they cannot do what was asked: an exit code and one sentence, never a traceback."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.support.commands import CONFIG, Kiosk


@pytest.mark.parametrize(
    ("words", "error", "data"),
    [
        (["issue", "DK.kpt"], "unknown_service", {"service": "DK.kpt", "nearest": "DK.ktp"}),
        (["next", "9"], "unknown_counter", {"counter": "9"}),
        (["start", "1"], "counter_idle", {"counter": "1", "action": "start"}),
        (["cancel", "DK 099"], "unknown_ticket", {"label": "DK 099"}),
        (["ticket", "bukan nomor"], "unknown_ticket", {}),
        (["status", "ABC"], "unknown_ticket", {}),
        (["journey", "lengkab"], "unknown_journey", {"journey": "lengkab", "nearest": "lengkap"}),
        (["staff", "disable", "siapa"], "unknown_staff", {"staff": "siapa"}),
    ],
)
def test_what_the_rules_refuse_ends_with_1_and_says_why(
    ready: Kiosk, words: list[str], error: str, data: dict[str, str]
) -> None:
    said = ready(*words, "--json")
    assert said.code == 1
    assert said.json["error"] == error
    assert said.json.items() >= data.items()
    people = ready(*words)
    assert (people.code, people.out) == (1, "")
    assert len(people.err.splitlines()) == 1


def test_a_busy_counter_names_who_stands_there(ready: Kiosk) -> None:
    ready("issue", "DK.ktp", "--no-print")
    ready("next", "1")
    said = ready("next", "1", "--json")
    assert (said.code, said.json["error"], said.json["label"]) == (1, "counter_busy", "DK 001")


def test_an_illegal_move_tells_what_is_allowed(ready: Kiosk) -> None:
    ready("issue", "DK.ktp", "--no-print")
    ready("cancel", "DK001")
    said = ready("cancel", "DK001", "--json")
    assert (said.code, said.json["error"], said.json["allowed"]) == (1, "illegal_move", [])


def test_a_store_that_was_never_made_says_what_to_type(kiosk: Kiosk, folder: Path) -> None:
    said = kiosk("issue", "DK.ktp")
    assert said.code == 1
    assert "kiosk init" in said.err
    assert kiosk("issue", "DK.ktp", "--json").json["error"] == "store_unready"
    assert not (folder / "var" / "kiosk.db").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nonsense"], "nonsense"),
        (["issue"], "SERVICE"),
        (["next", "1", "--lang", "xx"], "xx"),
        (["issue", "DK.ktp", "--language", "fr"], "fr"),
        (["issue", "DK.ktp", "--request-id", "x" * 65], "64"),
        (["issue", "DK.ktp", "--request-id", ""], "64"),
        (["staff", "add", " ", "--pin-file", "-"], "64"),
        (["next", "1", "--site", "aulla"], "aulla"),
        (["pause", "1", "--back-at", "25.99"], "25.99"),
        (["simulate", "--speed", "fast"], "fast"),
        (["staff", "add", "ani", "--role", "boss", "--pin-file", "-"], "boss"),
    ],
)
def test_what_makes_no_sense_ends_with_2(ready: Kiosk, words: list[str], says: str) -> None:
    said = ready(*words)
    assert said.code == 2
    assert says in said.err
    assert "Traceback" not in said.err


def test_a_wrong_configuration_is_told_whole(kiosk: Kiosk, folder: Path) -> None:
    broken = CONFIG.replace("Asia/Makassar", "Asia/Makasar").replace("minutes = 4", "minuten = 4")
    (folder / "config.toml").write_text(broken, encoding="utf-8")
    said = kiosk("check")
    assert said.code == 2
    assert "Asia/Makassar" in said.err
    assert "minuten" in said.err
    problems = kiosk("check", "--json").json
    assert problems["error"] == "settings"
    assert {"file", "key", "problem", "allowed", "nearest"} == problems["problems"][0].keys()


def test_a_site_that_only_the_file_knows_is_answered_with_what_to_type(ready: Kiosk, folder: Path) -> None:
    (folder / "config.toml").write_text(CONFIG.replace('"pasar"', '"taman"'), encoding="utf-8")
    said = ready("services", "--site", "taman")
    assert said.code == 1
    assert "kiosk config apply" in said.err
    assert ready("config", "apply").code == 0
    assert ready("services", "--site", "taman").code == 0


def test_a_file_that_is_not_there_is_a_wrong_configuration(kiosk: Kiosk) -> None:
    said = kiosk("services", "--config", "elsewhere.toml")
    assert said.code == 2
    assert "elsewhere.toml" in said.err


def test_a_fault_of_the_program_goes_to_the_log_and_one_sentence_to_the_person(
    ready: Kiosk, folder: Path
) -> None:
    with sqlite3.connect(folder / "var" / "kiosk.db") as store:
        store.execute(
            "CREATE TRIGGER unforeseen BEFORE INSERT ON visit BEGIN SELECT RAISE(ABORT, 'unforeseen'); END"
        )
    store.close()
    said = ready("issue", "DK.ktp")
    assert said.code == 3
    assert "Traceback" not in said.out + said.err
    assert str(folder / "var" / "log" / "kiosk.log") in said.err
    assert "Traceback" in (folder / "var" / "log" / "kiosk.log").read_text(encoding="utf-8")
