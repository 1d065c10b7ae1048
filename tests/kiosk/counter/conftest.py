"""Fixtures for the counter's screen."""

from tests.support.counter import at_counter
from tests.support.screens import premises

__all__ = ["at_counter", "premises"]
