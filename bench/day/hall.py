"""The hall of the scripted day: 21 agencies, 30 counters, journeys, and a policy of each kind."""

from __future__ import annotations

from typing import Any

from queue_core.settings import Catalogue

SITE = "aula"
CODES = [f"A{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTU"]
POLICIES: dict[str, dict[str, Any]] = {
    "AB": {"rule": "ratio", "priority": 2, "regular": 1},
    "AC": {"rule": "due"},
    "AD": {"rule": "arrival", "urgent": [{"service": "AD.s2", "minutes": 12}]},
    "AE": {"main_services": 1},
    "AF": {"shares": {"AF.s1": 2, "AF.s2": 1}},
    "AG": {"rule": "ratio", "priority": 1, "regular": 2, "shares": {"AG.s2": 3}},
}
"""By agency, so that all counters of a line have one rule; the others have the site's, the default."""
QUOTA = {"AP.s1": 4}
"""What a day has of it; a supervisor may hold it open all the same."""
BUSY = ("AA", "AA", "AA", "AH", "AH", "AH", "AB", "AB", "AC")
"""The agencies with a further counter for each time that they stand here."""


def catalogue() -> Catalogue:
    """A hall that is open at all hours."""
    agencies = [_agency(code, 1 + (place % 3 != 2)) for place, code in enumerate(CODES)]
    counters = [_counter(number, code) for number, code in enumerate([*CODES, *BUSY], start=1)]
    return Catalogue.model_validate(
        {
            "site": [
                {
                    "id": SITE,
                    "name": {"id": "Aula", "en": "Hall"},
                    "time_zone": "Asia/Makassar",
                    "agencies": CODES,
                    "counter": counters,
                }
            ],
            "agency": agencies,
            "journey": [_journey("urut", "fixed"), _journey("bebas", "free")],
        }
    )


def _agency(code: str, services: int) -> dict[str, Any]:
    return {
        "code": code,
        "name": {"id": f"Instansi {code}"},
        "short": code,
        "service": [
            {
                "id": f"s{number}",
                "name": {"id": f"Layanan {number}"},
                "minutes": 5,
                "target_wait_minutes": 10 * number,
                **({"quota": QUOTA[f"{code}.s{number}"]} if f"{code}.s{number}" in QUOTA else {}),
            }
            for number in range(1, services + 1)
        ],
    }


def _counter(number: int, code: str) -> dict[str, Any]:
    policy = {"policy": POLICIES[code]} if code in POLICIES else {}
    return {"number": number, "services": [f"{code}.*"], **policy}


def _journey(name: str, order: str) -> dict[str, Any]:
    legs = [{"service": "AA.s1"}, {"service": "AB.s1", "optional": True}, {"service": "AH.s1"}]
    return {"id": name, "name": {"id": name}, "order": order, "legs": legs}
