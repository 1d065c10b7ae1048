"""What a slip takes: milliseconds to compose, bytes to send."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from bench.table import Row, against, median
from printers.encode import QrMode, encode, warm_up
from printers.layout import layout
from printers.papers import PAPERS
from printers.slip import Slip

TIMES = 100
MODES: tuple[QrMode, ...] = ("native", "raster")
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
)


TEXTS = (
    SLIP.site, SLIP.motto, SLIP.heading, SLIP.label, SLIP.priority, SLIP.agency, SLIP.service, SLIP.ahead,
    SLIP.wait, SLIP.qr_hint, SLIP.issued, *SLIP.footer,
)  # fmt: skip


def slip() -> Iterator[Row]:
    warm_up()
    for mode in MODES:
        floor, floor_bytes = _timed(lambda mode=mode: _bare(mode))  # type: ignore[misc]
        for width in (80, 58):
            paper = PAPERS[width]
            took, sent = _timed(lambda paper=paper, mode=mode: encode(layout(SLIP, paper), paper, mode))  # type: ignore[misc]
            name = f"slip of {width} mm, {mode} QR"
            yield against(
                f"{name}: compose, median", took, "ms", floor, f"python-escpos alone, {mode} QR, no layout"
            )
            yield Row(f"{name}: bytes", sent, "B", floor_bytes, "the same")


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
