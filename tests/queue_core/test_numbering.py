"""Numbers and labels in all their spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.numbering import LabelParts, format_label, next_number, normal_label, parse_label


def test_a_series_begins_at_one_and_goes_on_by_one() -> None:
    assert next_number(None) == 1
    assert next_number(1) == 2
    assert next_number(999) == 1000


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        (("DK", 3, ""), "DK 003"),
        (("A", 42, ""), "A 042"),
        (("DK", 1000, ""), "DK 1000"),
        (("DK", 3, "K2"), "DK K2-003"),
    ],
)
def test_labels_as_they_are_printed(parts: tuple[str, int, str], label: str) -> None:
    assert format_label(*parts) == label


@pytest.mark.parametrize(
    "text", ["DK001", "dk-001", "DK 001", "DK 1", "dk1", " DK  001 ", "DK.001", "Dk-1", "DK 001\n"]
)
def test_a_label_in_any_spelling(text: str) -> None:
    assert normal_label(text) == "DK 001"


@pytest.mark.parametrize("text", ["DK K2-003", "dk k2-3", "DK-K2-003", "DKK2-3", "dk k2 3"])
def test_a_label_of_a_kiosk_that_was_cut_off(text: str) -> None:
    assert parse_label(text) == LabelParts("DK", "K2", 3)


@pytest.mark.parametrize(
    "text", ["", "DK", "001", "DK 001 x", "ABCDE 1", "DK 1234567", "DÄ 001", "DK 001;--"]
)
def test_what_is_no_label(text: str) -> None:
    assert parse_label(text) is None
    assert normal_label(text) is None


prefixes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=4)
origins = st.one_of(st.just(""), st.builds("{}{}".format, st.sampled_from("KLM"), st.integers(1, 999)))


@given(prefixes, st.integers(1, 999_999), origins)
def test_every_label_is_read_back_as_it_was_written(prefix: str, number: int, origin: str) -> None:
    label = format_label(prefix, number, origin)
    assert parse_label(label) == LabelParts(prefix, origin, number)
    assert normal_label(label) == label
    assert normal_label(label.lower().replace(" ", "-")) == label
