"""What may be written about a visit, and what looks too much like somebody's number."""

from __future__ import annotations

import pytest

from queue_core.errors import PersonalData
from queue_core.remarks import LONGEST, clean


@pytest.mark.parametrize(
    "text",
    ["", "Kurang fotokopi KK", "Berkas 12 lembar, 24-11-2026", "Rp 1.250.000, meterai 10.000", "SK 821.2/45"],
)
def test_remarks_about_papers_are_kept(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "NIK 5371012304890001",
        "53.71.01 230489 0001",
        "telp 0812-3456-7890",
        "(0380) 831 234 5",
        "NPWP 09.254.294.3-407.000",
    ],
)
def test_what_looks_like_an_identity_or_telephone_number_is_refused(text: str) -> None:
    with pytest.raises(PersonalData):
        clean(text)


def test_a_remark_is_one_short_line() -> None:
    assert clean("  dua \n baris ") == "dua baris"
    with pytest.raises(ValueError, match=str(LONGEST + 1)):
        clean("x" * (LONGEST + 1))
