"""What a slip takes: milliseconds to compose, bytes to send, milliseconds from the committed number to the last byte."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.loopback import LoopbackPrinter
from bench.place import prepared_lobby
from bench.store_times import latencies
from bench.table import Row, against, at_most, median, quantile
from kiosk.settings import Settings
from kiosk.shared.place import Place
from kiosk.wiring import House, build_spool, new_request_id, start_spool
from printers.capabilities import Capabilities
from printers.encode import QrMode, encode, warm_up
from printers.layout import Code, Line, Words, layout
from printers.papers import PAPERS
from printers.slip import Slip
from printers.supply import Supply
from queue_core import Lobby

TIMES = 100
ISSUES = 60
PATIENCE = 20.0
MODES: tuple[QrMode, ...] = ("native", "raster")
ABLE = Capabilities(status=True, process_id=True, cut_counter=True, clear=True)
SLIP = Slip(
    site="Mal Pelayanan Publik Kota Kupang",
    motto="Bestie: Beres dan Pasti",
    heading="NOMOR ANTREAN ANDA",
    label="DK 003",
    agency="Dinas Dukcapil",
    service="KTP-el: rekam/cetak",
    priority="PRIORITAS",
    ahead="Orang di depan Anda: 4",
    wait="Perkiraan waktu tunggu: 15-25 menit (dapat berubah)",
    legs=(),
    qr="HTTPS://ANTRE.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    qr_hint="Pindai untuk memantau antrean",
    issued="Selasa, 24 November 2026 09.41 WITA",
    copy="",
    footer=("Terlewat? Silakan lapor ke petugas.", "Simpan karcis ini sampai urusan selesai."),
    requirements=("Siapkan persyaratan berikut:", "- KTP-el lama", "- Fotokopi Kartu Keluarga"),
)


TEXTS = (
    SLIP.site, SLIP.motto, SLIP.heading, SLIP.label, SLIP.priority, SLIP.agency, SLIP.service, SLIP.ahead,
    SLIP.wait, SLIP.qr_hint, SLIP.issued, *SLIP.footer, *SLIP.requirements,
)  # fmt: skip


def slip() -> Iterator[Row]:
    warm_up()
    for mode in MODES:
        floor, floor_bytes = _timed(lambda mode=mode: _bare(mode))  # type: ignore[misc]
        for width in (80, 58):
            paper = PAPERS[width]
            took, sent = _timed(lambda paper=paper, mode=mode: encode(layout(SLIP, paper), paper, mode))  # type: ignore[misc]
            name, bare = f"slip of {width} mm, {mode} QR", f"python-escpos alone, {mode} QR, no layout"
            most, met = ("at most 1 ms", took <= 1) if mode == "native" else ("", None)
            yield Row(f"{name}: compose, median", took, "ms", floor, bare, most, met)
            yield Row(f"{name}: bytes", sent, "B", floor_bytes, "the same")
            if mode == "native":
                beyond = sent - _said(layout(SLIP, paper))
                yield at_most(f"{name}: bytes beyond words and address", beyond, "B", 200)
    yield from _to_paper()


def _said(lines: tuple[Line, ...]) -> int:
    """Bytes of the words and of the address: what no program could leave out."""
    texts = [line.text for line in lines if isinstance(line, Words)]
    return sum(map(len, (*texts, *(line.payload for line in lines if isinstance(line, Code)))))


def _bare(mode: QrMode) -> bytes:
    from escpos.printer import Dummy

    printer = Dummy(profile="TM-T88V")
    for text in TEXTS:
        printer.textln(text)
    printer.qr(SLIP.qr, native=mode == "native", size=6)
    printer.cut()
    return bytes(printer.output)


def _timed(compose: Callable[[], bytes]) -> tuple[float, int]:
    times, data = [], compose()
    for _ in range(TIMES):
        begun = time.perf_counter()
        data = compose()
        times.append(1000 * (time.perf_counter() - begun))
    return median(times), len(data)


def _to_paper() -> Iterator[Row]:
    """From the answer of lobby.issue, which is the commit, until the printer has the last byte of its slip."""
    warm_up()
    with prepared_lobby() as (lobby, house, settings):
        with LoopbackPrinter() as printer:
            times = _issue_and_wait(lobby, house, settings, printer)
        news = latencies(house.feed, lobby)
    for name, share in (("median", 0.5), ("p99", 0.99)):
        what, floor = f"number to last byte at the printer, {name}", quantile(news, share)
        yield against(
            what, quantile(times, share), "ms", floor, "the news of a change, with no paper after it"
        )


def _issue_and_wait(lobby: Lobby, house: House, settings: Settings, printer: LoopbackPrinter) -> list[float]:
    with TemporaryDirectory(prefix="bench-paper-") as folder:
        section = settings.printer.model_copy(update={"device": "network", "port": printer.port})
        Supply(Path(folder) / "var", settings.machine.id, PAPERS[80]).remember(ABLE)
        place = Place(Path(folder) / "config.toml", Path(folder))
        spool, _ = build_spool(lobby, settings.model_copy(update={"printer": section}), place)
        stop, times = start_spool(house, spool), []
        try:
            for _ in range(ISSUES):
                lobby.issue("DK.ktp", request_id=new_request_id(), printer=settings.machine.id)
                begun = time.perf_counter()
                times.append(1000 * (printer.last_bytes.get(timeout=PATIENCE) - begun))
                while {job.state for job in lobby.print_jobs(limit=1)} != {"printed"}:
                    time.sleep(0.005)  # the next visitor comes when the spool rests
        finally:
            stop()
    return times
