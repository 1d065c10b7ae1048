"""What a program has asked and what it was answered, on a file that outlives it, however it ends."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with the request_id under which it is repeated until it is answered."""

    request: str
    verb: str
    given: tuple[str, ...]


class Diary:
    """One program's: a line before each command, a line after its answer, each in one write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def ask(self, asked: Asked) -> None:
        """Before a command."""
        self._write({"ask": asked.request, "verb": asked.verb, "given": asked.given})

    def answered(self, asked: Asked, label: str, ticket: str, again: int) -> None:
        """After its answer; `again` says how often it had to be repeated."""
        line = {"ack": asked.request, "verb": asked.verb, "label": label, "ticket": ticket, "again": again}
        self._write(line)

    def refused(self, asked: Asked, code: str) -> None:
        """After the rules said no."""
        self._write({"no": asked.request, "code": code})

    def note(self, **facts: object) -> None:
        """Whatever else is worth counting: a store that was away, a command that waited for long, a fault."""
        self._write(facts)

    def _write(self, line: dict[str, Any]) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Return what a diary says, without a last line that was cut off."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for line in text.split("\n")[:-1]:
        yield json.loads(line)


def unanswered(path: Path) -> Asked | None:
    """Return the command under way when the program ended, if any."""
    last: Asked | None = None
    for line in lines(path):
        if "ask" in line:
            last = Asked(line["ask"], line["verb"], tuple(line["given"]))
        elif "ack" in line or "no" in line:
            last = None
    return last
