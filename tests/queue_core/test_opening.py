"""Open or closed, why, and when next: real dates in Kupang, and two clock changes in Berlin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.hours import business_day, end_of_hour
from queue_core.opening import Level, Order, Place, Rules, Taken, opening, rules_from, serving_windows
from queue_core.views import Opening

WITA, BERLIN = ZoneInfo("Asia/Makassar"), ZoneInfo("Europe/Berlin")
KUPANG = Place(WITA)
MALL = {
    **dict.fromkeys(("mon", "tue", "wed", "thu"), ("08:00-15:30",)),
    "fri": ("08:00-16:00",),
}
PAUSES = [
    {"days": ["mon", "tue", "wed", "thu"], "span": "12:00-13:00", "kind": "midday", "name": None},
    {"days": ["fri"], "span": "11:30-13:30", "kind": "friday_prayer", "name": None},
]


def entry(
    date: str, *hours: str, until: str | None = None, name: str = "", days: Sequence[str] = ()
) -> dict[str, object]:
    words = {"id": name} if name else None
    return {"date": date, "until": until, "days": list(days), "hours": list(hours), "name": words}


HOLIDAYS = [
    entry("2026-08-17", name="Hari Kemerdekaan"),
    entry("2026-12-24", "08:00-11:00", name="Malam Natal"),
    entry("2027-03-09", until="2027-03-12", name="Idulfitri"),
]
SPECIAL = [
    entry("2026-11-26", "10:00-15:30", name="Apel"),
    entry("2026-11-27", name="Upacara"),
    entry("2027-02-08", "08:00-14:00", until="2027-03-07", days=["mon", "tue", "wed", "thu"]),
]
SITE = Level("site", rules_from(MALL, {"breaks": PAUSES, "holiday": HOLIDAYS, "special": SPECIAL}))


def at(local: str, zone: ZoneInfo = WITA) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)


def told(seen: Opening, zone: ZoneInfo = WITA) -> str:
    """The answer in one line: the reason, its name, and when it opens or closes, on the wall."""
    moment = seen.closes_at if seen.open else seen.opens_at
    name = f" ({seen.name['id']})" if seen.name else ""
    return f"{seen.reason}{name}" + (f" {moment.astimezone(zone):%m-%d %H:%M}" if moment else "")


@pytest.mark.parametrize(
    ("now", "answer"),
    [
        # an ordinary Tuesday
        ("2026-11-24T07:59", "hours 11-24 08:00"),
        ("2026-11-24T08:00", "open 11-24 12:00"),
        ("2026-11-24T12:00", "break_midday 11-24 13:00"),
        ("2026-11-24T12:59", "break_midday 11-24 13:00"),
        ("2026-11-24T13:00", "open 11-24 15:30"),
        ("2026-11-24T15:30", "hours 11-25 08:00"),
        ("2026-11-25T00:30", "hours 11-25 08:00"),
        # a Friday
        ("2026-12-04T11:29", "open 12-04 11:30"),
        ("2026-12-04T11:30", "break_friday_prayer 12-04 13:30"),
        ("2026-12-04T12:10", "break_friday_prayer 12-04 13:30"),
        ("2026-12-04T13:30", "open 12-04 16:00"),
        ("2026-12-04T16:00", "hours 12-07 08:00"),
        # a weekend, also its small hours, which still belong to the day before
        ("2026-12-05T03:59", "hours 12-07 08:00"),
        ("2026-12-05T04:00", "day_off 12-07 08:00"),
        ("2026-12-06T12:00", "day_off 12-07 08:00"),
        # a holiday, the evening before it, and the day after
        ("2026-08-14T16:00", "hours 08-18 08:00"),
        ("2026-08-17T10:00", "holiday (Hari Kemerdekaan) 08-18 08:00"),
        ("2026-08-18T03:00", "holiday (Hari Kemerdekaan) 08-18 08:00"),
        ("2026-08-18T08:00", "open 08-18 12:00"),
        # half a holiday: nothing to say before and in it, its name after it; no breaks
        ("2026-12-24T07:00", "hours 12-24 08:00"),
        ("2026-12-24T10:00", "open 12-24 11:00"),
        ("2026-12-24T11:00", "holiday (Malam Natal) 12-25 08:00"),
        # a run of days, over the weekend
        ("2027-03-08T16:00", "hours 03-15 08:00"),
        ("2027-03-11T10:00", "holiday (Idulfitri) 03-15 08:00"),
        ("2027-03-13T10:00", "day_off 03-15 08:00"),
        # dates of their own: late opening, closed, and a month of shorter days without the midday break
        ("2026-11-26T09:00", "hours 11-26 10:00"),
        ("2026-11-26T12:30", "open 11-26 15:30"),
        ("2026-11-26T15:30", "hours 11-30 08:00"),
        ("2026-11-27T10:00", "special (Upacara) 11-30 08:00"),
        ("2027-02-09T12:30", "open 02-09 14:00"),
        ("2027-02-12T12:30", "break_friday_prayer 02-12 13:30"),
        ("2027-02-13T12:30", "day_off 02-15 08:00"),
    ],
)
def test_a_mall_in_kupang(now: str, answer: str) -> None:
    assert told(opening(at(now), KUPANG, [SITE])) == answer


@pytest.mark.parametrize(
    ("now", "answer"),
    [
        ("2026-11-27T12:00", "day_off 11-28 05:00"),
        ("2026-11-28T04:59", "hours 11-28 05:00"),
        ("2026-11-28T05:00", "open 11-28 10:00"),
        ("2026-11-28T10:00", "hours 12-05 05:00"),
        ("2026-12-12T06:00", "holiday (Pilkada) 12-19 05:00"),
    ],
)
def test_a_car_free_day_is_on_saturdays_only(now: str, answer: str) -> None:
    street = Rules({"sat": ("05:00-10:00",)}, days=rules_from(None, {"holiday": [PILKADA]}).days)
    assert told(opening(at(now), KUPANG, [Level("site", street)])) == answer


PILKADA = entry("2026-12-12", name="Pilkada")


@pytest.mark.parametrize(
    ("now", "answer"),
    [
        ("2026-11-28T17:59", "hours 11-28 18:00"),
        ("2026-11-29T00:30", "open 11-29 01:00"),
        ("2026-11-29T01:00", "hours 12-05 18:00"),  # still Saturday, for the market
        ("2026-11-29T04:00", "day_off 12-05 18:00"),
        ("2026-12-12T23:00", "holiday (Pilkada) 12-19 18:00"),
        ("2026-12-13T00:30", "holiday (Pilkada) 12-19 18:00"),  # the night of a holiday is a holiday
    ],
)
def test_a_night_market_goes_on_past_midnight(now: str, answer: str) -> None:
    market = Rules({"sat": ("18:00-01:00",)}, days=rules_from(None, {"holiday": [PILKADA]}).days)
    assert told(opening(at(now), KUPANG, [Level("site", market)])) == answer


def test_the_widest_level_that_is_closed_gives_the_reason_and_all_give_the_next_opening() -> None:
    agency = Level("agency", Rules({"tue": ("09:00-11:00",), "thu": ("09:00-11:00",)}))
    service = Level("service", Rules({"tue": ("08:00-10:00",), "thu": ("10:30-12:00",)}))
    levels = [SITE, agency, service]
    for now, answer, level in (
        ("2026-11-24T10:30", "hours 11-26 10:30", "service"),  # on that Thursday the site opens at 10
        ("2026-11-24T12:30", "hours 11-26 10:30", "agency"),  # the midday break ends nothing for it
        ("2026-11-25T10:30", "day_off 11-26 10:30", "agency"),
    ):
        seen = opening(at(now), KUPANG, levels)
        assert (told(seen), seen.level) == (answer, level)


def test_a_break_after_which_nothing_opens_today_is_not_the_reason() -> None:
    mondays = Level("agency", Rules({"mon": ("08:00-15:00",)}))
    assert told(opening(at("2026-11-24T12:10"), KUPANG, [SITE, mondays])) == "day_off 11-30 08:00"
    mornings = Level("agency", Rules(dict.fromkeys(MALL, ("08:00-11:00",))))
    assert told(opening(at("2026-11-24T12:10"), KUPANG, [SITE, mornings])) == "hours 11-25 08:00"


def test_a_break_keeps_its_name_when_it_was_held_open_for_a_while() -> None:
    held = replace(SITE, order=Order(True, at("2026-12-04T11:00"), at("2026-12-04T12:00")))
    assert told(opening(at("2026-12-04T11:45"), KUPANG, [held])) == "open 12-04 12:00"
    assert told(opening(at("2026-12-04T12:00"), KUPANG, [held])) == "break_friday_prayer 12-04 13:30"


def test_the_narrowest_word_on_the_last_number_counts() -> None:
    site = replace(SITE, rules=replace(SITE.rules, last_ticket_minutes=60))
    service = Level("service", Rules(last_ticket_minutes=30))
    now = at("2026-11-24T14:20")
    assert opening(now, KUPANG, [site]).last_ticket_at == at("2026-11-24T14:30")
    assert opening(now, KUPANG, [site, service]).last_ticket_at == at("2026-11-24T15:00")
    seen = opening(at("2026-11-24T14:30"), KUPANG, [site])
    assert (told(seen), seen.last_ticket_at) == ("last_ticket 11-25 08:00", at("2026-11-24T14:30"))
    assert seen.closes_at == at("2026-11-24T15:30")
    assert opening(at("2026-11-24T11:50"), KUPANG, [site]).open  # noon is not the end of the day
    night = [Level("site", Rules({"sat": ("18:00-01:00",)}, last_ticket_minutes=30))]
    assert told(opening(at("2026-11-29T00:30"), KUPANG, night)) == "last_ticket 12-05 18:00"


def test_a_last_number_longer_before_closing_than_the_afternoon_ends_in_the_morning() -> None:
    site = replace(SITE, rules=replace(SITE.rules, last_ticket_minutes=240))
    assert told(opening(at("2026-11-24T11:45"), KUPANG, [site])) == "last_ticket 11-25 08:00"
    assert told(opening(at("2026-11-24T13:15"), KUPANG, [site])) == "last_ticket 11-25 08:00"


def test_a_full_line_stops_numbers_only_where_the_rules_say_so() -> None:
    now, rules = at("2026-11-24T14:00"), replace(SITE.rules, stop_when_full=True)
    assert opening(now, KUPANG, [SITE], full=True).open
    assert told(opening(now, KUPANG, [Level("site", rules)], full=True)) == "full 11-25 08:00"
    never = Level("service", Rules(stop_when_full=False))
    assert opening(now, KUPANG, [Level("site", rules), never], full=True).open


@pytest.mark.parametrize(
    ("now", "taken", "answer", "left"),
    [
        ("2026-11-24T09:20", Taken(0, 0), "open 11-24 12:00", 60),
        ("2026-11-24T09:20", Taken(59, 9), "open 11-24 12:00", 1),
        ("2026-11-24T09:20", Taken(20, 10), "quota_hour 11-24 10:00", 0),
        ("2026-11-24T11:20", Taken(30, 10), "quota_hour 11-24 13:00", 0),  # noon comes between
        ("2026-11-24T15:10", Taken(50, 10), "quota_hour 11-25 08:00", 0),
        ("2026-11-24T09:20", Taken(60, 10), "quota_day 11-25 08:00", 0),
        ("2026-11-27T16:00", Taken(60, 0), "special (Upacara) 11-30 08:00", None),
    ],
)
def test_quotas(now: str, taken: Taken, answer: str, left: int | None) -> None:
    service = Level("service", Rules(quota=60, quota_per_hour=10))
    seen = opening(at(now), KUPANG, [SITE, service], {"service": taken})
    assert (told(seen), seen.left) == (answer, left)


def test_the_quota_that_leaves_least_counts() -> None:
    levels = [replace(SITE, rules=replace(SITE.rules, quota=100)), Level("agency", Rules(quota=50))]
    now = at("2026-11-24T09:00")
    assert opening(now, KUPANG, levels, {"site": Taken(95), "agency": Taken(10)}).left == 5
    assert opening(now, KUPANG, levels, {"site": Taken(50), "agency": Taken(48)}).left == 2


def by_hand(opens: bool, begins: str, ends: str) -> Order:
    return Order(opens, at(begins), at(ends), {"id": "Rapat"})


CLOSED = by_hand(False, "2026-11-24T09:00", "2026-11-24T11:00")
LONG_CLOSED = by_hand(False, "2026-11-24T09:00", "2026-11-25T10:00")
HELD = by_hand(True, "2026-11-24T10:00", "2026-11-24T17:00")


@pytest.mark.parametrize(
    ("now", "orders", "answer"),
    [
        ("2026-11-24T10:00", (CLOSED, None), "by_hand (Rapat) 11-24 11:00"),
        ("2026-11-24T11:00", (CLOSED, None), "open 11-24 12:00"),
        ("2026-11-24T09:30", (LONG_CLOSED, None), "by_hand (Rapat) 11-25 10:00"),
        ("2026-11-24T10:00", (None, CLOSED), "by_hand (Rapat) 11-24 11:00"),
        ("2026-11-24T12:30", (HELD, None), "open 11-24 17:00"),
        ("2026-11-24T12:30", (None, HELD), "open 11-24 17:00"),
        ("2026-11-24T16:59", (None, HELD), "open 11-24 17:00"),
        ("2026-11-24T17:00", (None, HELD), "hours 11-25 08:00"),
        ("2026-11-24T10:30", (CLOSED, HELD), "open 11-24 17:00"),  # newer, and narrower
        (
            "2026-11-24T10:30",
            (HELD, CLOSED),
            "by_hand (Rapat) 11-24 11:00",
        ),  # the wider one does not reach down
        ("2026-11-24T09:30", (LONG_CLOSED, by_hand(True, "2026-11-24T08:30", "2026-11-24T17:00")), None),
    ],
)
def test_orders_by_hand(now: str, orders: tuple[Order | None, Order | None], answer: str | None) -> None:
    levels = [replace(SITE, order=orders[0]), Level("service", order=orders[1])]
    assert told(opening(at(now), KUPANG, levels)) == (answer or "by_hand (Rapat) 11-25 10:00")


def test_what_is_held_open_knows_no_holiday_last_number_quota_or_full_line() -> None:
    rules = Rules(last_ticket_minutes=60, quota=5, quota_per_hour=5, stop_when_full=True)
    held = by_hand(True, "2026-08-17T09:00", "2026-08-17T12:00")
    service = Level("service", rules, held)
    seen = opening(at("2026-08-17T11:30"), KUPANG, [SITE, service], {"service": Taken(9, 9)}, full=True)
    assert (told(seen), seen.left, seen.last_ticket_at) == ("open 08-17 12:00", None, None)
    assert seen.until == at("2026-08-17T12:00")


def test_a_narrower_level_keeps_its_own_hours_when_a_wider_one_is_held_open() -> None:
    held = by_hand(True, "2026-11-28T09:00", "2026-11-28T12:00")
    service = Level("service", Rules({"tue": ("08:00-12:00",)}))
    seen = opening(at("2026-11-28T10:00"), KUPANG, [replace(SITE, order=held), service])
    assert (told(seen), seen.level) == ("day_off 12-01 08:00", "service")


def test_open_at_all_hours_but_on_a_holiday() -> None:
    always = [Level("site", rules_from(None, {"holiday": [HOLIDAYS[0]]}))]
    assert told(opening(at("2026-08-16T23:00"), KUPANG, always)) == "open 08-17 00:00"
    assert told(opening(at("2026-08-17T23:00"), KUPANG, always)) == "holiday (Hari Kemerdekaan) 08-18 00:00"
    assert told(opening(at("2026-08-18T00:00"), KUPANG, always)) == "open"


def test_where_nothing_opens_within_two_months_no_time_is_promised() -> None:
    away = entry("2026-11-24", until="2027-02-28")
    assert told(
        opening(at("2026-11-24T09:00"), KUPANG, [Level("site", rules_from(MALL, {"special": [away]}))])
    ) == ("special")
    soon = entry("2026-11-24", until="2027-01-10")
    assert told(
        opening(at("2026-11-24T09:00"), KUPANG, [Level("site", rules_from(MALL, {"special": [soon]}))])
    ) == ("special 01-11 08:00")


def test_a_clock_change_moves_the_instant_and_not_the_clock_on_the_wall() -> None:
    levels = [Level("site", Rules(MALL | {"sun": ("08:00-12:00",)}, last_ticket_minutes=30))]
    place = Place(BERLIN)
    spring = opening(at("2026-03-29T11:00", BERLIN), place, levels)
    assert (told(spring, BERLIN), spring.last_ticket_at) == (
        "open 03-29 12:00",
        datetime(2026, 3, 29, 9, 30, tzinfo=UTC),
    )
    autumn = opening(at("2026-10-24T20:00", BERLIN), place, levels)
    assert autumn.opens_at == datetime(2026, 10, 25, 7, 0, tzinfo=UTC)
    repeated = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first 02:30
    assert end_of_hour(repeated, BERLIN) == datetime(2026, 10, 25, 1, 0, tzinfo=UTC)


def test_staff_serve_on_after_the_last_number_and_not_in_the_breaks() -> None:
    site = replace(SITE, rules=replace(SITE.rules, last_ticket_minutes=60))
    begin, end = at("2026-12-04T10:00"), at("2026-12-05T04:00")
    assert serving_windows(begin, end, KUPANG, [site]) == [
        (begin, at("2026-12-04T11:30")),
        (at("2026-12-04T13:30"), at("2026-12-04T16:00")),
    ]


# ----------------------------------------------------------------------------- the next opening is one, and the first

MOMENTS = st.integers(0, 60 * 24 * 60).map(
    lambda minutes: at("2026-11-01T00:00") + timedelta(minutes=minutes)
)
LIMITS = st.fixed_dictionaries(
    {},
    optional={
        "last_ticket_minutes": st.sampled_from([15, 60, 300]),
        "quota": st.just(10),
        "quota_per_hour": st.just(3),
    },
)
RULES = st.builds(
    lambda hours, stored, limits: replace(rules_from(hours, stored), **limits),
    st.sampled_from([None, MALL, {"sat": ("18:00-01:00",), "tue": ("08:00-12:00", "13:00-15:00")}]),
    st.sampled_from(
        [{}, {"breaks": PAUSES, "holiday": HOLIDAYS, "special": SPECIAL}, {"holiday": [PILKADA]}]
    ),
    LIMITS,
)
ORDERS = st.none() | st.builds(
    lambda opens, begins, hours: Order(opens, begins, begins + timedelta(hours=hours)),
    st.booleans(),
    MOMENTS,
    st.integers(1, 60),
)
LEVELS = st.tuples(
    st.builds(Level, st.just("site"), RULES, ORDERS), st.builds(Level, st.just("service"), RULES, ORDERS)
)
PLACES = st.builds(
    Place, st.sampled_from([WITA, BERLIN, ZoneInfo("America/St_Johns")]), st.sampled_from(["00:00", "04:00"])
)
TAKEN = st.sampled_from([{}, {"service": Taken(10, 0)}, {"service": Taken(5, 3)}, {"site": Taken(3, 3)}])


def as_it_will_be(
    taken: Mapping[str, Taken], now: datetime, then: datetime, place: Place
) -> dict[str, Taken]:
    """What counts against quotas at a later moment if nobody comes: on another day or in another hour, nothing."""
    same_day = business_day(now, place.zone, place.day_starts) == business_day(
        then, place.zone, place.day_starts
    )
    same_hour = then < end_of_hour(now, place.zone)
    return {
        name: Taken(each.day if same_day else 0, each.hour if same_hour and same_day else 0)
        for name, each in taken.items()
    }


def test_an_order_of_a_later_day_does_not_hide_the_hours_before_it() -> None:
    tuesdays = Rules(hours={"tue": ("08:00-12:00", "13:00-15:00")}, quota=10)
    held = Order(opens=True, begins_at=at("2026-11-03T13:01"), ends_at=at("2026-11-03T14:01"))
    seen = opening(at("2026-11-01T00:00"), KUPANG, [Level("site", tuesdays, held)], {"site": Taken(day=10)})
    assert seen.opens_at == at("2026-11-03T08:00")


@given(MOMENTS, PLACES, LEVELS, TAKEN, st.integers(0, 10_000))
def test_the_next_opening_is_one_and_nothing_earlier_is(
    now: datetime, place: Place, levels: tuple[Level, ...], taken: dict[str, Taken], between: int
) -> None:
    def open_at(then: datetime) -> bool:
        return opening(then, place, levels, as_it_will_be(taken, now, then, place)).open

    seen = opening(now, place, levels, taken)
    if seen.open:
        if seen.closes_at is not None:
            assert seen.closes_at > now
            assert not open_at(seen.closes_at)
        return
    if seen.opens_at is None:
        assert not open_at(now + timedelta(minutes=between * 5))
        return
    assert seen.opens_at > now
    assert open_at(seen.opens_at)
    assert not open_at(seen.opens_at - timedelta(seconds=1))
    assert not open_at(now + (seen.opens_at - now) * (between / 10_001))
