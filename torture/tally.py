"""What a story did and found: counts, and whatever must never be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

SHOWN = 8
"""So many broken promises are told word for word; the rest are counted."""


@dataclass
class Tally:
    """One story's counts, in the order in which they were first counted, and its broken promises."""

    story: str
    seed: int
    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    left_out: str = ""

    def add(self, what: str, many: int = 1) -> None:
        """Count; none is a count too."""
        self.counts[what] += many

    def must(self, promise: str, wrong: Iterable[object]) -> None:
        """Count what breaks a promise; there has to be nothing."""
        found = [str(each) for each in wrong]
        self.add(promise, len(found))
        self.broken += [f"{promise}: {each}" for each in found]


def table(tallies: Iterable[Tally]) -> str:
    """Return all counts as one Markdown table."""
    lines = ["| story | seed | what | count |", "|---|---|---|---|"]
    for tally in tallies:
        name, seed = tally.story, str(tally.seed)
        if tally.left_out:
            lines.append(f"| {name} | {seed} | left out: {tally.left_out} | |")
        for what, many in tally.counts.items():
            lines.append(f"| {name} | {seed} | {what} | {many} |")
            name = seed = ""
    return "\n".join(lines)


def verdict(tallies: list[Tally]) -> str:
    """Return what was broken, word for word, or that nothing was."""
    broken = [f"{tally.story} (seed {tally.seed}): {each}" for tally in tallies for each in tally.broken]
    if not broken:
        return "Nothing was broken."
    more = [f"… and {len(broken) - SHOWN} more"] if len(broken) > SHOWN else []
    return "\n".join([f"{len(broken)} promises were broken:", *broken[:SHOWN], *more])
