"""What is on a slip's QR code leads to its ticket, also after a scanner that changes case or punctuation."""

from __future__ import annotations

import pytest

from kiosk.counter.scanned import of_kiosk, token_in, with_prefix

TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWX23"


@pytest.mark.parametrize(
    "text",
    [
        f"HTTPS://ANTRE.EXAMPLE/T/{TOKEN}",
        f"https://antre.example/t/{TOKEN.lower()}",
        f"HTTPS>&&ANTRE.EXAMPLE&T&{TOKEN}",
        f" {TOKEN} ",
        f"HTTPS://ANTRE.EXAMPLE/T/{TOKEN}/",
    ],
)
def test_the_token_of_an_address_is_found(text: str) -> None:
    assert token_in(text) == TOKEN


@pytest.mark.parametrize("text", ["DK 001", "dk-001", "DK K2-003", "17", "", f"X{TOKEN}"])
def test_a_label_is_no_address(text: str) -> None:
    assert token_in(text) == ""


def test_a_bare_number_belongs_to_the_counters_agency_when_it_has_just_one() -> None:
    assert with_prefix("17", {"DK"}) == "DK 17"
    assert with_prefix("17", {"DK", "BN"}) == "17"
    assert with_prefix("BN 17", {"DK"}) == "BN 17"


@pytest.mark.parametrize(
    "text",
    [
        f"HTTPS://ANTRE.EXAMPLE/T/{TOKEN}/DK-K2-003",
        f"https://antre.example/t/{TOKEN.lower()}/dk-k2-003",
        f"HTTPS>&&ANTRE.EXAMPLE&T&{TOKEN}&DK/K2/003",
    ],
)
def test_the_slip_of_a_kiosk_that_was_cut_off_holds_the_link_and_whom_to_call(text: str) -> None:
    assert token_in(text) == TOKEN
    assert of_kiosk(text) == "DK K2-003"


def test_an_address_alone_does_not_say_whom_to_call() -> None:
    assert of_kiosk(f"HTTPS://ANTRE.EXAMPLE/T/{TOKEN}") is None
    assert of_kiosk("DK 003") is None
    assert of_kiosk("dk k2 3") == "DK K2-003"
