"""What all tests of screens share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.steady import steady_pilots


@pytest.fixture(autouse=True, scope="session")
def steady_pilot() -> Iterator[None]:
    """A key is done when what it caused is done."""
    with steady_pilots():
        yield
