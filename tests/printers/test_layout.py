"""What the paper looks like, as lines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from printers.errors import CannotCompose
from printers.layout import (
    LONGEST,
    LONGEST_ON_NARROW,
    LONGEST_WITH_LEGS,
    Code,
    Words,
    layout,
    length,
    modules,
)
from printers.papers import MODELS, PAPERS, Paper
from printers.slip import Slip
from printers.template import PLAIN, Logo, Template, halved
from tests.printers.samples import ALL, COPY, JOURNEY, LONG_URL, NEEDS, ORDINARY, PRIORITY, URL, WITH_LOGO

BOTH = pytest.mark.parametrize("paper", PAPERS.values(), ids=["80mm", "58mm"])
NARROW, WIDE = PAPERS[58], PAPERS[80]
COARSE = MODELS["epson-180dpi"].papers[80]


def words(slip: Slip, paper: Paper) -> list[Words]:
    return [line for line in layout(slip, paper) if isinstance(line, Words)]


@BOTH
@pytest.mark.parametrize("label", ["A 1", "DK 042", "DK K2-003", "PTSP 123", "ABCD K12-0123"])
def test_the_label_is_the_largest_thing_and_stands_on_one_line(paper: Paper, label: str) -> None:
    lines = words(replace(ORDINARY, label=label), paper)
    (found,) = [line for line in lines if line.text == label]
    others = [line.wide * line.tall for line in lines if line.text != label]
    assert found.wide * found.tall > max(others)
    assert len(label) * found.wide <= paper.columns


@BOTH
def test_the_label_fills_more_than_two_thirds_of_the_paper(paper: Paper) -> None:
    found = next(line for line in words(ORDINARY, paper) if line.text == ORDINARY.label)
    assert len(found.text) * found.wide > paper.columns * 2 // 3


@BOTH
def test_every_text_of_the_slip_is_on_the_paper(paper: Paper) -> None:
    said = " ".join(line.text.strip() for line in words(COPY, paper))
    texts = (COPY.site, COPY.motto, COPY.heading, COPY.label, COPY.agency, COPY.service, COPY.priority)
    for text in (*texts, COPY.ahead, COPY.wait, COPY.qr_hint, COPY.issued, COPY.copy, *COPY.footer):
        assert text in said


@BOTH
def test_an_empty_text_leaves_no_line(paper: Paper) -> None:
    empty = replace(ORDINARY, motto="", wait="", ahead="", qr="", qr_hint="", footer=("",))
    assert all(line.text for line in words(empty, paper))
    assert not any(isinstance(line, Code) for line in layout(empty, paper))


@BOTH
def test_priority_and_copy_stand_out_in_white_on_black(paper: Paper) -> None:
    marks = {line.text.strip() for line in words(COPY, paper) if line.reverse}
    assert marks == {"PRIORITAS", "CETAK ULANG 2"}


@BOTH
def test_a_journey_shows_its_steps_in_order(paper: Paper) -> None:
    said = " ".join(line.text for line in words(JOURNEY, paper))
    assert said.index("1. Badan") < said.index("2. Bank NTT") < said.index("3. Badan Pertanahan")


@BOTH
@pytest.mark.parametrize("name", ALL)
def test_a_slip_is_no_longer_than_promised(paper: Paper, name: str) -> None:
    limit = LONGEST_WITH_LEGS if ALL[name].legs or ALL[name].requirements else LONGEST
    if paper is WIDE or name not in {"copy", "whole"}:  # narrow paper breaks more lines
        assert length(layout(ALL[name], paper), paper) <= limit


@pytest.mark.parametrize("paper", [WIDE, COARSE], ids=["203dpi", "180dpi"])
@pytest.mark.parametrize("qr", [URL, LONG_URL], ids=["short", "long"])
@pytest.mark.parametrize("template", [PLAIN, WITH_LOGO], ids=["plain", "logo"])
@pytest.mark.parametrize("name", ALL)
def test_a_large_logo_a_long_address_and_coarse_dots_keep_the_promise_on_wide_paper(
    paper: Paper, qr: str, template: Template, name: str
) -> None:
    slip = replace(ALL[name], qr=qr)
    limit = LONGEST_WITH_LEGS if slip.legs or slip.requirements else LONGEST
    if (paper, qr, template, name) == (COARSE, LONG_URL, WITH_LOGO, "copy"):
        limit = 132  # as docs/printers.md says
    assert length(layout(slip, paper, template), paper) <= limit


def test_a_halved_logo_keeps_its_picture() -> None:
    wide = Logo(20, 4, bytes((0xFF, 0x00, 0xF0)) * 2 + bytes(6))
    assert halved(wide) == Logo(10, 2, bytes((0xF0, 0xC0, 0, 0)))


@BOTH
def test_second_lines_of_an_entry_stand_below_the_first_ones_words(paper: Paper) -> None:
    lines = words(NEEDS, paper)
    at = next(place for place, line in enumerate(lines) if line.text.startswith("- KTP"))
    assert lines[at - 1].bold
    assert not lines[at].bold
    assert lines[at + 1].text.index(lines[at + 1].text.strip()) == lines[at].text.index("KTP") == 2


@BOTH
@pytest.mark.parametrize("count", [1, 8, 40])
def test_requirements_without_room_give_way_to_the_words_that_say_so(paper: Paper, count: int) -> None:
    needs = tuple(f"- Berkas nomor {number} yang perlu dibawa, dengan fotokopinya" for number in range(count))
    slip = replace(JOURNEY, requirements=("Siapkan:", *needs), more="Selebihnya tanyakan kepada petugas.")
    said = " ".join(line.text.strip() for line in words(slip, paper))
    assert length(layout(slip, paper), paper) <= (LONGEST_WITH_LEGS if paper is WIDE else LONGEST_ON_NARROW)
    assert (slip.more in said) == (f"nomor {count - 1} " not in said)
    assert "Siapkan: - Berkas nomor 0 yang perlu" in said


def test_a_slip_with_room_is_not_set_closer() -> None:
    small = replace(ORDINARY, footer=())
    large = words(small, WIDE)
    assert max(line.tall for line in large) == 8


@BOTH
def test_a_qr_code_keeps_four_white_modules_above_and_below(paper: Paper) -> None:
    lines = layout(PRIORITY, paper)
    at = next(place for place, line in enumerate(lines) if isinstance(line, Code))
    code = lines[at]
    assert isinstance(code, Code)
    for neighbour in (lines[at - 1], lines[at + 1]):
        assert getattr(neighbour, "dots", 0) >= 4 * code.dots


@BOTH
def test_a_qr_code_has_six_dots_a_module_and_never_fewer_than_four(paper: Paper) -> None:
    def dots(payload: str) -> int:
        return next(
            line.dots for line in layout(replace(ORDINARY, qr=payload), paper) if isinstance(line, Code)
        )

    assert dots(ORDINARY.qr) == 6
    assert 4 <= dots("x" * 213) <= 6


@pytest.mark.parametrize("alphabet", ["HTTPS:/0", "abc"])
@pytest.mark.parametrize("size", [1, 14, 15, 20, 21, 38, 39, 42, 43, 61, 62, 84, 85, 122, 123, 213])
def test_the_width_of_a_qr_code_is_known_without_drawing_it(alphabet: str, size: int) -> None:
    payload = (alphabet * 213)[:size]
    code = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(payload, optimize=0)
    code.make()
    assert modules(payload) == code.modules_count


@BOTH
def test_what_cannot_fit_is_refused_in_words(paper: Paper) -> None:
    with pytest.raises(CannotCompose, match="label"):
        layout(replace(ORDINARY, label="X" * 60), paper)
    with pytest.raises(CannotCompose, match="label"):
        layout(replace(ORDINARY, label="\x1b"), paper)
    with pytest.raises(CannotCompose, match="QR"):
        layout(replace(ORDINARY, qr="x" * 400), paper)


anything = st.text(max_size=300)


@given(
    site=anything, heading=anything, agency=anything, service=anything, ahead=anything, wait=anything,
    priority=anything, copy=anything, legs=st.lists(anything, max_size=6), issued=anything,
    paper=st.sampled_from(sorted(PAPERS)),
)  # fmt: skip
def test_no_line_is_ever_wider_than_the_paper(
    site: str, heading: str, agency: str, service: str, ahead: str, wait: str, priority: str, copy: str,
    legs: list[str], issued: str, paper: int,
) -> None:  # fmt: skip
    slip = replace(
        ORDINARY, site=site, heading=heading, agency=agency, service=service, ahead=ahead, wait=wait,
        priority=priority, copy=copy, legs=tuple(legs), issued=issued,
    )  # fmt: skip
    for line in words(slip, PAPERS[paper]):
        assert len(line.text) * line.wide <= PAPERS[paper].columns
        assert line.text.strip()
        assert all(byte >= 0x20 and byte != 0x7F for byte in line.text.encode("cp437"))
