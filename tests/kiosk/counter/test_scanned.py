"""What is on a slip's QR code leads to its ticket, also after a scanner that changes case or punctuation."""

from __future__ import annotations

import pytest

from kiosk.counter.scanned import token_in, with_prefix

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
