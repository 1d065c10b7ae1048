"""Words become something that a printer of code page 437 prints, and nothing that it obeys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.text import printable, wrap


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("KTP\x1b@-el\x1dV\x00", "KTP@-elV"),
        ("satu\x7f\x9bdua", "satudua"),
        ("pajak – bumi — dan−bangunan", "pajak - bumi - dan-bangunan"),
        ("“surat” ‘izin’ …", "\"surat\" 'izin' ..."),
        ("café Ñandú Ślązak Łódź", "café Ñandú Slazak Lódz"),
        ("北京 office 東京都", "? office ?"),
        ("halo 👋🏽 dunia ❤️", "halo dunia"),
        ("5 € × 2 • ya", "5 EUR x 2 * ya"),
        ("a\u200bb\u00a0c\td\n\ne", "ab c d e"),
        ("Kenapa?? Ya?", "Kenapa?? Ya?"),
        ("ﬁle ½ ①", "file ½ 1"),
        ("", ""),
    ],
)
def test_words_are_spelled_with_what_the_page_has(text: str, printed: str) -> None:
    assert printable(text) == printed


@given(st.text())
def test_whatever_comes_in_only_printable_bytes_go_out(text: str) -> None:
    out = printable(text).encode("cp437")
    assert not any(byte < 0x20 or byte == 0x7F for byte in out)
    assert printable(printable(text)) == printable(text)


def test_lines_break_between_words_and_come_out_about_equally_long() -> None:
    assert wrap("Perkiraan waktu tunggu: 15-25 menit (dapat berubah)", 48, 2) == (
        "Perkiraan waktu tunggu:",
        "15-25 menit (dapat berubah)",
    )


def test_a_word_longer_than_a_line_is_broken() -> None:
    rows = wrap("x" * 70, 32, 3)
    assert "".join(rows) == "x" * 70
    assert max(map(len, rows)) <= 32


def test_what_does_not_fit_is_cut_and_says_so() -> None:
    rows = wrap("kata " * 100, 32, 2)
    assert len(rows) == 2
    assert rows[1].endswith("...")


@given(
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)),
    st.integers(4, 48),
    st.integers(1, 4),
)
def test_no_line_is_too_long_and_no_word_is_lost_while_there_is_room(
    text: str, columns: int, lines: int
) -> None:
    rows = wrap(printable(text), columns, lines)
    assert len(rows) <= lines
    assert all(len(row) <= columns for row in rows)
    if not rows or not rows[-1].endswith("..."):
        assert "".join(rows).replace(" ", "") == printable(text).replace(" ", "")
