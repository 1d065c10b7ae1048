from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.i18n import LANGUAGES
from kiosk.settings import Problem, Settings, SettingsError, load

GOOD = """
[[site]]
id = "hall"
name = { id = "Balai", en = "Hall" }
time_zone = "Asia/Makassar"
agencies = ["DK", "BN"]
counter = [ { number = 1, services = ["DK.ktp", "BN.*"] }, { number = 2, services = ["DK.kk"] } ]

[[agency]]
code = "DK"
name = { id = "Dinas Dukcapil" }
short = "Dukcapil"
service = [
    { id = "ktp", name = { id = "KTP-el" }, minutes = 7 },
    { id = "kk", name = { id = "Kartu Keluarga" }, minutes = 10 },
]

[[agency]]
code = "BN"
name = { id = "Bank NTT" }
short = "Bank NTT"
service = [ { id = "bayar", name = { id = "Pembayaran" }, minutes = 4 } ]

[[journey]]
id = "dua"
name = { id = "Dua langkah" }
legs = [ { service = "DK.ktp" }, { service = "BN.bayar", optional = true } ]
"""

Change = tuple[str, str]
Read = Callable[..., Settings]
Ask = Callable[..., dict[str, Problem]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Load a file that is GOOD but for some replacements, and with lines for other sections at its end."""

    def read(*changes: Change, end: str = "", env: dict[str, str] | None = None) -> Settings:
        text = GOOD
        for old, new in changes:
            assert old in text, f"the sample for tests does not hold {old!r}"
            text = text.replace(old, new, 1)
        path = tmp_path / "config.toml"
        path.write_text(text + end, encoding="utf-8")
        return load(path, env or {})

    return read


@pytest.fixture
def problems(read: Read) -> Ask:
    """The problems of such a file, by key; each has its sentences in every language."""

    def problems(*changes: Change, end: str = "", env: dict[str, str] | None = None) -> dict[str, Problem]:
        with pytest.raises(SettingsError) as refused:
            read(*changes, end=end, env=env)
        by_key = {problem.key: problem for problem in refused.value.problems}
        assert len(by_key) == len(refused.value.problems), "one problem per place"
        assert [language for language in LANGUAGES if "settings." in refused.value.report(language)] == []
        return by_key

    return problems
