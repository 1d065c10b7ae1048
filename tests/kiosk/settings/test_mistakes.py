"""Each kind of mistake is told with its place, what is allowed, and what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from kiosk.i18n import Words
from kiosk.settings import SettingsError, load
from printers.logo import LARGEST_FILE, LARGEST_SIDE
from tests.kiosk.settings.conftest import Ask, Change, Read

EN = Words("en")


def test_a_good_file_is_read(read: Read) -> None:
    settings = read()
    assert [agency.code for agency in settings.agency] == ["DK", "BN"]
    assert settings.site[0].counter[0].services == ["DK.ktp", "BN.*"]
    assert settings.agency[0].service[0].target_wait_minutes == 30


@pytest.mark.parametrize(
    ("change", "key", "kind", "nearest"),
    [
        (("minutes = 7", "minuts = 7"), "agency[DK].service[ktp].minuts", "unknown_key", "minutes"),
        (("minutes = 7", "minutes = '7'"), "agency[DK].service[ktp].minutes", "wrong_type", ""),
        (("minutes = 7", "minutes = true"), "agency[DK].service[ktp].minutes", "wrong_type", ""),
        (("minutes = 7", "minutes = 0"), "agency[DK].service[ktp].minutes", "out_of_range", ""),
        ((', name = { id = "KTP-el" }', ""), "agency[DK].service[ktp].name", "missing_key", ""),
        (('{ id = "KTP-el" }', '"KTP-el"'), "agency[DK].service[ktp].name", "wrong_type", ""),
        (('"Dukcapil"', '"' + "x" * 21 + '"'), "agency[DK].short", "string_too_long", ""),
        (('code = "BN"', 'code = "DK"'), "agency[DK#2].code", "twice", ""),
        (('id = "kk"', 'id = "ktp"'), "agency[DK].service[ktp#2].id", "twice", ""),
        (("number = 2", "number = 1"), "site[hall].counter[1#2].number", "twice", ""),
        (('["DK.kk"]', '["DK.kkk"]'), "site[hall].counter[2].services[#1]", "unknown_service", "DK.kk"),
        (('["DK.kk"]', '["dk.kk"]'), "site[hall].counter[2].services[#1]", "unknown_service", "DK.kk"),
        (('["DK.kk"]', '"DK.kk"'), "site[hall].counter[2].services", "wrong_type", ""),
        (('["DK.kk"]', "[]"), "site[hall].counter[2].services", "too_short", ""),
        (('["DK", "BN"]', '["DK"]'), "site[hall].counter[1].services[#2]", "agency_not_here", ""),
        (('["DK", "BN"]', '["DK", "BN", "BM"]'), "site[hall].agencies[#3]", "unknown_agency", "BN"),
        (('["DK", "BN"]', '["DK", "BN", "DK"]'), "site[hall].agencies[#3]", "twice", ""),
        (('"BN.bayar"', '"BN.byar"'), "journey[dua].legs[BN.byar].service", "unknown_service", "BN.bayar"),
        (('"BN.bayar"', '"BN.*"'), "journey[dua].legs[BN.*].service", "unknown_service", "BN.bayar"),
        (
            ('"DK.ktp" }, { service = "BN.bayar", optional = true',
             '"DK.ktp", group = "a" }, { service = "DK.kk" }, { service = "BN.bayar", group = "a"'),
            "journey[dua].legs[BN.bayar].group", "group_apart", ""
        ),
        (("Makassar", "Makasar"), "site[hall].time_zone", "unknown_time_zone", "Asia/Makassar"),
        (("Asia/Makassar", "WITA"), "site[hall].time_zone", "unknown_time_zone", "Asia/Makassar"),
        (("Asia/Makassar", "Asia"), "site[hall].time_zone", "unknown_time_zone", None),
        (("Asia/Makassar", "../etc"), "site[hall].time_zone", "unknown_time_zone", ""),
        (("id = \"Balai\", en", "en"), "site[hall].name", "no_words", ""),
        (("id = \"Bank NTT\"", "en = \"Bank\""), "agency[BN].name", "no_words", ""),
        (("id = \"Dua langkah\"", "en = \"Two steps\""), "journey[dua].name", "no_words", ""),
        (("id = \"hall\"", "id = \"Hall 1\""), "site[Hall 1].id", "malformed", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(
    problems: Ask, change: Change, key: str, kind: str, nearest: str | None
) -> None:
    found = problems(change)
    assert key in found, list(found)
    assert found[key].kind == kind
    assert nearest is None or found[key].nearest == nearest


@pytest.mark.parametrize(
    ("line", "key", "kind"),
    [
        ('hours = { mon = ["15:00-08:00"] }', "site[hall].hours.mon[#1]", "backwards"),
        ('hours = { mon = ["08:00-08:00"] }', "site[hall].hours.mon[#1]", "backwards"),
        ('hours = { mon = ["08:00-25:00"] }', "site[hall].hours.mon[#1]", "malformed"),
        ("hours = { mon = [8] }", "site[hall].hours.mon[#1]", "wrong_type"),
        ('hours = { monday = ["08:00-15:00"] }', "site[hall].hours.monday", "bad_choice"),
        ('hours = "08:00-15:00"', "site[hall].hours", "wrong_type"),
        ('day_starts = "4am"', "site[hall].day_starts", "malformed"),
        ('day_starts = "24:00"', "site[hall].day_starts", "malformed"),
        ('languages = ["id", "fr"]', "site[hall].languages[#2]", "unknown_language"),
        ("languages = []", "site[hall].languages", "too_short"),
        ('kind = "market"', "site[hall].kind", "bad_choice"),
        ('holidays = [{ date = "17-08-2026" }]', "site[hall].holidays[#1].date", "malformed"),
        ('holidays = [{ date = "2026-02-30" }]', "site[hall].holidays[#1].date", "malformed"),
        (
            'holidays = [{ date = 2026-08-17, name = { en = "Day" } }]',
            "site[hall].holidays[#1].name",
            "no_words",
        ),
        (
            "special_days = [{ date = 2026-08-17, until = 2026-08-16 }]",
            "site[hall].special_days[#1].until",
            "malformed",
        ),
        (
            'special_days = [{ date = 2026-08-17, hours = ["15:00-08:00"] }]',
            "site[hall].special_days[#1].hours[#1]",
            "backwards",
        ),
        ('breaks = [{ days = ["fri"], span = "13:00-11:30" }]', "site[hall].breaks[#1].span", "backwards"),
        ('breaks = [{ days = [], span = "11:30-13:00" }]', "site[hall].breaks[#1].days", "too_short"),
        (
            'breaks = [{ days = ["fri"], span = "11:30-13:00", kind = "prayer" }]',
            "site[hall].breaks[#1].kind",
            "bad_choice",
        ),
        ("quota = 0", "site[hall].quota", "out_of_range"),
    ],
)
def test_a_line_of_a_site_is_refused(problems: Ask, line: str, key: str, kind: str) -> None:
    found = problems(('agencies = ["DK", "BN"]', f'agencies = ["DK", "BN"]\n{line}'))
    assert {place: problem.kind for place, problem in found.items()} == {key: kind}


POLICY = "site[hall].policy"


@pytest.mark.parametrize(
    ("policy", "key", "kind", "allowed"),
    [
        ('{ rule = "fifo" }', f"{POLICY}.rule", "bad_choice", "priority, arrival, due, ratio"),
        ('{ rules = "due" }', f"{POLICY}.rules", "unknown_key", "rule, most_in_a_row, priority_minutes"),
        ("{ most_in_a_row = 0 }", f"{POLICY}.most_in_a_row", "out_of_range", "from 1 to 9"),
        ('{ most_in_a_row = "2" }', f"{POLICY}.most_in_a_row", "wrong_type", "a whole number"),
        ("{ priority_minutes = 5 }", f"{POLICY}.priority_minutes", "not_for_rule", 'rule = "due"'),
        ('{ rule = "due", regular = 1 }', f"{POLICY}.regular", "not_for_rule", 'rule = "ratio"'),
        ('{ urgent = [{ service = "DK.kk" }] }', f"{POLICY}.urgent[DK.kk].minutes", "missing_key", "a whole number"),
        ('{ urgent = [{ service = "DK.k", minutes = 5 }] }', f"{POLICY}.urgent[DK.k].service", "unknown_service", "DK.ktp, DK.kk"),
        ('{ shares = { "DK.no" = 2 } }', f"{POLICY}.shares.DK.no", "unknown_service", "DK.ktp, DK.kk"),
        ('{ shares = { "DK.kk" = 10 } }', f"{POLICY}.shares.DK.kk", "out_of_range", "from 1 to 9"),
        ('{ shares = { "DK" = 2 } }', f"{POLICY}.shares.DK", "unknown_service", "DK.ktp, DK.kk"),
        ("{ shares = 2 }", f"{POLICY}.shares", "wrong_type", "services with a number from 1 to 9"),
        ('"due"', POLICY, "wrong_type", "a table"),
    ],
)  # fmt: skip
def test_a_policy_is_refused(problems: Ask, policy: str, key: str, kind: str, allowed: str) -> None:
    found = problems(('agencies = ["DK", "BN"]', f'agencies = ["DK", "BN"]\npolicy = {policy}'))
    assert {place: problem.kind for place, problem in found.items()} == {key: kind}
    assert found[key].allowed(EN).startswith(allowed)


def test_the_policy_of_a_counter_speaks_of_what_it_serves(problems: Ask) -> None:
    own = (
        'services = ["DK.kk"], policy = { rule = "ratio", urgent = [{ service = "BN.bayar", minutes = 9 }] }'
    )
    found = problems(('services = ["DK.kk"]', own))
    at = "site[hall].counter[2].policy.urgent[BN.bayar].service"
    assert {key: (each.kind, each.choices) for key, each in found.items()} == {
        at: ("not_at_counter", ("DK.kk",))
    }


@pytest.mark.parametrize("span", ["18:00-01:00", "18:00-04:00", "08:00-24:00", "00:00-02:00", "00:00-24:00"])
def test_a_span_may_pass_midnight_until_the_day_starts(read: Read, span: str) -> None:
    settings = read(('agencies = ["DK", "BN"]', f'agencies = ["DK", "BN"]\nhours = {{ sat = ["{span}"] }}'))
    assert settings.site[0].hours == {"sat": [span]}


def test_a_later_start_of_the_day_makes_a_longer_night_lawful(read: Read) -> None:
    lines = 'agencies = ["DK", "BN"]\nday_starts = "06:00"\nhours = { sat = ["22:00-06:00"] }'
    assert read(('agencies = ["DK", "BN"]', lines)).site[0].day_starts == "06:00"


@pytest.mark.parametrize(
    ("section", "key", "kind", "nearest"),
    [
        ('[printer]\ndevice = "netwrok"', "printer.device", "bad_choice", "network"),
        ('[printer]\ndevice = "network"', "printer.host", "missing_for_printer", ""),
        ('[printer]\ndevice = "file"', "printer.path", "missing_for_printer", ""),
        ('[printer]\nport = "9100"', "printer.port", "wrong_type", ""),
        ("[printer]\nport = 99999", "printer.port", "out_of_range", ""),
        ("[printer]\npaper = 76", "printer.paper", "bad_choice", "80"),
        ("[printer]\npaper = true", "printer.paper", "bad_choice", ""),
        ("[printer]\ndevice = 3", "printer.device", "bad_choice", ""),
        ("[sreen]\nidle_seconds = 30", "sreen", "unknown_key", "screen"),
        ("[screen]\nidle_second = 30", "screen.idle_second", "unknown_key", "idle_seconds"),
        ("[store]\nbusy_seconds = 0", "store.busy_seconds", "out_of_range", ""),
        ('[store]\nurl = "kiosk.db"', "store.url", "malformed", ""),
        ('[machine]\nid = "kiosk"', "machine.id", "malformed", ""),
        ('[machine]\ndemonstration = "yes"', "machine.demonstration", "wrong_type", ""),
        ('[web]\npublic_url = "antre.example"', "web.public_url", "malformed", ""),
    ],
)
def test_a_section_of_the_machine_is_checked(
    problems: Ask, section: str, key: str, kind: str, nearest: str
) -> None:
    found = problems(end=section)
    assert {place: (each.kind, each.nearest) for place, each in found.items()} == {key: (kind, nearest)}


def test_all_problems_come_at_once_whatever_their_kind(problems: Ask) -> None:
    found = problems(
        ("minutes = 7", "minuts = 7"),
        ('["DK.kk"]', '["DK.kkk"]'),
        ("Makassar", "Makasar"),
        end='[printer]\ndevice = "network"\nport = "x"',
    )
    assert set(found) == {
        "agency[DK].service[ktp].minuts",
        "agency[DK].service[ktp].minutes",
        "site[hall].counter[2].services[#1]",
        "site[hall].time_zone",
        "printer.host",
        "printer.port",
    }


def test_what_is_allowed_is_told_as_a_list_or_in_words(problems: Ask) -> None:
    found = problems(("minutes = 7", "minutes = 0"), ('["DK.kk"]', '["DK.kkk"]'))
    assert found["agency[DK].service[ktp].minutes"].allowed(EN) == "from 1 to 240"
    assert found["site[hall].counter[2].services[#1]"].allowed(EN) == "DK.ktp, DK.kk"


def test_a_long_list_of_choices_is_cut_short(problems: Ask) -> None:
    many = ", ".join(f'{{ id = "s{n}", name = {{ id = "S" }}, minutes = 1 }}' for n in range(20))
    found = problems(
        ('"BN.bayar"', '"BN.none"'), ('service = [ { id = "bayar"', f'service = [ {many}, {{ id = "bayar"')
    )
    assert found["journey[dua].legs[BN.none].service"].allowed(EN).endswith("BN.s11 and 9 more")


def test_a_row_of_the_wrong_type_hides_no_other_problem(problems: Ask) -> None:
    found = problems(('{ number = 2, services = ["DK.kk"] }', '"two", { number = 3, services = ["DK.no"] }'))
    assert {key: problem.kind for key, problem in found.items()} == {
        "site[hall].counter[#2]": "wrong_type",
        "site[hall].counter[3].services[#1]": "unknown_service",
    }


@pytest.mark.parametrize(
    ("data", "kind", "line"),
    [
        (b"[[site]]\nid = 'x'\nname = \n", "syntax", 3),
        (b"a = 1\na = 2\n", "syntax", 2),
        (b"a = [1,\n", "syntax", None),
        (b"name = '\xff'", "not_utf8", None),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(
    tmp_path: Path, data: bytes, kind: str, line: int | None
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(data)
    with pytest.raises(SettingsError) as refused:
        load(path, {})
    (problem,) = refused.value.problems
    assert (problem.file, problem.kind) == (str(path), kind)
    assert line is None or problem.data["line"] == line


def test_a_mark_at_the_beginning_of_the_file_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbfcolour = 1\n")
    with pytest.raises(SettingsError) as refused:
        load(path, {})
    assert "colour" in [problem.key for problem in refused.value.problems]


def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    for path, kind in ((tmp_path / "none.toml", "no_file"), (tmp_path, "unreadable")):
        with pytest.raises(SettingsError) as refused:
            load(path, {})
        assert [problem.kind for problem in refused.value.problems] == [kind]


def test_a_logo_that_cannot_be_printed_is_refused_before_the_first_slip(
    read: Read, problems: Ask, tmp_path: Path
) -> None:
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    Image.new("1", (LARGEST_SIDE + 1, 1)).save(tmp_path / "wide.png")
    (tmp_path / "heavy.png").write_bytes(bytes(LARGEST_FILE + 1))
    Image.new("1", (200, 80)).save(tmp_path / "logo.png")
    assert read(end='[slip]\nlogo = "logo.png"').slip.logo == "logo.png"
    for name, kind in (
        ("none.png", "missing"), ("text.png", "no_picture"), ("wide.png", "too_big"), ("heavy.png", "too_big"),
    ):  # fmt: skip
        (problem,) = problems(end=f'[slip]\nlogo = "{name}"').values()
        assert (problem.key, problem.kind) == ("slip.logo", f"logo_{kind}")
        said = "\n".join(problem.lines(EN))
        assert name in said
        assert "remove this line" in said
        assert str(tmp_path) in said
