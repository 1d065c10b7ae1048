"""Ids sort by time; tokens are long and fit the QR code's compact mode."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from queue_core.ids import id_maker, new_token

moments = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


@given(
    moments, st.integers(1, 10**9), st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10)
)
def test_ids_sort_by_the_moment_they_were_made(
    at: datetime, later: int, noise: bytes, other_noise: bytes
) -> None:
    first = id_maker(lambda _: noise)(at)
    then = id_maker(lambda _: other_noise)(at + timedelta(milliseconds=later))
    assert first < then


@given(moments, st.binary(min_size=10, max_size=10))
def test_an_id_is_a_uuid_of_version_seven(at: datetime, noise: bytes) -> None:
    made = id_maker(lambda _: noise)(at)
    read = UUID(hex=made)
    assert re.fullmatch(r"[0-9a-f]{32}", made)
    assert (read.version, read.variant) == (7, "specified in RFC 4122")
    assert int(made[:12], 16) == int(at.timestamp() * 1000)


def test_all_the_noise_is_used() -> None:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    low, high = id_maker(lambda n: bytes(n))(at), id_maker(lambda n: b"\xff" * n)(at)
    assert (int(low, 16) ^ int(high, 16)).bit_count() == 74


def test_ids_of_one_moment_differ() -> None:
    new_id = id_maker(secrets.token_bytes)
    at = datetime(2026, 11, 24, tzinfo=UTC)
    assert len({new_id(at) for _ in range(1000)}) == 1000


@given(st.binary(min_size=16, max_size=16))
def test_a_token_holds_all_of_its_128_bits(noise: bytes) -> None:
    token = new_token(lambda _: noise)
    assert re.fullmatch(r"[A-Z2-7]{26}", token)
    value = 0
    for character in token:
        value = value * 32 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".index(character)
    assert value.to_bytes(17)[-16:] == noise
