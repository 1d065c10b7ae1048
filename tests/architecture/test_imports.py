"""What gets loaded: asked of a fresh interpreter, because a static contract cannot see lazy imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "escpos",
    "PIL",
    "qrcode",
    "textual",
    "pydantic",
    "babel",
}

PURE = [
    "queue_core",
    "queue_core.lifecycle",
    "queue_core.numbering",
    "queue_core.calling",
    "queue_core.waiting",
    "queue_core.learning",
    "queue_core.hours",
    "queue_core.opening",
    "queue_core.views",
    "queue_core.events",
    "queue_core.errors",
    "queue_core.ids",
    "printers",
    "printers.slip",
    "printers.layout",
    "printers.status",
    "printers.errors",
    "kiosk.i18n",
]


def loaded_by(module: str) -> set[str]:
    code = f"import {module}, sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_loads_nothing_heavy(module: str) -> None:
    assert not loaded_by(module) & HEAVY


def test_the_touch_screen_paints_without_the_store_the_printer_and_the_settings() -> None:
    assert loaded_by("kiosk.touch.app") & HEAVY == {"textual"}


@pytest.mark.parametrize(
    "package", ["queue_core.lobby", "queue_core.store", "printers.spool", "printers.encode"]
)
def test_below_kiosk_nobody_knows_screens_or_the_other_side(package: str) -> None:
    other = "printers" if package.startswith("queue_core") else "queue_core"
    assert not loaded_by(package) & {"textual", other, "kiosk"}


def test_help_starts_without_the_store_the_screens_and_what_they_show() -> None:
    code = (
        "import sys\n"
        "from kiosk.__main__ import main\n"
        "sys.argv = ['kiosk', '--help']\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print('LOADED', *sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert "Usage" in done.stdout
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert not {name.partition(".")[0] for name in loaded} & HEAVY
    assert "queue_core.views" not in loaded  # making its classes takes as long as importing typer
