"""Fixtures for the supervisor's screen."""

from tests.support.screens import premises, premises_on_each

__all__ = ["premises", "premises_on_each"]
