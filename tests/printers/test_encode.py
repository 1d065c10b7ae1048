"""Lines become bytes: read back by a decoder that shares nothing with the product."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import replace

import pytest

from printers.encode import QrMode, encode
from printers.layout import Code, Words, layout
from printers.papers import PAPERS, Paper
from printers.slip import Slip
from printers.text import printable
from tests.printers.samples import ALL, COPY, JOURNEY, ORDINARY
from tests.printers.strict import read_slips, tokens

BOTH = pytest.mark.parametrize("paper", PAPERS.values(), ids=["80mm", "58mm"])
QR = pytest.mark.parametrize("qr", ["native", "raster"])
SLIPS = pytest.mark.parametrize("slip", ALL.values(), ids=list(ALL))
NASTY = [
    "\x1b@\x1dV\x00\x10\x04\x01", "–—“” €", "中文服务", "👩‍👩‍👧 keluarga", "x" * 300, "kata " * 60, "\x00\x7f\n\r\t", "é ñ Å Ž",
]  # fmt: skip


@BOTH
@QR
@SLIPS
def test_a_strict_reader_finds_every_word_and_no_fault(paper: Paper, qr: QrMode, slip: Slip) -> None:
    lines = layout(slip, paper)
    (found,) = read_slips(encode(lines, paper, qr), paper.dots)
    assert found.text == [line.text for line in lines if isinstance(line, Words)]
    assert found.codes == ([slip.qr] if qr == "native" else [])
    label = found.find(slip.label)
    assert label.style[0] >= 3


@BOTH
@QR
@pytest.mark.parametrize("name", NASTY)
def test_nasty_names_inject_nothing_and_stay_inside(paper: Paper, qr: QrMode, name: str) -> None:
    slip = replace(ORDINARY, site=name, agency=name, service=name, ahead=name, legs=(name,), footer=(name,))
    stream = encode(layout(slip, paper), paper, qr)
    (found,) = read_slips(stream, paper.dots)
    assert [token.name for token in tokens(stream)].count("ESC @") == 1
    assert [token.name for token in tokens(stream)].count("GS V") == 1
    assert ORDINARY.label in found.text


@BOTH
@SLIPS
def test_native_slips_take_few_bytes_beyond_words_and_address(paper: Paper, slip: Slip) -> None:
    lines = layout(slip, paper)
    said = sum(len(line.text) for line in lines if isinstance(line, Words))
    address = sum(len(line.payload) for line in lines if isinstance(line, Code))
    assert len(encode(lines, paper)) - said - address < 200


@BOTH
def test_a_raster_code_is_never_padded_to_the_paper(paper: Paper) -> None:
    stream = encode(layout(ORDINARY, paper), paper, "raster")
    (picture,) = [token for token in tokens(stream) if token.name == "GS v 0"]
    across, down = int.from_bytes(picture.data[:2], "little"), int.from_bytes(picture.data[2:4], "little")
    assert down == 29 * 6 or down == 33 * 6
    assert across == (down + 7) // 8


def test_the_same_slip_gives_the_same_bytes_whatever_was_composed_before() -> None:
    first = encode(layout(ORDINARY, PAPERS[80]), PAPERS[80])
    encode(layout(replace(COPY, site="Ñandú"), PAPERS[80]), PAPERS[80])
    assert encode(layout(ORDINARY, PAPERS[80]), PAPERS[80]) == first


def test_initialising_comes_first_and_the_cut_last() -> None:
    names = [token.name for token in tokens(encode(layout(JOURNEY, PAPERS[58]), PAPERS[58]))]
    assert names[0] == "ESC @"
    assert names[-1] == "GS V"
    assert encode(layout(ORDINARY, PAPERS[80]), PAPERS[80]).endswith(b"\x1dVB\x00")


def test_accents_arrive_in_code_page_437() -> None:
    slip = replace(ORDINARY, service="Café Ñ")
    stream = encode(layout(slip, PAPERS[80]), PAPERS[80])
    assert b"Caf\x82 \xa5" in stream
    assert b"\x1bt\x00" in stream
    assert printable("Café Ñ") in read_slips(stream, 576)[0].text


def test_importing_python_escpos_leaves_no_log_handler_no_output_and_no_folder() -> None:
    code = (
        "import logging, tempfile, pathlib, sys\n"
        "from printers.encode import warm_up\n"
        "warm_up()\n"
        "assert 'escpos' in sys.modules\n"
        "print(len(logging.getLogger().handlers))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("0", "")


def test_no_folder_is_left_behind_by_python_escpos(tmp_path: object) -> None:
    code = "from printers.encode import warm_up; warm_up()"
    subprocess.run([sys.executable, "-c", code], env={"TMPDIR": str(tmp_path)}, check=True, timeout=60)
    assert not list(__import__("pathlib").Path(str(tmp_path)).iterdir())


def test_composing_tells_the_root_logger_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        encode(layout(ORDINARY, PAPERS[80]), PAPERS[80], "raster")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
