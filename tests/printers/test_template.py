"""Anyone can change the slip: which lines, in which order, how large, with which logo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image, ImageDraw
from pydantic import ValidationError

from printers.encode import encode
from printers.errors import CannotCompose
from printers.layout import LONGEST, LONGEST_WITH_LEGS, Code, Gap, Line, Words, layout, length
from printers.logo import TALLEST, define, load_logo, stored
from printers.measure import millimetres
from printers.papers import PAPERS, Paper
from printers.preview import preview
from printers.settings import Part, SlipSettings, SlipSizes
from printers.template import OPTIONAL, PARTS, SIZES, Logo
from tests.printers.samples import ALL, COPY, ORDINARY
from tests.printers.strict import read_slips, tokens

BOTH = pytest.mark.parametrize("paper", PAPERS.values(), ids=["80mm", "58mm"])
WIDE = PAPERS[80]


def settings(**keys: object) -> SlipSettings:
    return SlipSettings.model_validate(keys)


def said(lines: tuple[Line, ...]) -> list[str]:
    return [line.text.strip() for line in lines if isinstance(line, Words)]


@BOTH
@pytest.mark.parametrize("name", ALL)
def test_the_settings_as_they_come_change_nothing(paper: Paper, name: str) -> None:
    assert layout(ALL[name], paper, settings().template()) == layout(ALL[name], paper)


def test_settings_and_layout_know_the_same_parts_and_sizes() -> None:
    assert set(get_args(Part)) == {*PARTS, *OPTIONAL}
    given = SlipSizes().model_dump()
    assert {name: size for name, size in given.items() if size != "normal"} == dict(SIZES)
    assert set(given) <= {*PARTS, *OPTIONAL}


def test_lines_come_in_the_order_of_the_template_and_others_stay_away() -> None:
    template = settings(lines=["label", "issued", "qr", "service"]).template()
    lines = layout(ORDINARY, WIDE, template)
    assert said(lines) == ["DK 042", ORDINARY.issued, ORDINARY.service]
    assert [type(line) for line in lines] == [Words, Words, Gap, Code, Gap, Words]


def test_a_line_can_be_made_larger() -> None:
    template = settings(lines=["label", "service"], size={"service": "large"}).template()
    line = layout(replace(ORDINARY, service="KTP-el"), WIDE, template)[1]
    assert line == Words("KTP-el", wide=2, tall=2)


def test_the_mark_of_a_copy_cannot_be_left_out() -> None:
    template = settings(lines=["label", "qr"]).template()
    assert said(layout(COPY, WIDE, template))[0] == "CETAK ULANG 2"


def test_the_address_stands_where_the_template_says_and_only_there() -> None:
    slip = replace(ORDINARY, address="Jalan Timor Raya 124, Kota Kupang")
    assert slip.address not in said(layout(slip, WIDE))
    template = settings(lines=["site", "address", "label"]).template()
    assert said(layout(slip, WIDE, template))[1:] == [slip.address, "DK 042"]


def test_an_own_line_and_requirements_are_printed() -> None:
    slip = replace(
        ORDINARY, note="Wi-Fi gratis: MPP", requirements=("Bawa:", "- KTP asli", "- Kartu Keluarga asli")
    )
    text = "\n".join(said(layout(slip, WIDE)))
    assert "Wi-Fi gratis: MPP" in text
    assert "Bawa:\n- KTP asli\n- Kartu Keluarga asli" in text
    assert length(layout(slip, WIDE), WIDE) <= 180


@pytest.mark.parametrize(
    "keys",
    [
        {"lines": ["qr"]},
        {"lines": ["label", "label"]},
        {"lines": ["label", "colour"]},
        {"size": {"service": "huge"}},
        {"size": {"label": "normal"}},
        {"font": "b"},
    ],
)
def test_a_template_that_cannot_be_meant_is_refused(keys: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        settings(**keys)


# --------------------------------------------------------------------------- logo


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    picture = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((20, 20, 380, 180), fill=(10, 10, 60, 255))
    picture.save(tmp_path / "logo.png")
    return tmp_path / "logo.png"


@BOTH
def test_a_logo_fits_the_paper_and_is_black_where_the_picture_is_dark(paper: Paper, drawing: Path) -> None:
    logo = load_logo(drawing, paper)
    assert (logo.width, logo.height) == (2 * TALLEST, TALLEST)
    middle = logo.height // 2 * ((logo.width + 7) // 8) + logo.width // 16
    assert logo.data[middle] == 0xFF
    assert logo.data[0] == 0x00


def test_a_wide_picture_is_made_as_wide_as_the_paper(tmp_path: Path) -> None:
    Image.new("L", (3000, 100), 0).save(tmp_path / "wide.png")
    assert load_logo(tmp_path / "wide.png", WIDE).width == WIDE.dots


def test_a_photograph_is_dithered(tmp_path: Path) -> None:
    Image.new("L", (100, 100), 128).save(tmp_path / "grey.png")
    data = load_logo(tmp_path / "grey.png", WIDE).data
    share = sum(byte.bit_count() for byte in data) / (len(data) * 8)
    assert 0.3 < share < 0.7


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"no")
    for name in ("logo.png", "missing.png"):
        with pytest.raises(CannotCompose, match="logo"):
            load_logo(tmp_path / name, WIDE)


@BOTH
def test_a_logo_is_sent_as_it_is_never_padded_to_the_paper(paper: Paper, drawing: Path) -> None:
    template = settings(logo="logo.png").template(load_logo(drawing, paper))
    lines = layout(ORDINARY, paper, template)
    stream = encode(lines, paper)
    (slip,) = read_slips(stream, paper.dots)
    (mark,) = [mark for mark in slip.marks if mark.kind == "raster"]
    assert (mark.width, mark.height) == (240, 120)
    (sheet,) = preview(stream, paper)
    assert (
        sheet.picture.height / 8
        == pytest.approx(millimetres(stream, paper))
        == pytest.approx(length(lines, paper))
    )


def test_a_slip_with_the_tallest_logo_is_no_longer_than_promised() -> None:
    logo = Logo(WIDE.dots, TALLEST, bytes(WIDE.dots // 8 * TALLEST))
    template = settings(logo="logo.png").template(logo)
    for name, longest in (
        ("ordinary", LONGEST),
        ("journey", LONGEST_WITH_LEGS),
        ("whole", LONGEST_WITH_LEGS),
    ):
        assert length(layout(ALL[name], WIDE, template), WIDE) <= longest


def test_a_stored_logo_takes_a_few_bytes_and_looks_the_same(drawing: Path) -> None:
    logo = load_logo(drawing, WIDE)
    short = encode([stored(logo), Gap()], WIDE)
    assert len(short) < 30
    (kept,) = preview(define(logo) + short, WIDE)
    (sent,) = preview(encode([logo, Gap()], WIDE), WIDE)
    assert kept.picture.tobytes() == sent.picture.tobytes()
    assert [token.name for token in tokens(define(logo))] == ["GS ( L"]


def test_a_logo_that_is_not_stored_prints_nothing_in_its_place() -> None:
    logo = stored(Logo(8, 8, bytes(8)))
    (sheet,) = preview(encode([logo, Gap()], WIDE), WIDE)
    assert f"[{logo.key}]" in sheet.text
