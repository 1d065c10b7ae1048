"""A small site, and what a typed command says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CONFIG = """
[machine]
demonstration = true

[[site]]
id = "aula"
name = { id = "Aula", en = "Hall" }
time_zone = "Asia/Makassar"
languages = ["id", "en"]
agencies = ["DK", "BN"]

[[site.counter]]
number = 1
services = ["DK.*"]

[[site.counter]]
number = 2
services = ["BN.bayar", "DK.ktp"]

[[site]]
id = "pasar"
name = { id = "Pasar", en = "Market" }
time_zone = "Asia/Makassar"
agencies = ["BN"]

[[site.counter]]
number = 1
services = ["BN.*"]

[[agency]]
code = "DK"
name = { id = "Dinas Dukcapil", en = "Civil Registry" }
short = "Dukcapil"
service = [
    { id = "ktp", name = { id = "KTP-el", en = "ID card" }, minutes = 7 },
    { id = "kk", name = { id = "Kartu Keluarga", en = "Family card" }, minutes = 10 },
]

[[agency]]
code = "BN"
name = { id = "Bank NTT", en = "Bank NTT" }
short = "Bank NTT"
service = [{ id = "bayar", name = { id = "Pembayaran", en = "Payment" }, minutes = 4 }]

[[journey]]
id = "lengkap"
name = { id = "Sekali datang", en = "All at once" }
legs = [{ service = "DK.ktp" }, { service = "BN.bayar", optional = true }]
"""


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self) -> dict[str, Any]:
        """The only line of JSON."""
        (only,) = self.lines
        return only


Kiosk = Callable[..., Said]
