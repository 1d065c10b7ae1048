"""How much paper is left: the length printed, counted from the bytes, against the length of the roll and the sensor's word.

Small files lie beside the printer's lock, each with one writer at a time, so that nothing has to be locked: the meter and
the sensor (the spool), the roll (who changes the paper) and what the printer can do (who sets it up, and the spool for what
it learns while printing). They belong to this machine.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from printers import kept
from printers.capabilities import Capabilities
from printers.errors import PrinterError, Trouble
from printers.measure import millimetres
from printers.papers import Paper

LOW_MM = 5_000.0
"""With less than this on the roll people are told: some forty slips, time enough to fetch a new one."""
NEAR_END_MM = 2_500.0
"""About so much is left when the printer's own sensor trips: a roll 23 mm across on a core of 18 mm, of paper 0.065 mm thick
(the sensor can be moved, so it is a rough figure)."""
OPENED = frozenset({Trouble.COVER_OPEN, Trouble.PAPER_OUT})
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll as it was put in: its length, the meter's reading then, and when (ISO 8601, by the caller's clock)."""

    length_mm: float
    at_mm: float
    since: str


class Supply:
    """The paper of one printer, kept in `folder` under the printer's name."""

    def __init__(
        self, folder: Path, printer: str, paper: Paper, *, near_end_sensor: bool | None = None
    ) -> None:
        """`near_end_sensor`: whether the model has one, believed until the printer itself has been looked at; `pictures`, stored in the printer by key, tells how many rows of dots each prints."""
        self._paper, self._near_end_sensor = paper, near_end_sensor
        self._meter = folder / f"printer-{printer}.meter.json"
        self._roll = folder / f"printer-{printer}.roll.json"
        self._sensor = folder / f"printer-{printer}.sensor.json"
        self._proofs = folder / f"printer-{printer}.proofs.json"
        self.pictures: Mapping[str, int] = {}
        self._opened = True  # nobody watched before this program began

    @property
    def printed_mm(self) -> float:
        """The length printed since this printer was first used here."""
        return kept.number(self._meter, "printed_mm") or 0.0

    @property
    def roll(self) -> Roll | None:
        """The roll that is in, or None when nobody told of one."""
        return kept.made(Roll, self._roll)

    @property
    def used_mm(self) -> float:
        """The length printed on this roll; all that was ever printed when nobody told of one."""
        return max(0.0, self.printed_mm - (self.roll.at_mm if self.roll else 0.0))

    @property
    def left_mm(self) -> float | None:
        """What is left on the roll, by its length or by the sensor; None when neither is known."""
        roll, tripped = self.roll, kept.number(self._sensor, "at_mm")
        by_roll = None if roll is None else max(0.0, roll.length_mm - self.used_mm)
        if tripped is not None:
            by_sensor = max(0.0, NEAR_END_MM - (self.printed_mm - tripped))
            return by_sensor if by_roll is None else min(by_roll, by_sensor)
        if by_roll is not None and self.capabilities.near_end:
            return max(by_roll, NEAR_END_MM)  # the sensor would have tripped: the roll was longer than told
        return by_roll

    @property
    def low(self) -> bool:
        """True when it is time to fetch a new roll."""
        left = self.left_mm
        return left is not None and left < LOW_MM

    @property
    def capabilities(self) -> Capabilities:
        """What the printer could do when it was set up; when nobody looked for a sensor, the model's."""
        known = kept.made(Capabilities, self._proofs) or Capabilities()
        return known if known.near_end is not None else replace(known, near_end=self._near_end_sensor)

    def count(self, data: bytes) -> None:
        """Add what these bytes print. Only the spool does, which holds the printer's lock."""
        try:
            used = millimetres(data, self._paper, self.pictures)
        except PrinterError as error:
            log.warning("the paper that a slip took is not counted: %s", error)
            return
        kept.write(self._meter, {"printed_mm": round(self.printed_mm + used, 1)})

    def sense(self, troubles: frozenset[Trouble]) -> None:
        """Hear what an answering printer says of its paper.

        That its sensor trips proves that there is one. When it says that all is well again after the cover was open, a
        new roll is in: as long as the last one, until somebody tells another length. Without that it only flickers.
        """
        if troubles & OPENED:
            self._opened = True
        elif Trouble.PAPER_NEAR_END in troubles:
            self._tripped()
        elif self._opened:
            self._opened = False
            self._well()

    def _tripped(self) -> None:
        if self._sensor.exists():
            return
        kept.write(self._sensor, {"at_mm": self.printed_mm})
        if not self.capabilities.near_end:
            self.remember(replace(self.capabilities, near_end=True))

    def _well(self) -> None:
        if not self._sensor.exists():
            return
        if self.roll:
            kept.write(self._roll, asdict(replace(self.roll, at_mm=self.printed_mm)))
        self._sensor.unlink(missing_ok=True)

    def change_roll(self, length_mm: float, since: str) -> Roll:
        """A new roll is in."""
        roll = Roll(length_mm, self.printed_mm, since)
        kept.write(self._roll, asdict(roll))
        self._sensor.unlink(missing_ok=True)
        return roll

    def remember(self, capabilities: Capabilities) -> None:
        """Write down what was found out."""
        kept.write(self._proofs, asdict(capabilities))
