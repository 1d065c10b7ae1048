"""Alerts in words."""

from __future__ import annotations

import pytest

from kiosk.i18n import Words
from kiosk.shared.alerting import alert_words
from queue_core.views import Alert, AlertKind


@pytest.mark.parametrize(
    ("program", "minutes", "said"),
    [
        ("touch:K1", 7, "Layar sentuh K1 tidak terdengar selama 7 menit"),
        ("board:K2", 75, "Papan K2 tidak terdengar selama 1 j 15 mnt"),
        ("web:K1", 5, "Halaman web K1 tidak terdengar selama 5 menit"),
    ],
)
def test_a_program_that_is_missed_is_named_as_people_know_it(program: str, minutes: int, said: str) -> None:
    assert alert_words(Alert(AlertKind.PROGRAM, program, minutes), {}, Words("id")) == said
