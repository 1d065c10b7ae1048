"""Slips for tests."""

from __future__ import annotations

from dataclasses import replace

from printers.slip import Slip
from printers.template import Logo, Template

URL = "HTTPS://ANTRE.KUPANGKOTA.GO.ID/T/ABCDEFGHJKMNPQRS"

ORDINARY = Slip(
    site="MPP Kota Kupang",
    motto="Bestie - Beres dan Pasti",
    heading="NOMOR ANTREAN ANDA",
    label="DK 042",
    agency="Dinas Kependudukan dan Pencatatan Sipil",
    service="Perekaman dan Pencetakan KTP-el",
    priority="",
    ahead="Orang di depan Anda: 4",
    wait="Perkiraan waktu tunggu: 15-25 menit (dapat berubah)",
    legs=(),
    qr=URL,
    qr_hint="Pindai untuk memantau antrean",
    issued="Selasa, 24 November 2026 09.41 WITA",
    copy="",
    footer=("Nomor terlewat? Silakan lapor ke petugas.", "Simpan tiket ini sampai urusan selesai."),
)
PRIORITY = replace(ORDINARY, priority="PRIORITAS", label="DK K2-003")
COPY = replace(PRIORITY, copy="CETAK ULANG 2")
JOURNEY = replace(
    PRIORITY,
    label="PB 007",
    agency="Badan Pendapatan Daerah",
    service="Informasi PBB-P2",
    legs=(
        "1. Badan Pendapatan Daerah: Informasi PBB-P2",
        "2. Bank NTT: Pembayaran PBB-P2",
        "3. Badan Pertanahan Nasional: Pengecekan sertipikat (pilihan)",
    ),
)
NEEDS = replace(
    ORDINARY,
    requirements=(
        "Siapkan persyaratan berikut:",
        "- KTP-el lama, atau surat keterangan hilang dari Kepolisian bila hilang",
        "- Fotokopi Kartu Keluarga",
        "- Surat pengantar RT/RW",
    ),
    more="Selebihnya tanyakan kepada petugas.",
)
WHOLE = replace(JOURNEY, requirements=NEEDS.requirements, more=NEEDS.more)
ALL = {
    "ordinary": ORDINARY, "priority": PRIORITY, "copy": COPY, "journey": JOURNEY, "needs": NEEDS, "whole": WHOLE,
}  # fmt: skip
LARGE_LOGO = Logo(240, 120, bytes(30 * 120))
WITH_LOGO = Template(logo=LARGE_LOGO)
LONG_URL = "HTTPS://ANTREAN.MAL-PELAYANAN.KUPANGKOTA.GO.ID/T/ABCDEFGHJKMNPQRSTUVWXYZ234"
"""As long as a QR code of version 4 can hold."""
