"""Which PINs nobody may have."""

from __future__ import annotations

import pytest

from queue_core.pin_rules import fault_of


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "12 34", "١٢٣٤", "-123"])
def test_a_pin_is_four_to_eight_digits(pin: str) -> None:
    assert fault_of(pin) == "length"


@pytest.mark.parametrize(
    "pin",
    ["0000", "99999999", "1234", "45678", "7890", "8901", "4321", "3210", "2109", "1212", "4747", "123123"],
)
def test_a_pin_that_is_tried_first_is_none(pin: str) -> None:
    assert fault_of(pin) == "trivial"


@pytest.mark.parametrize("pin", ["2580", "1836", "135790", "4711", "48151623", "1224", "12121"])
def test_others_will_do(pin: str) -> None:
    assert fault_of(pin, "ani", "Ani Bria") is None


def test_a_pin_does_not_stand_in_the_name() -> None:
    assert fault_of("1985", "ani1985", "Ani") == "name"
    assert fault_of("1984", "ani1985", "Ani") is None
