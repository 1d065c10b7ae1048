"""Fixtures for the supervisor's screen."""

from tests.support.screens import premises

__all__ = ["premises"]
