"""Fixtures for the hall's board."""

from tests.support.hall import hall, hang
from tests.support.screens import premises

__all__ = ["hall", "hang", "premises"]
