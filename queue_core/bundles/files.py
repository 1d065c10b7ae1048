"""A bundle on a stick: one line that says what follows and its digest, then the rows, packed.

The file has its name only when it is whole; what was cut short, changed or made by a newer program is told apart.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from queue_core.bundles.forms import FORMAT, Bundle
from queue_core.errors import BundleRefused, CopyFailed

MARK = "antrean-bundle"
LARGEST = 512 * 1024 * 1024
"""Bytes of one file and of what it unpacks to; years of a stand are a hundredth of it."""


def write_file(bundle: Bundle, path: Path) -> int:
    """Write a bundle and return the bytes of the file. Raises CopyFailed; then a file of this name is as it was."""
    packed = zlib.compress(bundle.model_dump_json().encode(), 6)
    head = {MARK: bundle.format, "bytes": len(packed), "sha256": hashlib.sha256(packed).hexdigest()}
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(json.dumps(head).encode() + b"\n" + packed)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        return path.stat().st_size
    except OSError as error:
        raise CopyFailed(file=str(path), detail=error.strerror or "") from error
    finally:
        _forget(part)


def _forget(part: Path) -> None:
    with suppress(OSError):  # what could not even be begun need not be removed
        part.unlink()


def read_file(path: Path) -> Bundle:
    """Read a bundle. Raises BundleRefused (`unreadable`, `not_one`, `newer`, `damaged`, `invalid`)."""
    try:
        if path.stat().st_size > LARGEST:
            raise BundleRefused(reason="not_one", file=path.name)
        line, _, packed = path.read_bytes().partition(b"\n")
    except OSError as error:
        raise BundleRefused(reason="unreadable", file=str(path), detail=error.strerror or "") from error
    head = _head(line, path)
    if head[MARK] > FORMAT:
        raise BundleRefused(reason="newer", file=path.name, found=head[MARK], known=FORMAT)
    if len(packed) != head.get("bytes") or hashlib.sha256(packed).hexdigest() != head.get("sha256"):
        raise BundleRefused(reason="damaged", file=path.name)
    return parse(_unpacked(packed, path.name), path.name)


def parse(text: bytes, name: str) -> Bundle:
    """Check the content of a bundle. Raises BundleRefused (`newer`, `invalid`)."""
    try:
        return Bundle.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BundleRefused(reason="invalid", file=name, detail=f"{where}: {first['msg']}") from error


def _head(line: bytes, path: Path) -> dict[str, Any]:
    try:
        head = json.loads(line[:1000])
    except ValueError:
        head = None
    if not isinstance(head, dict) or not isinstance(head.get(MARK), int):
        raise BundleRefused(reason="not_one", file=path.name)
    return head


def _unpacked(packed: bytes, name: str) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(packed, LARGEST)
    except zlib.error as error:
        raise BundleRefused(reason="damaged", file=name) from error
    if not unpacking.eof:
        raise BundleRefused(reason="damaged", file=name)
    return text
