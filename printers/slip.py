"""A Slip: the words and marks to print, already translated and formatted. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """What one paper says, from top to bottom. Every text is final; an empty one leaves no line.

    `qr` is the payload of the QR code: a URL where the site has a public address, else the label.
    """

    site: str
    motto: str
    heading: str  # "NOMOR ANTREAN ANDA"
    label: str  # "DK 003", printed very large
    agency: str
    service: str
    priority: str  # the mark, "PRIORITAS"; empty for a regular visitor
    ahead: str  # "Orang di depan Anda: 4"
    wait: str
    legs: tuple[str, ...]  # a journey's steps, one line each
    qr: str
    qr_hint: str  # "Pindai untuk memantau antrean"
    issued: str  # "Selasa, 24 November 2026 09.41 WITA"
    copy: str  # "CETAK ULANG 2"; empty on the original
    footer: tuple[str, ...]
    requirements: tuple[str, ...] = ()  # what to bring next, one line each, the first a heading
    more: str = ""  # ends the requirements where there is no room for all: "Ask the staff for the rest"
    address: str = ""
    note: str = ""  # a line of the site's own
