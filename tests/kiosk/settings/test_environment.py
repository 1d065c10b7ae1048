"""Only the store's address comes from the environment, and a report never tells its password."""

from __future__ import annotations

import pytest

from tests.kiosk.settings.conftest import Ask, Read


def test_the_stores_address_may_come_from_the_environment(read: Read) -> None:
    settings = read(env={"KIOSK_STORE_URL": "postgresql://me:secret@10.0.0.5/kiosk"})
    assert settings.store.url == "postgresql://me:secret@10.0.0.5/kiosk"


def test_it_goes_before_the_file_and_leaves_its_other_keys(read: Read) -> None:
    end = '[store]\nurl = "sqlite:///of-the-file.db"\nbusy_seconds = 3'
    settings = read(end=end, env={"KIOSK_STORE_URL": "sqlite:////srv/kiosk.db"})
    assert (settings.store.url, settings.store.busy_seconds) == ("sqlite:////srv/kiosk.db", 3.0)


def test_an_empty_variable_is_no_variable(read: Read) -> None:
    assert read(env={"KIOSK_STORE_URL": ""}).store.url == "sqlite:///var/kiosk.db"


def test_nothing_else_comes_from_the_environment(read: Read) -> None:
    assert read(env={"KIOSK_PRINTER_HOST": "10.0.0.9", "PRINTER_HOST": "x"}) == read()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///",
        "sqlite:kiosk.db",
        "mysql://h/d",
        "postgresql://h",
        "postgresql://h:port/d",
        "kiosk.db",
        "://",
    ],
)
def test_a_malformed_address_is_laid_at_the_variables_door(problems: Ask, url: str) -> None:
    (problem,) = problems(env={"KIOSK_STORE_URL": url}).values()
    assert (problem.file, problem.key, problem.form) == ("environment", "KIOSK_STORE_URL", "store_url")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///var/kiosk.db",
        "sqlite:////srv/queue/kiosk.db",
        "postgresql://kiosk@10.0.0.5:5432/kiosk",
        "postgresql+psycopg://kiosk@/kiosk?host=/run/postgresql",
        "postgresql:///kiosk",
    ],
)
def test_these_are_addresses(read: Read, url: str) -> None:
    assert read(env={"KIOSK_STORE_URL": url}).store.url == url


def test_a_report_hides_the_password(problems: Ask) -> None:
    (problem,) = problems(env={"KIOSK_STORE_URL": "postgres://me:s3cret@db/kiosk"}).values()
    assert "s3cret" not in str(dict(problem.data))
    assert "postgres://" in str(dict(problem.data))
