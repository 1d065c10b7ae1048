"""Stores beside the site's."""

from tests.support.stores import open_local

__all__ = ["open_local"]
