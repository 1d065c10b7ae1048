"""What the printer says, by the patterns of its bits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.status import (
    Kind,
    Replies,
    Reply,
    Trouble,
    from_automatic,
    from_realtime,
    from_sensor,
    is_warning,
    worst,
)


@pytest.mark.parametrize(
    ("question", "byte", "troubles"),
    [
        (1, 0x12, set()),
        (1, 0x16, set()),  # the drawer's pin
        (1, 0x1A, {Trouble.OFFLINE}),
        (2, 0x12, set()),
        (2, 0x16, {Trouble.COVER_OPEN}),
        (2, 0x1A, set()),  # someone holds the feed button
        (2, 0x32, {Trouble.PAPER_OUT}),
        (2, 0x52, {Trouble.ERROR}),
        (2, 0x36, {Trouble.COVER_OPEN, Trouble.PAPER_OUT}),
        (3, 0x16, {Trouble.ERROR}),
        (3, 0x1A, {Trouble.CUTTER_ERROR}),
        (3, 0x32, {Trouble.UNRECOVERABLE}),
        (3, 0x52, {Trouble.OVERHEATED}),
        (4, 0x12, set()),
        (4, 0x1E, {Trouble.PAPER_NEAR_END}),
        (4, 0x72, {Trouble.PAPER_OUT}),
        (4, 0x7E, {Trouble.PAPER_NEAR_END, Trouble.PAPER_OUT}),
    ],
)
def test_real_time_status_is_read_bit_by_bit(question: int, byte: int, troubles: set[Trouble]) -> None:
    assert from_realtime(question, byte) == troubles


@pytest.mark.parametrize(
    ("byte", "troubles"),
    [(0x00, set()), (0x03, {Trouble.PAPER_NEAR_END}), (0x0C, {Trouble.PAPER_OUT}), (0x0F, {Trouble.PAPER_NEAR_END, Trouble.PAPER_OUT})],
)  # fmt: skip
def test_the_paper_sensor_is_read_bit_by_bit(byte: int, troubles: set[Trouble]) -> None:
    assert from_sensor(byte) == troubles


@pytest.mark.parametrize(
    ("data", "troubles"),
    [
        (b"\x10\x00\x00\x00", set()),
        (b"\x38\x00\x0c\x00", {Trouble.OFFLINE, Trouble.COVER_OPEN, Trouble.PAPER_OUT}),
        (b"\x18\x08\x00\x00", {Trouble.OFFLINE, Trouble.CUTTER_ERROR}),
        (
            b"\x18\x60\x03\x00",
            {Trouble.OFFLINE, Trouble.UNRECOVERABLE, Trouble.OVERHEATED, Trouble.PAPER_NEAR_END},
        ),
    ],
)
def test_automatic_status_is_read_bit_by_bit(data: bytes, troubles: set[Trouble]) -> None:
    assert from_automatic(data) == troubles


FRAMES = [
    (b"\x12", Reply(Kind.REALTIME, b"\x12")),
    (b"\x7e", Reply(Kind.REALTIME, b"\x7e")),
    (b"\x00", Reply(Kind.SENSOR, b"\x00")),
    (b"\x0f", Reply(Kind.SENSOR, b"\x0f")),
    (b"\x10\x00\x0c\x0f", Reply(Kind.AUTOMATIC, b"\x10\x00\x0c\x0f")),
    (b"7\x22AB 9\x00", Reply(Kind.PROCESS_ID, b"AB 9")),
    (b"7\x25\x00", Reply(Kind.CLEARED, b"")),
    (b"7\x23@\x00", Reply(Kind.NOTICE, b"@")),
    (b"_1042\x00", Reply(Kind.TEXT, b"1042")),
]


@given(st.lists(st.sampled_from(FRAMES), max_size=12), st.data())
def test_replies_are_told_apart_in_any_order_and_however_they_are_cut(
    frames: list[tuple[bytes, Reply]], data: st.DataObject
) -> None:
    stream = b"".join(raw for raw, _ in frames)
    replies, found = Replies(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        found += replies.feed(stream[:size])
        stream = stream[size:]
    assert found == [reply for _, reply in frames]


@given(st.binary(max_size=400))
def test_noise_never_hangs_or_breaks_the_reader(noise: bytes) -> None:
    replies = Replies()
    replies.feed(noise)
    replies.forget()
    assert replies.feed(b"7\x22ABCD\x00") == [Reply(Kind.PROCESS_ID, b"ABCD")]


def test_people_hear_of_the_cause_first() -> None:
    assert worst({Trouble.OFFLINE, Trouble.PAPER_OUT, Trouble.COVER_OPEN}) is Trouble.COVER_OPEN
    assert worst({Trouble.OFFLINE, Trouble.ERROR, Trouble.CUTTER_ERROR}) is Trouble.CUTTER_ERROR
    assert worst([]) is None


def test_only_low_paper_and_silence_let_the_printer_go_on() -> None:
    assert {trouble for trouble in Trouble if is_warning(trouble)} == {Trouble.PAPER_NEAR_END, Trouble.MUTE}
