"""The kiosk: screens, words and wiring over queue_core and printers."""

__version__ = "0.1.0"
"""As in pyproject.toml; a test compares them."""
