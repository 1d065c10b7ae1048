"""The same commands on PostgreSQL, named by the environment."""

from __future__ import annotations

import pytest

from tests.support.commands import Kiosk

pytestmark = pytest.mark.postgres


@pytest.fixture
def on_postgres(folder: object, postgres_url: str, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> Kiosk:
    """Type a command where the store is a PostgreSQL database."""
    monkeypatch.setenv("KIOSK_STORE_URL", postgres_url)
    assert kiosk("init").code == 0
    return kiosk


def test_a_visit_from_number_to_done(on_postgres: Kiosk) -> None:
    assert on_postgres("issue", "DK.ktp", "--json").json["label"] == "DK 001"
    assert on_postgres("next", "1", "--json").json["label"] == "DK 001"
    assert on_postgres("start", "1").code == 0
    assert on_postgres("complete", "1", "--json").json["status"] == "completed"
    kinds = [line["kind"] for line in on_postgres("events", "--json").lines]
    assert [
        kind for kind in kinds if kind in ("issued", "slip_printed", "called", "started", "completed")
    ] == [
        "issued",
        "slip_printed",
        "called",
        "started",
        "completed",
    ]


def test_check_and_a_simulated_day(on_postgres: Kiosk) -> None:
    count = on_postgres("simulate", "--visits", "20", "--speed", "max", "--json").json
    assert count["issued"] == 20
    assert not [name for name in count if name.startswith("refused")]
    assert on_postgres("check").code == 0


def test_a_server_that_is_away_is_one_sentence(on_postgres: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_STORE_URL", "postgresql://kiosk:secret@127.0.0.1:1/nothing")
    said = on_postgres("issue", "DK.ktp")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert "secret" not in said.err
    assert on_postgres("issue", "DK.ktp", "--json").json["error"] == "store_unreachable"
