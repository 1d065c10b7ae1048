"""A bundle on a stick: whole or not at all, and of a form that this program knows."""

import hashlib
import json
import zlib
from pathlib import Path

import pytest

from queue_core.bundles import FORMAT, Bundle, Sums, read_file, write_file
from queue_core.bundles.files import MARK, parse
from queue_core.bundles.forms import EventRow, JobRow, LegRow, TicketRow, VisitRow
from queue_core.errors import BundleRefused, CopyFailed
from queue_core.lobby.tables import EVENT, PRINT_JOB, TICKET, VISIT, VISIT_LEG
from tests.support.house import MORNING, SITE


def bundle() -> Bundle:
    return Bundle(
        format=FORMAT,
        kind="site",
        site=SITE,
        source="a" * 32,
        origin="",
        machine="K1",
        made_at=MORNING,
        after=0,
        upto=3,
        visits=[],
        events=[],
        series=[],
        sums=Sums(),
    )


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "day.antrean"

    assert write_file(bundle(), path) == path.stat().st_size
    assert read_file(path) == bundle()
    assert [each.name for each in tmp_path.iterdir()] == ["day.antrean"]


def test_a_file_that_was_cut_short_or_changed_anywhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "day.antrean"
    write_file(bundle(), path)
    whole = path.read_bytes()

    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        with pytest.raises(BundleRefused) as refused:
            read_file(path)
        assert refused.value.data["reason"] in ("not_one", "damaged")
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 8]) + whole[place + 1 :])
        with pytest.raises(BundleRefused):
            read_file(path)


def test_each_kind_of_wrong_file_has_its_reason(tmp_path: Path) -> None:
    packed = zlib.compress(b'{"format": 1, "more": true}')
    digest = hashlib.sha256(packed).hexdigest()
    head = {MARK: FORMAT, "bytes": len(packed), "sha256": digest}
    wrong = {
        "not_one": b"PK\x03\x04 something else",
        "newer": json.dumps({**head, MARK: FORMAT + 1}).encode() + b"\n" + packed,
        "invalid": json.dumps(head).encode() + b"\n" + packed,
    }
    for reason, content in wrong.items():
        (tmp_path / reason).write_bytes(content)
    for reason in (*wrong, "unreadable"):
        with pytest.raises(BundleRefused) as refused:
            read_file(tmp_path / reason)
        assert refused.value.data["reason"] == reason


def test_text_is_never_taken_for_a_number_and_nothing_is_told_twice() -> None:
    plain = json.loads(bundle().model_dump_json())
    event = {
        "seq": 1,
        "at": MORNING.isoformat(),
        "kind": "noted",
        "label": "",
        "ticket_id": None,
        "service": "",
        "counter": None,
        "staff": "",
        "machine": "",
        "data": {},
        "request_id": None,
        "command": None,
    }
    for change in (
        {"upto": "3"},
        {"site": 7},
        {"made_at": "2026-11-24T01:00:00"},
        {"events": [event, event]},
    ):
        with pytest.raises(BundleRefused) as refused:
            parse(json.dumps({**plain, **change}).encode(), "x")
        assert refused.value.data["reason"] == "invalid"
    assert parse(json.dumps({**plain, "events": [event]}).encode(), "x").events[0].kind == "noted"


def test_a_disk_that_is_full_or_read_only_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(CopyFailed):
        write_file(bundle(), tmp_path / "no such folder" / "day.antrean")


def test_the_rows_have_the_columns_of_their_tables() -> None:
    of_visit = {"site_id", "visit_id"}
    for model, table, without in (
        (VisitRow, VISIT, {"site_id"}),
        (LegRow, VISIT_LEG, of_visit),
        (TicketRow, TICKET, {*of_visit, "business_date"}),
        (EventRow, EVENT, {*of_visit, "source", "source_seq"}),
        (JobRow, PRINT_JOB, {*of_visit, "payload", "cut_counter"}),
    ):
        assert set(model.model_fields) == {column.name for column in table.columns} - without, table.name
