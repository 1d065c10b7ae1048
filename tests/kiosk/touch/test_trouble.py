"""Every trouble has a friendly screen that says what to do next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from kiosk.i18n import LANGUAGES, Words
from kiosk.touch.notice import CANCELLED, CONNECTING, RETRY_SECONDS, notice_of, retry_after
from kiosk.touch.screens import ServicesScreen
from queue_core import errors
from queue_core.settings import Catalogue
from tests.kiosk.touch.conftest import Arrive, House
from tests.support.touching import PORTRAIT, SIZES, Visitor


def every_error() -> Iterator[type[errors.QueueError]]:
    families = [errors.QueueError]
    while families:
        family = families.pop()
        yield family
        families += family.__subclasses__()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", [*every_error(), RuntimeError, ValueError], ids=lambda each: each.__name__)
def test_every_error_has_words_in_every_language(error: type[Exception], language: str) -> None:
    words = Words(language)
    for kind in (notice_of(error()).kind, CONNECTING.kind, CANCELLED.kind):
        for key in (f"touch.notice_{kind}", f"touch.notice_{kind}_do", f"touch.hero_{kind}"):
            assert words(key) != key


def test_only_a_store_that_is_away_is_asked_again() -> None:
    assert notice_of(errors.StoreBusy(seconds=5)).retry
    assert notice_of(errors.StoreUnreachable(detail="gone")).retry
    assert notice_of(errors.StoreFull(detail="full")).retry
    assert not notice_of(errors.StoreUnready(found="", needed="1")).retry
    assert notice_of(errors.StoreDamaged(detail="torn")).kind == "store"
    assert not notice_of(errors.StoreDamaged(detail="torn")).retry
    assert not notice_of(errors.ServiceClosed(service="DK.ktp", reason="hours", opens_at=None)).retry


def test_a_busy_store_is_asked_again_ever_more_seldom_and_not_for_ever() -> None:
    waits = [retry_after(tries) for tries in range(len(RETRY_SECONDS) + 1)]
    assert waits == [*sorted(RETRY_SECONDS), None]


def closed_at(catalogue: Catalogue, **hours: dict[str, list[str]]) -> Catalogue:
    """The same with hours for `site` or for the service `ktp`."""
    data: dict[str, Any] = catalogue.model_dump(exclude_none=True)
    if "site" in hours:
        data["site"][0]["hours"] = hours["site"]
    if "ktp" in hours:
        data["agency"][0]["service"][0]["hours"] = hours["ktp"]
    return Catalogue.model_validate(data)


@pytest.mark.parametrize("size", SIZES)
async def test_a_closed_service_says_when_it_opens(
    arrive: Arrive, house: House, size: tuple[int, int]
) -> None:
    house.open(closed_at(house.catalogue, ktp={"tue": ["13:00-15:00"]}))
    async with arrive(size) as visitor:
        await visitor.tap("Dukcapil")
        await visitor.sees("Tutup; buka lagi pukul 13.00")
        await visitor.tap("KTP")
        await visitor.sees("Layanan ini sedang tutup", "buka lagi pukul 13.00", "pilih layanan lain")
        assert not visitor.shows("REGULER")
        await visitor.tap("Kembali")
        await visitor.sees("Pilih layanan")


async def test_a_service_that_closes_meanwhile_says_when_it_opens(arrive: Arrive, house: House) -> None:
    house.open(closed_at(house.catalogue, ktp={"tue": ["08:00-09:30"], "wed": ["08:00-09:30"]}))
    async with arrive() as visitor:
        await visitor.press("1", "1")
        await visitor.sees("REGULER")
        house.clock.forward(hours=1)
        await visitor.press("1")
        await visitor.sees("Layanan ini sedang tutup", "buka lagi besok 08.00")
        await visitor.tap("Kembali ke awal")
        await visitor.sees("Sentuh instansi")


async def test_a_closed_site_says_when_it_opens(arrive: Arrive, house: House) -> None:
    house.open(closed_at(house.catalogue, site={"wed": ["08:00-15:00"]}))
    async with arrive(PORTRAIT) as visitor:
        await visitor.sees_large("TUTUP")
        await visitor.sees("Tutup hari ini", "Buka lagi besok 08.00")
        await visitor.press("2")
        await visitor.sees("Tempat pelayanan sedang tutup", "Tutup hari ini; buka lagi")
        assert not visitor.shows("pilih layanan lain")


async def test_a_site_that_closes_meanwhile_says_when_it_opens(arrive: Arrive, house: House) -> None:
    house.open(closed_at(house.catalogue, site={"tue": ["08:00-09:30"], "wed": ["08:00-15:00"]}))
    async with arrive() as visitor:
        await visitor.press("2")
        await visitor.sees("REGULER")
        house.clock.forward(hours=2)
        await visitor.press("1")
        await visitor.sees("Tempat pelayanan sedang tutup", "buka lagi besok 08.00")


async def test_a_busy_store_is_asked_again_by_itself_with_the_same_wish(
    arrive: Arrive, house: House, sqlite_url: str
) -> None:
    async with arrive() as visitor:
        await visitor.press("2")
        await visitor.sees("REGULER")
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await visitor.press("1")
        await visitor.sees("Sedang ramai", "Anda tidak akan mendapat dua nomor", "Dicoba lagi dalam")
        asked = house.requests.made
        other.execute("ROLLBACK")
        other.close()
        await visitor.later(RETRY_SECONDS[0])
        await visitor.sees_large("BN 001")
        assert house.requests.made == asked


async def test_a_busy_store_is_asked_again_by_touch(arrive: Arrive, sqlite_url: str) -> None:
    async with arrive() as visitor:
        await visitor.press("2")
        await visitor.sees("REGULER")
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await visitor.press("1")
        await visitor.sees("Sedang ramai")
        other.execute("ROLLBACK")
        other.close()
        await visitor.tap("Coba lagi")
        await visitor.sees_large("BN 001")


async def test_a_clock_that_went_back_sends_visitors_to_the_staff(arrive: Arrive, house: House) -> None:
    house.lobby.issue("BN.sim", request_id="today")
    house.clock.now = datetime(2026, 11, 20, 1, tzinfo=UTC)
    async with arrive() as visitor:
        await visitor.press("2", "1")
        await visitor.sees("Jam mesin ini perlu diperiksa", "minta nomor kepada petugas")


async def test_an_unforeseen_fault_while_taking_is_logged_and_friendly(
    arrive: Arrive, house: House, faults_expected: None, caplog: pytest.LogCaptureFixture
) -> None:
    async with arrive() as visitor:
        await visitor.press("2")
        await visitor.sees("REGULER")
        break_issue(visitor)
        await visitor.press("1")
        await visitor.sees("Ada gangguan kecil", "minta nomor kepada petugas")
        await visitor.tap("Kembali ke awal")
        await visitor.sees("Sentuh instansi")
    assert any(record.exc_info for record in caplog.records)


def break_issue(visitor: Visitor) -> None:
    backend = visitor.app.backend
    assert backend is not None

    def broken(*_: object, **__: object) -> None:
        message = "a fault of ours"
        raise RuntimeError(message)

    backend.lobby.issue = broken  # type: ignore[method-assign,assignment]


async def test_a_fault_in_a_handler_leaves_the_program_alive(
    arrive: Arrive, faults_expected: None, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with arrive() as visitor:
        with monkeypatch.context() as broken:
            broken.delattr(ServicesScreen, "entries")
            await visitor.press("1")
            await visitor.sees("Ada gangguan kecil", "minta nomor kepada petugas")
        await visitor.tap("Kembali ke awal")
        await visitor.tap("Dukcapil")
        await visitor.sees("Pilih layanan", "KTP")
    assert "NotImplementedError" in caplog.text
