"""A screen's process puts what stays for days out of the collector's sight, once it is connected."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import cast

import pytest

from kiosk.commands.calm import THRESHOLDS, calm
from kiosk.shared.backend import Backend


@pytest.fixture
def own_collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("own_collector")
def test_it_connects_and_then_calms_the_collector() -> None:
    backend = cast(Backend, object())
    assert calm(lambda: backend)() is backend
    assert gc.get_threshold() == THRESHOLDS
    assert gc.get_freeze_count() > 0


@pytest.mark.usefixtures("own_collector")
def test_it_looks_once_more_so_that_what_is_out_of_sight_counts_no_longer() -> None:
    looks: list[bool] = []

    def looked(phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == 2:
            looks.append(gc.get_freeze_count() > 0)

    gc.callbacks.append(looked)
    try:
        calm(lambda: cast(Backend, object()))()
    finally:
        gc.callbacks.remove(looked)
    assert looks[-2:] == [False, True], (
        "else Python waits for a quarter of what it cannot see before it looks again"
    )


@pytest.mark.usefixtures("own_collector")
def test_what_failed_to_connect_changes_nothing() -> None:
    before = gc.get_threshold()

    def fails() -> Backend:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        calm(fails)()
    assert gc.get_threshold() == before
