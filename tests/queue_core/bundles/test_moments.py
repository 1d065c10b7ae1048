"""When somebody came, by a clock that nobody could check."""

from datetime import datetime, timedelta

import pytest

from queue_core.bundles import clamped
from tests.support.house import MORNING

NOW = MORNING + timedelta(hours=2)


@pytest.mark.parametrize(
    ("told", "since", "found"),
    [
        (MORNING + timedelta(hours=1), MORNING, MORNING + timedelta(hours=1)),
        (MORNING - timedelta(hours=5), MORNING, MORNING),  # a slow clock does not jump the line
        (NOW + timedelta(hours=5), MORNING, NOW),
        (MORNING - timedelta(hours=5), None, MORNING - timedelta(hours=5)),
        (NOW, NOW + timedelta(hours=1), NOW),  # a contact that has not been yet says nothing
    ],
)
def test_it_lies_between_the_last_contact_and_now(
    told: datetime, since: datetime | None, found: datetime
) -> None:
    assert clamped(told, since, NOW) == found
