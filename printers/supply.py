"""How much paper is left: the length printed, counted from the bytes, against the length of the roll.

Three small files lie beside the printer's lock, each with one writer, so that nothing has to be locked: the meter (the
spool), the roll (who changes the paper) and what the printer can prove (who sets it up). They belong to this machine.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from printers.capabilities import Capabilities
from printers.errors import PrinterError
from printers.measure import millimetres
from printers.papers import Paper

LOW_MM = 5_000.0
"""With less than this on the roll people are told: some forty slips, time enough to fetch a new one."""
T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll as it was put in: its length, the meter's reading then, and when (ISO 8601, by the caller's clock)."""

    length_mm: float
    at_mm: float
    since: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is known of the paper: used and left in millimetres, and how long it lasts at the pace asked about."""

    used_mm: float
    left_mm: float
    slips_left: int
    hours_left: float | None

    @property
    def low(self) -> bool:
        """True when it is time to fetch a new roll."""
        return self.left_mm < LOW_MM


class Supply:
    """The paper of one printer, kept in `folder` under the printer's name. Reading never fails: a lost file is a fresh one."""

    def __init__(self, folder: Path, printer: str, paper: Paper) -> None:
        self._paper = paper
        self._meter = folder / f"printer-{printer}.meter.json"
        self._roll = folder / f"printer-{printer}.roll.json"
        self._proofs = folder / f"printer-{printer}.proofs.json"

    @property
    def printed_mm(self) -> float:
        """The length printed since this printer was first used here."""
        read = _read(self._meter).get("printed_mm")
        return float(read) if isinstance(read, int | float) else 0.0

    @property
    def roll(self) -> Roll | None:
        """The roll that is in, or None when nobody told of one."""
        return _made(Roll, self._roll)

    @property
    def capabilities(self) -> Capabilities:
        """What the printer could prove when it was set up; nothing when it never was."""
        return _made(Capabilities, self._proofs) or Capabilities()

    @property
    def low(self) -> bool:
        """True when a roll is known and it is time to fetch a new one."""
        forecast = self.forecast()
        return forecast is not None and forecast.low

    def count(self, data: bytes) -> None:
        """Add what these bytes print. Only the spool does, which holds the printer's lock."""
        try:
            used = millimetres(data, self._paper)
        except PrinterError as error:
            log.warning("the paper that a slip took is not counted: %s", error)
            return
        _write(self._meter, {"printed_mm": round(self.printed_mm + used, 1)})

    def change_roll(self, length_mm: float, since: str) -> Roll:
        """A new roll is in."""
        roll = Roll(length_mm, self.printed_mm, since)
        _write(self._roll, asdict(roll))
        return roll

    def remember(self, capabilities: Capabilities) -> None:
        """Write down what a probe found out."""
        _write(self._proofs, asdict(capabilities))

    def forecast(self, *, slip_mm: float = 125.0, slips_an_hour: float = 0.0) -> Forecast | None:
        """How long the roll lasts with slips of this length at this pace; None when no roll is known."""
        roll = self.roll
        if roll is None:
            return None
        used = max(0.0, self.printed_mm - roll.at_mm)
        left = max(0.0, roll.length_mm - used)
        slips = int(left // slip_mm)
        return Forecast(used, left, slips, slips / slips_an_hour if slips_an_hour > 0 else None)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("%s cannot be read and is begun anew: %s", path, error)
        return {}
    return found if isinstance(found, dict) else {}


def _made(kind: type[T], path: Path) -> T | None:
    """The object that a file describes, or None."""
    found = _read(path)
    try:
        return kind(**found) if found else None
    except TypeError as error:
        log.warning("%s does not say what it should: %s", path, error)
        return None


def _write(path: Path, content: dict[str, Any]) -> None:
    """Replace the file whole, so that a crash leaves the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(content), encoding="utf-8")
    fresh.replace(path)
