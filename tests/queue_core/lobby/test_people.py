"""Who may sign in, and how guessing is made slow."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from queue_core import Actor, Lobby
from queue_core.errors import ClockSuspect, NotAllowed, PinRefused, StaffExists, UnknownStaff
from queue_core.events import EventKind
from queue_core.lobby.people import People
from queue_core.lobby.pins import ArgonHasher
from queue_core.roles import ROLES, satisfies
from tests.support.house import Clock


@pytest.fixture(scope="module")
def hasher() -> ArgonHasher:
    """The real one, made cheap."""
    return ArgonHasher(passes=1, kibibytes=64)


@pytest.fixture
def people(lobby: Lobby, hasher: ArgonHasher) -> People:
    """Ani, who sees over the site, and Budi at a counter."""
    people = People(lobby, hasher)
    people.add("ani", "Ani", "135790", "supervisor")
    people.add("budi", "Budi", "2468", "counter")
    return people


def refused(command: Callable[[], object]) -> dict[str, object]:
    with pytest.raises(NotAllowed) as refusal:
        command()
    return dict(refusal.value.data)


def test_a_name_and_its_pin_open_the_door(people: People) -> None:
    assert people.sign_in("budi", "2468").name == "Budi"
    assert people.sign_in(" Budi ", "2468").id == "budi"


@pytest.mark.parametrize(
    ("name", "pin"), [("budi", "2469"), ("budi", ""), ("budi", "135790"), ("nobody", "2468"), ("", "2468")]
)
def test_anything_else_does_not(people: People, name: str, pin: str) -> None:
    assert refused(lambda: people.sign_in(name, pin)) == {"reason": "sign_in"}


@pytest.mark.parametrize(("role", "needs"), [(role, needs) for role in ROLES for needs in ROLES])
def test_each_role_may_do_what_those_before_it_may(role: str, needs: str) -> None:
    order = ["visitor_desk", "counter", "supervisor", "admin"]
    assert satisfies(role, needs) is (order.index(role) >= order.index(needs))


def test_a_role_too_low_is_told_what_it_takes(people: People) -> None:
    assert refused(lambda: people.sign_in("budi", "2468", needs="supervisor")) == {
        "reason": "role",
        "needs": "supervisor",
    }
    assert people.sign_in("ani", "135790", needs="supervisor").role == "supervisor"
    with pytest.raises(ValueError, match="king"):
        people.sign_in("ani", "135790", needs="king")


@pytest.mark.parametrize("name", ["budi", "nobody"])
def test_five_wrong_pins_close_a_name_for_five_minutes(people: People, clock: Clock, name: str) -> None:
    """Also a name that nobody has: else the answer would tell which names there are."""
    for _ in range(5):
        assert refused(lambda: people.sign_in(name, "0000")) == {"reason": "sign_in"}
    until = clock.now + timedelta(minutes=5)
    assert refused(lambda: people.sign_in(name, "2468")) == {"reason": "locked", "until": until}
    clock.forward(minutes=4, seconds=59)
    assert refused(lambda: people.sign_in(name, "2468"))["reason"] == "locked"
    clock.forward(seconds=1)
    if name == "budi":
        assert people.sign_in(name, "2468").id == "budi"
    else:
        assert refused(lambda: people.sign_in(name, "2468"))["reason"] == "sign_in"


def test_a_lock_made_by_a_wrong_clock_ends_when_the_clock_is_set(people: People, clock: Clock) -> None:
    clock.forward(days=1000)
    for _ in range(5):
        refused(lambda: people.sign_in("budi", "0000"))
    clock.forward(days=-1000)
    assert people.sign_in("budi", "2468").id == "budi"


def test_after_a_lock_there_are_five_more_tries(people: People, clock: Clock) -> None:
    for _ in range(5):
        refused(lambda: people.sign_in("budi", "0000"))
    clock.forward(minutes=5)
    for _ in range(4):
        assert refused(lambda: people.sign_in("budi", "0000"))["reason"] == "sign_in"
    assert people.sign_in("budi", "2468").id == "budi"


def test_a_right_pin_wipes_the_slate(people: People) -> None:
    for _ in range(3):
        for _ in range(4):
            refused(lambda: people.sign_in("budi", "0000"))
        assert people.sign_in("budi", "2468").id == "budi"


def test_the_lock_outlives_the_program(people: People, lobby: Lobby, hasher: ArgonHasher) -> None:
    for _ in range(5):
        refused(lambda: people.sign_in("budi", "0000"))
    assert refused(lambda: People(lobby, hasher).sign_in("budi", "2468"))["reason"] == "locked"


def test_one_closed_name_closes_no_other(people: People) -> None:
    for _ in range(5):
        refused(lambda: people.sign_in("budi", "0000"))
    assert people.sign_in("ani", "135790").id == "ani"


def test_a_new_pin_ends_the_lock(people: People) -> None:
    for _ in range(5):
        refused(lambda: people.sign_in("budi", "0000"))
    people.change("budi", pin="7531")
    assert people.sign_in("budi", "7531").id == "budi"
    assert refused(lambda: people.sign_in("budi", "2468"))["reason"] == "sign_in"


class Counted(ArgonHasher):
    """The real hasher, counting what it was asked to do."""

    def __init__(self) -> None:
        super().__init__(passes=1, kibibytes=64)
        self.work = 0

    def hash(self, pin: str) -> str:
        self.work += 1
        return super().hash(pin)

    def matches(self, hashed: str, pin: str) -> bool:
        self.work += 1
        return super().matches(hashed, pin)


@pytest.mark.parametrize("name", ["budi", "nobody", "left"])
def test_a_wrong_name_costs_what_a_wrong_pin_costs(people: People, lobby: Lobby, name: str) -> None:
    people.add("left", "Left", "1112", "counter")
    people.change("left", active=False)
    hasher = Counted()
    assert refused(lambda: People(lobby, hasher).sign_in(name, "0000")) == {"reason": "sign_in"}
    assert hasher.work == 1


def test_who_may_no_longer_sign_in_does_not(people: People) -> None:
    people.change("budi", active=False)
    assert refused(lambda: people.sign_in("budi", "2468"))["reason"] == "sign_in"
    people.change("budi", active=True)
    assert people.sign_in("budi", "2468").active


# ----------------------------------------------------------------------------- the kiosk's door


def test_a_bare_pin_of_those_in_charge_opens_the_door(people: People) -> None:
    people.add("cici", "Cici", "86420", "admin")
    assert [people.unlock(pin).id for pin in ("135790", "86420")] == ["ani", "cici"]
    assert refused(lambda: people.unlock("2468")) == {"reason": "sign_in"}  # Budi only serves a counter
    people.change("ani", active=False)
    assert refused(lambda: people.unlock("135790")) == {"reason": "sign_in"}


def test_the_door_cannot_be_tried_more_than_five_times(people: People, clock: Clock) -> None:
    for _ in range(5):
        refused(lambda: people.unlock("0000"))
    assert refused(lambda: people.unlock("135790"))["reason"] == "locked"
    assert people.sign_in("ani", "135790").id == "ani"  # staff elsewhere go on
    clock.forward(minutes=5)
    assert people.unlock("135790").id == "ani"


def test_the_door_costs_the_same_whoever_it_is(people: People, lobby: Lobby) -> None:
    people.add("cici", "Cici", "86420", "admin")
    work = []
    for pin in ("0000", "86420", "135790"):
        hasher = Counted()
        try:
            People(lobby, hasher).unlock(pin)
        except NotAllowed:
            assert pin == "0000"
        work.append(hasher.work)
    assert work == [2, 2, 2]


def test_a_clock_that_cannot_be_right_locks_nobody_in(people: People, lobby: Lobby, clock: Clock) -> None:
    """Staff must reach the machine to set it; the day does not run back with it."""
    right = clock.now
    clock.forward(days=-400)
    assert people.sign_in("budi", "2468").id == "budi"
    assert people.unlock("135790").id == "ani"
    with pytest.raises(ClockSuspect) as refusal:
        lobby.issue("DK.ktp", request_id="r")
    assert refusal.value.data["last"] == right


# ----------------------------------------------------------------------------- who there is


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "", "١٢٣٤", "12 34"])
def test_a_pin_has_four_to_eight_digits(people: People, lobby: Lobby, pin: str) -> None:
    with pytest.raises(PinRefused, match="length"):
        people.add("dewi", "Dewi", pin, "counter")
    with pytest.raises(PinRefused, match="length"):
        people.change("budi", pin=pin)
    assert [person.id for person in lobby.staff()] == ["ani", "budi"]


def test_a_pin_does_not_stand_in_the_persons_name_old_or_new(people: People) -> None:
    with pytest.raises(PinRefused, match="name"):
        people.add("ani1985", "Ani", "1985", "counter")
    people.add("cici", "Cici 8642", "4711", "counter")
    with pytest.raises(PinRefused, match="name"):
        people.change("cici", pin="8642")
    with pytest.raises(PinRefused, match="trivial") as refusal:
        people.change("cici", pin="1234")
    assert refusal.value.data == {"reason": "trivial"}


def test_nobody_is_added_twice_or_as_what_there_is_not(people: People) -> None:
    with pytest.raises(StaffExists) as refusal:
        people.add("BUDI", "Another", "1836", "admin")
    assert refusal.value.data == {"staff": "budi"}
    for name, role in (("dewi", "king"), ("", "counter"), ("d" * 65, "counter")):
        with pytest.raises(ValueError, match=r"king|^d*$"):
            people.add(name, "Dewi", "1836", role)
    with pytest.raises(UnknownStaff):
        people.change("dewi", active=False)


def test_everything_is_written_down_with_who_and_where_but_never_a_pin(people: People, lobby: Lobby) -> None:
    people.add("cici", "Cici", "86420", "admin")
    before = lobby.board().seq
    admin, door = Actor("cici", "K1"), Actor("", "K2")
    people.add("dewi", "Dewi", "192837", "counter", by=admin)
    people.change("dewi", pin="564738", by=admin)
    people.sign_in("dewi", "564738", by=door)
    refused(lambda: people.sign_in("dewi", "918273", by=door))
    refused(lambda: people.sign_in("7777", "7777", by=door))
    refused(lambda: people.sign_in("dewi", "564738", needs="admin", by=door))
    refused(lambda: people.unlock("564738", by=door))
    people.unlock("135790", by=door)
    people.change("dewi", active=False, by=admin)
    refused(lambda: people.sign_in("dewi", "564738", by=door))
    events = lobby.events_after(before)
    assert [(event.kind, event.staff, event.machine, event.data) for event in events] == [
        (EventKind.STAFF_ADDED, "cici", "K1", {"person": "dewi", "role": "counter"}),
        (EventKind.STAFF_CHANGED, "cici", "K1", {"person": "dewi", "active": None, "new_pin": True}),
        (EventKind.SIGNED_IN, "dewi", "K2", {"needs": "counter", "door": False}),
        (EventKind.SIGN_IN_REFUSED, "", "K2", {"person": "dewi", "reason": "sign_in", "door": False}),
        (EventKind.SIGN_IN_REFUSED, "", "K2", {"person": "", "reason": "sign_in", "door": False}),
        (EventKind.SIGN_IN_REFUSED, "", "K2", {"person": "dewi", "reason": "role", "door": False}),
        (EventKind.SIGN_IN_REFUSED, "", "K2", {"person": "", "reason": "sign_in", "door": True}),
        (EventKind.SIGNED_IN, "ani", "K2", {"needs": "supervisor", "door": True}),
        (EventKind.STAFF_CHANGED, "cici", "K1", {"person": "dewi", "active": False, "new_pin": False}),
        (EventKind.SIGN_IN_REFUSED, "", "K2", {"person": "dewi", "reason": "sign_in", "door": False}),
    ]
    told = json.dumps([dict(event.data) for event in events])
    assert not [pin for pin in ("192837", "564738", "918273", "7777", "135790") if pin in told]


def test_the_lobby_hashes_with_the_full_strength_of_argon2(lobby: Lobby) -> None:
    lobby.add_staff("ani", "Ani", "135790", "supervisor")
    assert lobby.sign_in("ani", "135790").id == "ani"
    assert lobby.unlock("135790").id == "ani"
    assert lobby.set_staff("ani", active=False).active is False
    assert [(person.id, person.active) for person in lobby.staff()] == [("ani", False)]
    assert ArgonHasher().hash("1836").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
