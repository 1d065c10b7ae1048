"""`kiosk web` from a terminal: it listens, says where, and leaves in order."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.support.commands import Kiosk

PATIENCE = 20.0


def use_port(folder: Path, port: int) -> None:
    path = folder / "config.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[web]\nport = {port}\n", encoding="utf-8")


def health(port: int) -> dict[str, object]:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=PATIENCE) as answer:
                told: dict[str, object] = json.load(answer)
                return told
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@pytest.mark.story
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop(ready: Kiosk, folder: Path, told: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    use_port(folder, port)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    server = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "web"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert health(port)["status"] == "ok"
        server.send_signal(told)
        said, complained = server.communicate(timeout=PATIENCE)
    finally:
        server.kill()
    assert (server.returncode, complained) == (0, "")
    assert f"http://127.0.0.1:{port}/" in said


def test_a_port_that_is_taken_is_told_in_one_sentence(ready: Kiosk, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        use_port(folder, taken.getsockname()[1])
        said = ready("web")
    assert said.code == 1
    assert len(said.err.strip().splitlines()) == 1


def test_a_line_can_be_let_go_first_from_a_script(ready: Kiosk) -> None:
    for _ in range(3):
        assert ready("issue", "DK.ktp", "--no-print").code == 0
    done = ready("step-back", "dk1", "--json")
    assert json.loads(done.out)["label"] == "DK 001"
    again = ready("step-back", "DK 002", "--json")
    assert again.code == 0
    assert ready("step-back", "DK 009", "--json").code == 1
