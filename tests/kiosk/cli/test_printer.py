"""The printer by command: what it can prove, how its paper looks, how much of it is left."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PIL import Image

from kiosk.commands import probing
from kiosk.wiring import connect_for
from printers import ruler
from tests.printers.emulator import Printer, Tcp
from tests.support.commands import CONFIG, Kiosk
from tests.support.terminal import Terminal

NETWORK = '[printer]\ndevice = "network"\nhost = "127.0.0.1"\nport = {port}\n'


def test_check_writes_down_what_the_printer_can_prove_and_the_next_slip_is_proved(
    ready: Kiosk, folder: Path
) -> None:
    with Tcp(Printer()) as tcp:
        (folder / "config.toml").write_text(CONFIG + NETWORK.format(port=tcp.port), encoding="utf-8")
        said = ready("printer", "check")
        assert "membuktikan setiap tiket" in said.out
        assert "--width 48 --qr yes (atau no)" in said.out
        kept = json.loads((folder / "var" / "printer-K1.proofs.json").read_text(encoding="utf-8"))
        able = {"status", "process_id", "cut_counter", "clear", "graphics", "cutter"}
        assert {name for name, value in kept.items() if value is True} == able
        assert len(tcp.printer.slips) == 2
        assert ready("issue", "DK.ktp").err == "Tiket tercetak.\n"
        assert "DK 001" in tcp.printer.slips[2].text
        assert tcp.printer.faults == []


@pytest.mark.parametrize(
    ("lacks", "promise"),
    [
        (["cut_counter"], "pengunjung ditanya"),
        (["process_id", "cut_counter", "clears"], "tidak membuktikan"),
        (["status", "sensor", "process_id", "cut_counter", "clears"], "tidak memberi jawaban"),
    ],
)
def test_check_promises_no_more_than_the_printer_can(
    kiosk: Kiosk, folder: Path, lacks: list[str], promise: str
) -> None:
    with Tcp(Printer(**dict.fromkeys(lacks, False))) as tcp:  # type: ignore[arg-type]
        (folder / "config.toml").write_text(CONFIG + NETWORK.format(port=tcp.port), encoding="utf-8")
        assert promise in kiosk("printer", "check", "--no-paper").out


def test_check_says_why_it_cannot(kiosk: Kiosk, folder: Path) -> None:
    with Tcp(Printer()) as tcp:
        port = tcp.port
    (folder / "config.toml").write_text(CONFIG + NETWORK.format(port=port), encoding="utf-8")
    said = kiosk("printer", "check")
    told = f"Printer tidak dapat diperiksa: Printer tidak terhubung. Perangkat: network 127.0.0.1:{port} ("
    assert (said.code, said.err[: len(told)]) == (1, told)


def test_what_a_computer_lacks_for_a_printer_is_said_in_the_persons_language(
    kiosk: Kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (folder / "config.toml").write_text(
        CONFIG + '[printer]\ndevice = "cups"\nqueue = "Q"\n', encoding="utf-8"
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    kiosk("init")
    assert "Antrean CUPS memerlukan perintah lp" in kiosk("printer", "check").err
    assert "Komputer ini belum siap" in kiosk("check").out


def test_an_address_too_long_for_an_easy_code_is_told_with_how_much_to_spare(
    kiosk: Kiosk, folder: Path
) -> None:
    def told(host: str) -> list[str]:
        web = f'[web]\npublic_url = "https://{host}"\n'
        (folder / "config.toml").write_text(CONFIG + web, encoding="utf-8")
        return [line["detail"] for line in kiosk("check", "--json").lines if line["check"] == "address"]

    assert told("antre.example.go.id") == []
    assert "public_url" in told("a" * 60 + ".example.go.id")[0]
    assert "public_url" in kiosk("printer", "preview").err


def test_what_only_eyes_can_see_is_told_by_options_and_the_spool_obeys(ready: Kiosk, folder: Path) -> None:
    with Tcp(Printer(cut_counter=False)) as tcp:
        (folder / "config.toml").write_text(CONFIG + NETWORK.format(port=tcp.port), encoding="utf-8")
        told = ("--width", "42", "--qr", "no", "--cut", "no", "--sensor", "no")
        said = ready("printer", "check", *told, "--json").json
        assert (said["promise"], said["columns"], said["dots"], said["paper"]) == ("printed", 42, 504, 80)
        assert (said["native_qr"], said["cutter"], said["near_end"]) == (False, False, False)
        again = ready("printer", "check", "--no-paper").out
        assert "Kertas 80 mm: 42 kolom, 504 titik." in again, "what was seen once is not forgotten"
        assert "Tidak ada pemotong kertas" in again
        cuts = tcp.printer.cuts
        ready("issue", "DK.ktp")
        assert tcp.printer.cuts == cuts
        slip = tcp.printer._reader.slip  # it hangs there, to be torn off
        assert max(mark.width for mark in slip.marks) <= 504
        assert {mark.kind for mark in slip.marks} == {"text", "raster"}


def test_a_printer_that_can_keeps_the_logo_and_prints_it_from_its_memory(ready: Kiosk, folder: Path) -> None:
    Image.new("1", (200, 80)).save(folder / "logo.png")
    with Tcp(Printer()) as tcp:
        slip = '[slip]\nlogo = "logo.png"\n'
        (folder / "config.toml").write_text(CONFIG + slip + NETWORK.format(port=tcp.port), encoding="utf-8")
        ready("issue", "DK.ktp")  # not checked yet: sent with the slip
        assert "Logo disimpan di dalam printer." in ready("printer", "check").out
        ready("issue", "DK.ktp")
        ready("issue", "DK.ktp")
        first, *_, second, third = tcp.printer.slips
        marks = [[mark.kind for mark in slip.marks if mark.kind != "text"] for slip in (first, second, third)]
        assert marks == [["raster", "code"], ["stored", "code"], ["stored", "code"]]
        assert tcp.printer.writes == 1
        assert tcp.printer.faults == []


def test_at_a_terminal_the_person_is_asked_and_enter_means_not_known(ready: Kiosk, folder: Path) -> None:
    with Tcp(Printer()) as tcp:
        (folder / "config.toml").write_text(CONFIG + NETWORK.format(port=tcp.port), encoding="utf-8")
        with Terminal([sys.executable, "-m", "kiosk", "printer", "check"], cwd=folder) as terminal:
            terminal.wait_for("Angka tertinggi")
            terminal.process.send("900\r")
            terminal.wait_for("Angka dari 24 sampai 64")
            terminal.process.send("48\r")
            terminal.wait_for("di bawah angka 1?")
            terminal.process.send("ya\r")
            terminal.wait_for("sensor kertas hampir habis?")
            terminal.process.send("\r")
            terminal.wait_for("Kode QR digambar oleh printer.")
            terminal.wait_until(lambda _: not terminal.process.isalive(), "the end")
    kept = json.loads((folder / "var" / "printer-K1.proofs.json").read_text(encoding="utf-8"))
    assert (kept["columns"], kept["native_qr"], kept["cutter"], kept["near_end"]) == (48, True, True, None)
    assert tcp.printer.faults == []


def test_the_widths_that_may_be_told_are_those_of_the_ruler() -> None:
    assert (probing.NARROWEST, probing.WIDEST) == (ruler.NARROWEST, ruler.WIDEST)
    assert set(ruler.WIDTHS) <= set(range(probing.NARROWEST, probing.WIDEST + 1))


def test_preview_draws_a_sample_as_the_template_says(kiosk: Kiosk, folder: Path) -> None:
    template = '[slip]\nlines = ["label", "note"]\nnote = { id = "Wi-Fi gratis" }\n'
    (folder / "config.toml").write_text(CONFIG + template, encoding="utf-8")
    said = kiosk("printer", "preview", "--json").json
    assert [line.strip() for line in str(said["text"]).splitlines() if line.strip()] == [
        "DK 042",
        "Wi-Fi gratis",
    ]
    assert Path(str(said["picture"])).is_file()


def test_a_template_without_a_number_is_refused_in_words(kiosk: Kiosk, folder: Path) -> None:
    (folder / "config.toml").write_text(CONFIG + '[slip]\nlines = ["qr"]\n', encoding="utf-8")
    said = kiosk("printer", "preview")
    assert said.code == 2
    assert '"label" exactly once' in said.err


def test_a_new_roll_is_counted_down_by_what_is_printed_and_the_store_says_the_same(
    ready: Kiosk, folder: Path
) -> None:
    assert ready("printer", "roll", "--json").json["left_mm"] is None
    assert "80,0 m" in ready("printer", "roll", "--length", "80m").out
    ready("issue", "DK.ktp")
    told = ready("printer", "roll", "--json").json
    assert 100 < told["used_mm"] < 140
    assert told["left_mm"] == pytest.approx(80_000 - told["used_mm"])
    assert (told["slips_left"], told["ends_at"], told["low"]) == (told["left_mm"] // 125, None, False)
    backend = connect_for(folder / "config.toml", None, spool=False)()
    (printer,) = backend.lobby.printers()
    assert printer.paper_left_mm == round(told["left_mm"])
    assert [event.kind for event in backend.lobby.events_after(0)].count("paper_changed") == 1
    backend.close()


@pytest.mark.parametrize(
    ("length", "millimetres"), [("80m", 80_000), ("8000 cm", 80_000), ("30", 30_000), ("0,5m", 500)]
)
def test_a_length_is_read_as_people_write_it(kiosk: Kiosk, length: str, millimetres: float) -> None:
    assert kiosk("printer", "roll", "--length", length, "--json").json["left_mm"] == millimetres


@pytest.mark.parametrize("length", ["long", "0m", "0,0"])
def test_a_length_that_is_none_is_refused(kiosk: Kiosk, length: str) -> None:
    assert kiosk("printer", "roll", "--length", length).code == 2


def test_find_lists_what_is_attached(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = kiosk("printer", "find")
    assert said.code == 0
    assert said.out


def test_check_tells_how_much_paper_is_left(ready: Kiosk) -> None:
    assert "paper" not in {line["check"] for line in ready("check", "--json").lines}
    ready("printer", "roll", "--length", "80m")
    ready("issue", "DK.ktp")
    (paper,) = [line for line in ready("check", "--json").lines if line["check"] == "paper"]
    assert (paper["ok"], paper["detail"]) == (True, "Sisa kertas printer K1 ±80 m.")


def test_check_says_when_nobody_could_warn_of_the_papers_end(ready: Kiosk, folder: Path) -> None:
    def paper() -> list[str]:
        return [line["detail"] for line in ready("check", "--json").lines if line["check"] == "paper"]

    with Tcp(Printer()) as tcp:
        (folder / "config.toml").write_text(CONFIG + NETWORK.format(port=tcp.port), encoding="utf-8")
        assert "kiosk printer roll --length 80m" in paper()[0]
        ready("printer", "check", "--no-paper", "--sensor", "yes")
        assert paper() == []
        tcp.printer.near_end = True
        ready("issue", "DK.ktp")
        (told,) = paper()
        assert told == "Sisa kertas printer K1 ±2 m."


def test_a_model_that_has_a_sensor_warns_without_being_checked(ready: Kiosk, folder: Path) -> None:
    with Tcp(Printer()) as tcp:
        printer = NETWORK.format(port=tcp.port) + 'model = "epson-203dpi"\n'
        (folder / "config.toml").write_text(CONFIG + printer, encoding="utf-8")
        assert "paper" not in {line["check"] for line in ready("check", "--json").lines}


def test_preview_draws_on_another_paper_if_asked(ready: Kiosk) -> None:
    widths = []
    for paper in ("80", "58"):
        with Image.open(ready("printer", "preview", "--paper", paper, "--json").json["picture"]) as picture:
            widths.append(picture.width)
    assert widths[0] > widths[1]
    refused = ready("printer", "preview", "--paper", "70")
    assert (refused.code, refused.err) == (2, "Lebar kertas 70 tidak dikenal; pilih 80 atau 58.\n")


def test_who_finds_a_slip_in_doubt_can_settle_it_or_have_its_copy_printed(ready: Kiosk, folder: Path) -> None:
    assert ready("printer", "asking").out == "Tidak ada tiket yang menunggu.\n"
    backend = connect_for(folder / "config.toml", None, spool=False)()
    for number in range(2):
        job = backend.lobby.issue("DK.ktp", request_id=f"r{number}", printer="K1").job
        assert job
        backend.lobby.journal.settle(job, "asking")
    listed = ready("printer", "asking").out
    assert "kiosk printer answer DK001 yes|no" in listed
    assert [slip["label"] for slip in ready("printer", "asking", "--json").lines] == ["DK 001", "DK 002"]
    assert ready("printer", "answer", "dk1", "yes").out == "Tiket DK 001 dicatat sudah keluar.\n"
    again = ready("printer", "answer", "DK001", "yes")
    assert (again.code, "kiosk printer asking" in again.err) == (1, True)
    said = ready("printer", "answer", "DK002", "no")
    assert said.out == "DK 002 dicetak ulang sebagai salinan 2.\n"
    assert "CETAK ULANG 2" in (folder / "var" / "paper" / "001.txt").read_text(encoding="utf-8")
    assert ready("printer", "asking", "--json").lines == []
    assert {job.state for job in backend.lobby.print_jobs()} == {"printed", "void"}
    backend.close()
