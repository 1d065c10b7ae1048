"""`python -m kiosk`, and the `kiosk` command."""

from __future__ import annotations


def main() -> None:
    """Run the command that was typed."""
    from kiosk.cli import build

    build()()


if __name__ == "__main__":
    main()
