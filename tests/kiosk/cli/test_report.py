"""The sheet of figures and the trail, as they are asked for by command."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kiosk import wiring
from tests.support.commands import Kiosk
from tests.support.house import Clock

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def worked(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> Kiosk:
    """A Tuesday in November: three at the hall, one of them on a journey of two steps, and one at the market."""
    clock = Clock(datetime(2026, 11, 24, 1, 30, tzinfo=UTC))
    monkeypatch.setattr(wiring, "now", clock)
    for words in (
        ("init",),
        ("issue", "DK.ktp"),
        ("issue", "DK.ktp", "--priority"),
        ("journey", "lengkap"),
        ("issue", "BN.bayar", "--site", "pasar"),
        ("next", "1"),
        ("start", "1"),
        ("complete", "1"),
        ("next", "1"),
        ("no-show", "1"),
    ):
        assert kiosk(*words).code == 0, words
        clock.forward(seconds=1)
    return kiosk


def test_the_figures_of_a_month_for_a_program(worked: Kiosk) -> None:
    said = worked("report", "--month", "2026-11", "--json").json
    assert (said["from"], said["to"]) == ("2026-11-01", "2026-11-24")
    total = said["total"]
    assert (total["visits"], total["tickets"], total["served"], total["no_show"]) == (4, 4, 1, 1)
    assert (total["priority_share"], total["journeys"], total["under_way"]) == (0.25, 1, 2)
    assert (total["wait_median"], total["promise_share"]) == (0, 1.0)
    assert (said["hall"]["visits"], said["outreach"]["visits"]) == (4, 0), "both sites of the file are halls"
    assert {site["site"]: site["total"]["visits"] for site in said["sites"]} == {"aula": 3, "pasar": 1}
    assert said["sites"][0]["hours"].keys() == {"9"}
    assert said["sites"][0]["days"].keys() == {"2026-11-24"}
    assert said["sites"][0]["before"]["from"] == "2026-10-01"


def test_one_agency_is_asked_where_it_sits(worked: Kiosk) -> None:
    said = worked("report", "--week", "2026-W48", "--agency", "dk", "--json").json
    assert [site["site"] for site in said["sites"]] == ["aula"]
    assert said["sites"][0]["agencies"].keys() == {"DK"}
    assert worked("report", "--agency", "ZZ").code == 1
    only = worked("report", "--site", "pasar", "--json").json
    assert [site["site"] for site in only["sites"]] == ["pasar"]


def test_every_file_holds_the_figures_and_says_what_they_mean(worked: Kiosk, folder: Path) -> None:
    for name in ("nov.xlsx", "nov.csv", "nov.html"):
        assert (
            worked("report", "--month", "2026-11", "--out", name, "--lang", "en").out == f"Written: {name}.\n"
        )
    rows = list(csv.reader(io.StringIO((folder / "nov.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["Service report"]
    assert rows[5] == ["Summary"]
    assert [rows[at][:4] for at in (6, 7, 8)] == [
        ["Site", "Visits", "Priority", "Tickets"],
        ["Hall", "3", "0.3333", "3"],
        ["Market", "1", "0", "1"],
    ]
    definition = next(row[1] for row in rows if row and row[0] == "Visit")
    assert definition.startswith("One number given out")
    html = (folder / "nov.html").read_text(encoding="utf-8")
    assert all(
        each in html for each in (definition, "By hour", "09:00–10:00", "DK · Civil Registry", "@page")
    )
    assert "http" not in html, "nothing comes from the network"
    cells = _cells(folder / "nov.xlsx")
    assert all(each in cells for each in (definition, "By agency", "BN · Bank NTT", "DK.ktp · ID card"))


def _cells(path: Path) -> set[str]:
    """The texts of a workbook, and the names of its leaves."""
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        texts = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        leaves = ElementTree.fromstring(book.read("xl/workbook.xml"))
    names = {str(leaf.get("name")) for leaf in leaves.iter(f"{SHEET}sheet")}
    return names | {"".join(text.itertext()) for text in texts.iter(f"{SHEET}si")}


def test_on_the_screen_it_is_a_summary_in_the_sites_language(worked: Kiosk) -> None:
    said = worked("report", "--from", "2026-11-01")
    assert said.code == 0
    assert "Laporan layanan\nAula; Pasar\n1 November 2026 sampai 24 November 2026\n" in said.out
    assert "Menurut instansi" in said.out
    assert "DK · Dinas Dukcapil" in said.out


@pytest.mark.parametrize(
    "words",
    [
        ("--month", "2026-13"),
        ("--week", "2026"),
        ("--from", "2026-11-02", "--to", "2026-11-01"),
        ("--month", "2026-11", "--week", "2026-W47"),
        ("--format", "pdf"),
        ("--out", "sheet.doc"),
    ],
)
def test_what_makes_no_sense_is_answered_with_what_would(ready: Kiosk, words: tuple[str, ...]) -> None:
    said = ready("report", *words)
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_a_file_that_cannot_be_written_is_told(ready: Kiosk) -> None:
    said = ready("report", "--out", "no/such/folder/a.csv")
    assert (said.code, said.err.count("\n")) == (1, 1)


def test_counting_anew_gives_the_same(worked: Kiosk) -> None:
    first = worked("report", "--json").json
    assert worked("report", "--recount", "--json").json == first


def test_the_trail_tells_what_each_machine_did(worked: Kiosk) -> None:
    called = worked("audit", "--kind", "called", "--json").lines
    assert [(line["label"], line["counter"], line["machine"]) for line in called] == [
        ("DK 002", "1", "K1"),
        ("DK 001", "1", "K1"),
    ]
    said = worked("audit", "--ticket", "dk1")
    assert "2026-11-24 09:30:01" in said.out
    assert said.out.splitlines()[-1].split()[3:] == ["K1", "tidak", "hadir", "DK", "001", "1"]
    assert worked("audit", "--day", "2026-11-23", "--json").lines == []
    assert worked("audit", "--kind", "lunch").code == 2
    assert worked("audit", "--day", "yesterday").code == 2
