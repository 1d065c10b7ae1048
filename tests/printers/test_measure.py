"""How much paper bytes take."""

from __future__ import annotations

import pytest

from printers.encode import QrMode, encode
from printers.errors import UnknownCommand
from printers.layout import layout, length
from printers.measure import millimetres
from printers.papers import MODELS, PAPERS, Paper, paper_for
from printers.preview import preview
from printers.slip import Slip
from tests.printers.samples import ALL, ORDINARY

QR = pytest.mark.parametrize("qr", ["native", "raster"])
PAPER = pytest.mark.parametrize(
    "paper",
    [paper for model in MODELS.values() for paper in model.papers.values()],
    ids=[f"{name}-{width}" for name, model in MODELS.items() for width in model.papers],
)


@PAPER
@QR
@pytest.mark.parametrize("slip", ALL.values(), ids=list(ALL))
def test_bytes_take_as_much_paper_as_the_picture_is_long(paper: Paper, qr: QrMode, slip: Slip) -> None:
    stream = encode(layout(slip, paper), paper, qr)
    (sheet,) = preview(stream, paper)
    extra = 0 if paper.cutter else -112
    assert millimetres(stream, paper) * paper.dots_per_mm == pytest.approx(sheet.picture.height + extra)


@pytest.mark.parametrize("slip", ALL.values(), ids=list(ALL))
def test_the_layout_knows_the_length_before_the_bytes_exist(slip: Slip) -> None:
    lines = layout(slip, PAPERS[80])
    assert length(lines, PAPERS[80]) == pytest.approx(millimetres(encode(lines, PAPERS[80]), PAPERS[80]))


def test_two_slips_take_twice_as_much() -> None:
    stream = encode(layout(ORDINARY, PAPERS[58]), PAPERS[58])
    assert millimetres(stream * 2, PAPERS[58]) == pytest.approx(2 * millimetres(stream, PAPERS[58]))


def test_bytes_that_are_not_ours_are_not_guessed_at() -> None:
    with pytest.raises(UnknownCommand):
        millimetres(b"\x1bp\x00\x01\x01", PAPERS[80])


@pytest.mark.parametrize("name", MODELS)
def test_a_paper_of_the_table_holds_its_columns(name: str) -> None:
    for width in (80, 58):
        paper = paper_for(name, width)
        assert paper.columns * 12 <= paper.dots < (paper.columns + 1) * 12
        assert paper.dots < paper.millimetres * paper.dots_per_mm


def test_without_a_knife_the_slip_is_fed_out_and_not_cut() -> None:
    paper = paper_for("generic-no-cutter", 58)
    stream = encode(layout(ORDINARY, paper), paper)
    assert stream.endswith(b"\x1bd\x04")
    assert b"\x1dV" not in stream
