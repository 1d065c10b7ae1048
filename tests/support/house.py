"""A small site, and the time, the ids and the chance that tests decide themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from queue_core.settings import Catalogue

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Tuesday, 09:00 in Kupang."""

SITE = "aula"


def person(name: str, role: str) -> dict[str, object]:
    """A member of staff of the small site who cannot sign in, as a row."""
    known = {"site_id": SITE, "staff_id": name, "name": name.capitalize(), "role": role}
    return {**known, "pin_hash": "", "active": True, "created_at": MORNING}


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        """Move on, such as by `minutes=5`; also backwards."""
        self.now += timedelta(**by)
        return self.now


def counting_bytes() -> Callable[[int], bytes]:
    """Return a source of "random" bytes that counts up: ids made in one moment then sort in the order of their making."""
    made = 0

    def count(length: int) -> bytes:
        nonlocal made
        made += 1
        return made.to_bytes(length)

    return count


@dataclass
class Requests:
    """Gives a new request_id each time."""

    made: int = field(default=0)

    def __call__(self) -> str:
        self.made += 1
        return f"r{self.made}"


def small_catalogue() -> Catalogue:
    """Two agencies, three services, three counters, a journey."""
    return Catalogue.model_validate(
        {
            "site": [
                {
                    "id": SITE,
                    "name": {"id": "Aula", "en": "Hall"},
                    "motto": "Melayani",
                    "time_zone": "Asia/Makassar",
                    "agencies": ["DK", "BN"],
                    "counter": [
                        {"number": 1, "services": ["DK.ktp"]},
                        {"number": 2, "services": ["DK.*", "BN.sim"]},
                        {"number": 3, "services": ["BN.sim"]},
                    ],
                },
            ],
            "agency": [
                {
                    "code": "DK",
                    "name": {"id": "Dukcapil", "en": "Civil Registry"},
                    "short": "Dukcapil",
                    "service": [
                        {"id": "ktp", "name": {"id": "KTP", "en": "ID card"}, "minutes": 10},
                        {
                            "id": "kk",
                            "name": {"id": "KK", "en": "Family card"},
                            "minutes": 5,
                            "target_wait_minutes": 15,
                        },
                    ],
                },
                {
                    "code": "BN",
                    "name": {"id": "Kepolisian", "en": "Police"},
                    "short": "Polri",
                    "service": [{"id": "sim", "name": {"id": "SIM", "en": "Licence"}, "minutes": 15}],
                },
            ],
            "journey": [
                {
                    "id": "pindah",
                    "name": {"id": "Pindah", "en": "Moving house"},
                    "legs": [
                        {"service": "DK.ktp"},
                        {"service": "DK.kk", "optional": True},
                        {"service": "BN.sim"},
                    ],
                }
            ],
        }
    )
