"""What a screen is handed after its first paint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.settings import SettingsError
from kiosk.shared.place import NoSuchSite, find_config, load_settings
from kiosk.wiring import connect_for, dice, new_request_id, now, open_house
from queue_core.errors import NotAllowed, StoreUnready, UnknownSite
from queue_core.feed import Feed
from tests.support.commands import CONFIG

PATIENCE = 20.0
"""Seconds that a test waits for a thread at the most."""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KIOSK_STORE_URL", raising=False)
    file = tmp_path / "config.toml"
    file.write_text(CONFIG, encoding="utf-8")
    return file


def wait_for(feed: Feed, happened: Callable[[], bool]) -> bool:
    """Look again after each change until it happened."""
    for _ in range(int(PATIENCE / 0.5)):
        if happened():
            return True
        feed.wait(0.5)
    return False


def test_a_store_that_is_not_there_is_refused_or_made(config: Path) -> None:
    with pytest.raises(StoreUnready):
        connect_for(config, None, spool=False)()
    backend = connect_for(config, None, spool=False, make=True)()
    assert backend.lobby.site().id == "aula"
    backend.close()
    again = connect_for(config, "pasar", spool=False)()
    assert again.lobby.site().id == "pasar"
    again.close()


def test_a_power_cut_while_the_store_was_made_is_mended_by_the_next_start(config: Path) -> None:
    place = find_config(config)
    with open_house(load_settings(place), place, ready=False) as house:
        house.store.create()
    backend = connect_for(config, "pasar", spool=False, make=True)()
    assert backend.lobby.site().id == "pasar"
    backend.close()


def test_the_touch_screens_backend_prints_what_it_issues(config: Path) -> None:
    backend = connect_for(config, None, spool=True, make=True)()
    try:
        issued = backend.lobby.issue("DK.ktp", request_id=backend.new_request_id(), printer="K1")
        job = issued.job
        assert job is not None
        assert wait_for(backend.feed, lambda: backend.lobby.print_job(job).state == "printed")
    finally:
        backend.close()
    assert (config.parent / "var" / "paper" / "001.png").is_file()


def test_of_two_screens_on_one_machine_one_prints_and_the_other_takes_over_when_it_ends(config: Path) -> None:
    first = connect_for(config, None, spool=True, make=True)()
    second = connect_for(config, None, spool=True)()
    try:
        for backend in (second, first):
            backend.lobby.issue("DK.ktp", request_id=backend.new_request_id(), printer="K1")
        assert wait_for(second.feed, lambda: {job.state for job in second.lobby.print_jobs()} == {"printed"})
        first.close()
        second.lobby.issue("DK.ktp", request_id=second.new_request_id(), printer="K1")
        assert wait_for(second.feed, lambda: {job.state for job in second.lobby.print_jobs()} == {"printed"})
    finally:
        second.close()
    assert len(list((config.parent / "var" / "paper").glob("*.png"))) == 3


def test_the_demonstrations_pin_opens_nothing_where_a_machine_is_none(config: Path) -> None:
    demonstration = connect_for(config, None, spool=False, make=True)()
    assert demonstration.lobby.unlock("2580").id == "demo"
    demonstration.close()
    config.write_text(CONFIG.replace("demonstration = true", ""), encoding="utf-8")
    real = connect_for(config, None, spool=False)()
    with pytest.raises(NotAllowed):
        real.lobby.unlock("2580")
    real.close()


def test_what_is_wrong_with_the_file_or_the_site_is_told(config: Path) -> None:
    with pytest.raises(NoSuchSite) as wrong:
        connect_for(config, "aulla", spool=False)()
    assert wrong.value.nearest == "aula"
    config.write_text("[[site]]", encoding="utf-8")
    with pytest.raises(SettingsError):
        connect_for(config, None, spool=False)()


def test_a_failed_attempt_leaves_nothing_open(config: Path) -> None:
    connect_for(config, None, spool=False, make=True)().close()
    config.write_text(CONFIG.replace('"aula"', '"gedung"'), encoding="utf-8")
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(UnknownSite):
        connect_for(config, None, spool=True)()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_file_that_is_named_goes_before_the_one_that_lies_here_and_the_sample_comes_last(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    sample = find_config(None)
    assert (sample.config.name, sample.base) == ("sample.toml", elsewhere)
    assert find_config(config).base == tmp_path
    monkeypatch.chdir(tmp_path)
    assert find_config(None).config == config


def test_time_is_aware_ids_differ_and_chance_can_be_repeated() -> None:
    assert now().utcoffset() is not None
    assert new_request_id() != new_request_id()
    assert dice(7).random() == dice(7).random()
