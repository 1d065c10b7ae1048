"""Each refusal is one sentence in each language, filled with the refusal's data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.i18n import LANGUAGES, Words
from kiosk.shared.explain import explain
from queue_core import errors
from queue_core.errors import QueueError
from queue_core.lobby.clockwork import Fault

WITA = ZoneInfo("Asia/Makassar")
MOMENT = datetime(2026, 11, 24, 1, 41, tzinfo=UTC)
DATA: dict[str, object] = {
    "label": "DK 001",
    "status": "called",
    "action": "start",
    "allowed": ["recall"],
    "opens_at": MOMENT,
    "until": MOMENT,
    "now": MOMENT,
    "last": date(2026, 11, 25),
}


def kinds(kind: type[QueueError] = QueueError) -> Iterator[type[QueueError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from kinds(child)


REASONS = {
    "site_closed": ["hours", "by_hand"],
    "service_closed": ["hours", "full"],
    "quota_reached": ["quota_day", "quota_hour"],
    "clock_suspect": [fault.value for fault in Fault],
}


def data_of(kind: type[QueueError]) -> dict[str, object]:
    """The data that the docstring promises."""
    promised = re.findall(r"`([a-z_]+)`", (kind.__doc__ or "").partition("Data:")[2])
    return {name: DATA.get(name, name.upper()) for name in promised}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.code)
def test_every_refusal_has_a_sentence(kind: type[QueueError], language: str) -> None:
    for reason in REASONS.get(kind.code, [""]):
        data = data_of(kind) | ({"reason": reason} if reason else {})
        sentence = explain(kind(**data), Words(language), WITA)
        assert sentence[0].isupper() or sentence.startswith("DK 001")
        assert sentence.endswith((".", "?"))
        assert not re.search(r"[{}]|error\.|common\.|datetime", sentence)


def test_the_names_of_the_program_become_the_words_of_people() -> None:
    busy = errors.CounterBusy(counter="3", label="DK 001", status="called")
    assert (
        explain(busy, Words("id"), WITA)
        == "DK 001 masih di loket 3 (dipanggil). Selesaikan dulu sebelum lanjut."
    )


def test_a_locked_name_says_until_when_in_the_sites_time() -> None:
    locked = errors.NotAllowed(reason="locked", until=MOMENT)
    assert "09.41" in explain(locked, Words("id"), WITA)


def test_a_wrong_pin_and_a_missing_role_are_told_apart() -> None:
    wrong = explain(errors.NotAllowed(reason="sign_in"), Words("id"), WITA)
    role = explain(errors.NotAllowed(reason="role", needs="counter"), Words("id"), WITA)
    assert wrong == "Nama atau PIN salah."
    assert "petugas loket" in role


def test_the_nearest_name_is_offered_only_when_there_is_one() -> None:
    near = explain(errors.UnknownService(service="DK.kpt", nearest="DK.ktp"), Words("en"), WITA)
    none = explain(errors.UnknownService(service="zzz", nearest=""), Words("en"), WITA)
    assert near.endswith("Did you mean DK.ktp?")
    assert none == "There is no service zzz."


def test_a_store_that_was_never_made_says_so() -> None:
    assert "belum dibuat" in explain(errors.StoreUnready(found="", needed="0001"), Words("id"), WITA)
