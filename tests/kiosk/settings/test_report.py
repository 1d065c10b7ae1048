"""The report that an installer reads."""

from __future__ import annotations

import pytest

from kiosk.i18n import LANGUAGES
from kiosk.settings import SettingsError
from tests.kiosk.settings.conftest import Read


def error(read: Read) -> SettingsError:
    with pytest.raises(SettingsError) as refused:
        read(
            ("minutes = 7", "minuts = 7"),
            ('["DK.kk"]', '["DK.kkk"]'),
            ("Asia/Makassar", "WITA"),
            end='[printer]\ndevice = "network"\npaper = 1\n[screen]\nidle_seconds = 1',
        )
    return refused.value


def test_it_names_file_key_what_is_wrong_what_is_allowed_and_the_nearest(read: Read) -> None:
    lines = str(error(read)).splitlines()
    at = next(n for n, line in enumerate(lines) if "agency[DK].service[ktp].minuts" in line)
    assert "config.toml: agency[DK].service[ktp].minuts: no such key" in lines[at]
    assert lines[at + 1].strip().startswith("allowed: id, name, minutes, target_wait_minutes")
    assert lines[at + 2].strip() == "did you mean: minutes"


def test_it_begins_with_the_number_of_problems(read: Read) -> None:
    refused = error(read)
    assert str(refused).splitlines()[0].endswith(f": {len(refused.problems)}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_missing_in_any_language(read: Read, language: str) -> None:
    report = error(read).report(language)
    assert "settings." not in report
    assert "{" not in report


def test_it_speaks_indonesian_too(read: Read) -> None:
    assert "mungkin maksud Anda: minutes" in error(read).report("id")
