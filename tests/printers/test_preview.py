"""Without a printer: the same bytes as a picture and as text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from printers.encode import QrMode, encode
from printers.errors import UnknownCommand
from printers.layout import layout
from printers.papers import HEAD_TO_CUTTER, PAPERS, Paper
from printers.preview import preview
from printers.slip import Slip
from tests.printers.samples import ALL, COPY, ORDINARY, URL
from tests.printers.strict import read_slips

BOTH = pytest.mark.parametrize("paper", PAPERS.values(), ids=["80mm", "58mm"])
QR = pytest.mark.parametrize("qr", ["native", "raster"])
SLIPS = pytest.mark.parametrize("slip", ALL.values(), ids=list(ALL))
needs_zbar = pytest.mark.skipif(
    not shutil.which("zbarimg"), reason="zbarimg (package zbar-tools) is not installed"
)


def ink(picture: Image.Image) -> Image.Image:
    """Where it is black."""
    return picture.convert("L").point(lambda value: 255 if value < 128 else 0)


@BOTH
@QR
@SLIPS
@needs_zbar
def test_a_code_reader_reads_the_address_from_the_picture(
    paper: Paper, qr: QrMode, slip: Slip, tmp_path: Path
) -> None:
    (sheet,) = preview(encode(layout(slip, paper), paper, qr), paper)
    sheet.picture.save(tmp_path / "slip.png")
    done = subprocess.run(
        ["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", tmp_path / "slip.png"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == URL


@BOTH
@QR
@SLIPS
def test_the_picture_has_everything_where_a_strict_reader_finds_it(
    paper: Paper, qr: QrMode, slip: Slip
) -> None:
    stream = encode(layout(slip, paper), paper, qr)
    (sheet,), (found,) = preview(stream, paper), read_slips(stream, paper.dots)
    assert sheet.picture.height == HEAD_TO_CUTTER + found.height
    assert sheet.picture.width == paper.millimetres * 8
    black = ink(sheet.picture)
    side = (paper.millimetres * 8 - paper.dots) // 2
    for mark in found.marks:
        left, top = side + mark.left, HEAD_TO_CUTTER + mark.top
        box = (left, top, left + mark.width, top + mark.height)
        assert not mark.text.strip() or black.crop(box).getbbox(), mark
        black.paste(0, box)
    assert black.getbbox() is None, "ink where nothing was printed"


@BOTH
def test_the_text_says_line_by_line_what_the_paper_says(paper: Paper) -> None:
    stream = encode(layout(COPY, paper), paper)
    (sheet,), (found,) = preview(stream, paper), read_slips(stream, paper.dots)
    said = [row.strip() for row in sheet.text.splitlines() if row.strip()]
    assert [row for row in said if not row.startswith("[QR")] == [text.strip() for text in found.text]
    assert sheet.codes == (URL,)


@BOTH
def test_enlarged_characters_are_the_small_ones_dot_by_dot(paper: Paper) -> None:
    (small,) = preview(b"\x1b@DK\n\x1dVB\x00", paper)
    (large,) = preview(b"\x1b@\x1d!\x22DK\n\x1dVB\x00", paper)
    side = (paper.millimetres * 8 - paper.dots) // 2
    cells = ink(small.picture).crop((side, HEAD_TO_CUTTER, side + 24, HEAD_TO_CUTTER + 24))
    tripled = ink(large.picture).crop((side, HEAD_TO_CUTTER, side + 72, HEAD_TO_CUTTER + 72))
    assert ImageChops.difference(cells.resize((72, 72), Image.Resampling.NEAREST), tripled).getbbox() is None


def test_each_cut_is_a_sheet_of_its_own() -> None:
    stream = encode(layout(ORDINARY, PAPERS[80]), PAPERS[80]) + encode(layout(COPY, PAPERS[80]), PAPERS[80])
    assert len(preview(stream, PAPERS[80])) == 2


@pytest.mark.parametrize(
    "stream",
    [
        b"\x1bp\x00\x32\x32",  # a cash drawer
        b"\x1bt\x10",  # another code page
        b"\x1b",
        b"\x1d!",
        b"\x1d!\x88",
        b"\x1d(k\x03\x001A",
        b"\x1dv0\x00\x02\x00\x08\x00abc",
        b"\x1dVA\x00",
        b"\x07",
        b"\x7f",
    ],
)
def test_bytes_that_we_never_emit_are_an_error(stream: bytes) -> None:
    with pytest.raises(UnknownCommand):
        preview(b"\x1b@" + stream, PAPERS[80])


@pytest.mark.parametrize("body", [b"1A1\x00", b"1E3", b"1Z1"])
def test_another_kind_of_code_than_ours_is_an_error(body: bytes) -> None:
    with pytest.raises(UnknownCommand):
        preview(b"\x1d(k" + len(body).to_bytes(2, "little") + body, PAPERS[80])


@needs_zbar
@BOTH
@QR
def test_a_phone_held_askew_reads_it_at_three_pixels_a_millimetre(
    paper: Paper, qr: QrMode, tmp_path: Path
) -> None:
    from PIL import ImageFilter

    (sheet,) = preview(encode(layout(ORDINARY, paper), paper, qr), paper)
    photo = sheet.picture.convert("L").rotate(
        12, expand=True, fillcolor=200, resample=Image.Resampling.BICUBIC
    )
    photo = photo.filter(ImageFilter.GaussianBlur(0.08 * 8))
    photo = photo.resize((photo.width * 3 // 8, photo.height * 3 // 8), Image.Resampling.BOX)
    photo.save(tmp_path / "photo.png")
    done = subprocess.run(
        ["zbarimg", "-q", "--raw", tmp_path / "photo.png"], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == URL
