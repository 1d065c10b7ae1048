"""The sample configuration that comes with the program. Light: it is asked for before the first paint."""

from __future__ import annotations

from pathlib import Path


def sample_path() -> Path:
    """Return the path of the packaged sample, equal to config.toml in the source tree."""
    return Path(__file__).with_name("sample.toml")
