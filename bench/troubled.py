"""Whether a visitor feels the printer: a touch until its new text, with numbers being given out all the while."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from bench.loopback import LoopbackPrinter
from bench.place import prepared_folder
from bench.pty_program import PtyProgram
from bench.screens import GREETING, TOUCH, presses
from bench.table import Row, against, median, quantile
from kiosk.wiring import connect_for, new_request_id

ROUNDS, PRESSES = 2, 40
BETWEEN_NUMBERS = 0.7
CLOSED = 9  # the port of the discard service, which nobody runs any more
SLOW = 960
UNKNOWN_NAME = "printer.invalid"

Printer = AbstractContextManager[LoopbackPrinter | None]


def _network(port: int, host: str = "127.0.0.1") -> str:
    return f'device = "network"\nhost = "{host}"\nport = {port}'


KINDS: dict[str, tuple[Callable[[], Printer], Callable[[LoopbackPrinter | None], str]]] = {
    "a mute printer": (lambda: LoopbackPrinter(mute=True), lambda at: _network(at.port if at else 0)),
    "a wrong port": (nullcontext, lambda _: _network(CLOSED)),
    f"{SLOW} bytes a second": (
        lambda: LoopbackPrinter(bytes_a_second=SLOW),
        lambda at: _network(at.port if at else 0),
    ),
    "a host name that does not resolve": (nullcontext, lambda _: _network(9100, UNKNOWN_NAME)),
}
NONE = (nullcontext, lambda _: 'device = "memory"')


def press_printer() -> Iterator[Row]:
    """Each trouble in turns with a printer in memory, so that what else the machine does meets all of them alike."""
    times: dict[str, list[float]] = {name: [] for name in ("", *KINDS)}
    for _ in range(ROUNDS):
        for name, took in times.items():
            took += _with_printer(*KINDS.get(name, NONE))
    floor = "the same with a printer in memory"
    for name in KINDS:
        what = f"press to new text with {name}"
        yield against(f"{what}, p50", median(times[name]), "ms", median(times[""]), floor, limit=1.2)
        yield against(f"{what}, p99", quantile(times[name], 0.99), "ms", quantile(times[""], 0.99), floor)


def _with_printer(
    make: Callable[[], Printer], section: Callable[[LoopbackPrinter | None], str]
) -> list[float]:
    with prepared_folder() as folder, make() as printer:
        config = folder / "config.toml"
        text = config.read_text(encoding="utf-8")
        assert 'device = "preview"' in text
        config.write_text(text.replace('device = "preview"', section(printer), 1), encoding="utf-8")
        with PtyProgram(TOUCH, cwd=folder) as program:
            program.wait_for("Dukcapil")
            with _numbers(config):
                return presses(program, "Dukcapil", "Kartu Keluarga", GREETING, times_over=PRESSES)


@contextmanager
def _numbers(config: Path) -> Iterator[None]:
    """Others take numbers meanwhile, so that the printer has work: of the first tile, which stays the first."""
    backend, over = connect_for(config, None, spool=False)(), threading.Event()

    def give_out() -> None:
        while not over.wait(BETWEEN_NUMBERS):
            backend.lobby.issue("DK.ktp", request_id=new_request_id(), printer=backend.settings.machine.id)

    thread = threading.Thread(target=give_out, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(10)
        backend.close()
