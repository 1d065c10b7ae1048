"""Read QR codes from pictures with zbar, as a telephone would."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from PIL import Image


def read_qr(image: Image.Image) -> list[str]:
    """What the codes in a picture say. Skips the test where zbarimg is not installed (Debian: zbar-tools)."""
    if shutil.which("zbarimg") is None:
        pytest.skip("zbarimg is not installed (Debian: zbar-tools)")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.png"
        image.save(path)
        argv = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)]
        done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout.splitlines()
