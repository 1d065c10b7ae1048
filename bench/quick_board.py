"""The hall's board where each call stands for a moment only: `python -m bench.quick_board board`.

For people each stands for four seconds, so that none hides another; a hundred of them would take a quarter of an hour.
"""

from __future__ import annotations

import sys
from functools import partial

import kiosk.board
from kiosk.cli import build

ARGV = (sys.executable, "-m", "bench.quick_board", "board")
HOLD = 0.25


def main() -> None:
    """Run the command."""
    setattr(kiosk.board, "BoardApp", partial(kiosk.board.BoardApp, hold=HOLD))  # noqa: B010 - for the command, which imports it late
    build()()


if __name__ == "__main__":
    main()
