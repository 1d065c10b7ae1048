"""A small site in a folder of its own, and the command as its users type it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.cli import build
from tests.support.commands import CONFIG, Kiosk, Said


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the commands are typed in."""
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KIOSK_STORE_URL", raising=False)
    return tmp_path


@pytest.fixture
def kiosk(folder: Path) -> Kiosk:
    """Type a command."""

    def type_(*words: str, stdin: str = "") -> Said:
        done = CliRunner().invoke(build(), list(words), input=stdin)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Said(done.exit_code, done.stdout, done.stderr)

    return type_


@pytest.fixture
def ready(kiosk: Kiosk) -> Kiosk:
    """Type a command where the store stands."""
    assert kiosk("init").code == 0
    return kiosk
