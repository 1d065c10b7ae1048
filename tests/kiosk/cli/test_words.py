"""Every key that a command says or explains itself with has words."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages import pofile

import kiosk
from kiosk.cli import build
from kiosk.commands.session import machine_language
from queue_core.events import EventKind

FOLDER = Path(kiosk.__file__).parent
KEY = re.compile(r"""["'](cli\.[a-z_.]+[a-z])["']""")


def known() -> set[str]:
    text = (FOLDER / "locales" / "id" / "LC_MESSAGES" / "kiosk.po").read_bytes()
    return {str(message.id) for message in pofile.read_po(io.BytesIO(text)) if message.id}


def test_every_key_that_is_named_has_words() -> None:
    named = {
        key
        for path in (FOLDER / "commands").glob("*.py")
        for key in KEY.findall(path.read_text(encoding="utf-8"))
    }
    assert len(named) > 50
    assert not named - known()


def test_every_kind_of_event_has_words() -> None:
    assert {f"cli.event.{kind.value}" for kind in EventKind} <= known()


def test_every_command_and_every_option_explains_itself() -> None:
    app = build()
    groups = [app, *(each.typer_instance for each in app.registered_groups)]
    commands = [command for each in groups if each is not None for command in each.registered_commands]
    assert len(commands) > 35
    assert not [command.name for command in commands if not command.help or command.help.startswith("cli.")]


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_help_speaks_the_terminals_language(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert machine_language() == language
