"""docs/configuration.md says what the classes of config.toml say."""

from __future__ import annotations

import re

from docs.configuration import PAGE, page


def test_the_page_is_up_to_date() -> None:
    """After a change of a section: `python -m docs.configuration`."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_key_has_a_sentence() -> None:
    rows = [line for line in page().splitlines() if line.startswith("| `")]
    assert rows
    assert [row for row in rows if re.search(r"\|\s*\|$", row)] == []


def test_every_section_of_the_file_has_its_table() -> None:
    headings = re.findall(r"^## `(.*)`$", page(), re.MULTILINE)
    assert headings == [
        "[[site]]",
        "[[site.breaks]]",
        "[[site.special_days]]",
        "[site.alerts]",
        "[site.policy]",
        "[[site.policy.urgent]]",
        "[[site.counter]]",
        "[site.desk]",
        "[[site.desk.hold]]",
        "[[agency]]",
        "[[agency.service]]",
        "[[journey]]",
        "[[journey.legs]]",
        "[store]",
        "[printer]",
        "[slip]",
        "[slip.size]",
        "[machine]",
        "[screen]",
        "[board]",
        "[web]",
    ]
