"""Small JSON files that are replaced whole. Reading never fails: a lost or damaged file is a fresh one."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)


def read(path: Path) -> dict[str, Any]:
    """What the file says; empty when it is not there or says nothing that can be understood."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("%s cannot be read and is begun anew: %s", path, error)
        return {}
    return found if isinstance(found, dict) else {}


def number(path: Path, name: str) -> float | None:
    """One number that the file tells, or None."""
    found = read(path).get(name)
    return float(found) if isinstance(found, int | float) else None


def made(kind: type[T], path: Path) -> T | None:
    """The object that the file describes, or None."""
    found = read(path)
    try:
        return kind(**found) if found else None
    except TypeError as error:
        log.warning("%s does not say what it should: %s", path, error)
        return None


def write(path: Path, content: dict[str, Any]) -> None:
    """Replace the file whole, so that a crash leaves the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(content), encoding="utf-8")
    fresh.replace(path)
