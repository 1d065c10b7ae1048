"""A kiosk's own store and its site's: what each does when they meet, on both engines of the site."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest

from queue_core import Lobby, Store
from queue_core.contact import LocalClock, make_contact, merge_parts, send_days
from queue_core.errors import (
    BundleRefused,
    NotEnrolled,
    ServiceClosed,
    StoreUnreachable,
    UnknownSite,
    UnknownTicket,
)
from queue_core.lifecycle import Status
from queue_core.lobby.syncing import ahead_seconds
from queue_core.lobby.tables import STAFF
from queue_core.views import Span
from tests.support.house import MORNING, SITE, Clock, Requests, person, small_catalogue
from tests.support.stores import Open, Wire, lobby_on


@pytest.fixture
def site(store: Store, clock: Clock) -> Lobby:
    """The site's store."""
    site = lobby_on(store, clock)
    site.apply_catalogue(small_catalogue())
    return site


@pytest.fixture
def kiosk(site: Lobby, open_local: Open) -> Lobby:
    """A kiosk's own store that has met its site once."""
    kiosk = open_local("k1")
    make_contact(kiosk, site, "K1")
    return kiosk


def statuses(lobby: Lobby, label: str) -> list[Status]:
    return [ticket.status for ticket in lobby.ticket_story(label).tickets]


def test_it_gets_a_code_and_all_that_it_needs_and_goes_on_alone(
    site: Lobby, store: Store, open_local: Open, clock: Clock, ask: Requests
) -> None:
    with store.write(SITE) as connection:
        connection.execute(STAFF.insert(), [person("sari", "supervisor")])
    site.issue("DK.ktp", request_id=ask())
    site.open_counter("1")
    kiosk = open_local("k1")
    with pytest.raises(UnknownSite):
        kiosk.sync_status()

    met = make_contact(kiosk, site, "K1")
    assert (met.origin, met.fresh, met.sent, met.unsent) == ("K1", True, 0, 0)
    assert [each.id for each in kiosk.staff()] == ["sari"]

    clock.forward(minutes=5)
    kiosk = open_local("k1")  # the kiosk was started anew while the cable was cut
    issued = kiosk.issue("DK.ktp", request_id="r", printer="K1")
    assert issued.ticket.label == "DK K1-001"
    assert issued.wait is None  # nobody knows there what goes on at the counters
    assert kiosk.issue("DK.ktp", request_id="r").ticket.label == "DK K1-001"
    assert kiosk.start_journey("pindah", request_id=ask()).ticket.label == "DK K1-002"
    assert kiosk.issue("BN.sim", request_id=ask()).ticket.label == "BN K1-001"
    assert kiosk.print_jobs()[0].facts["cut_off"] is True
    status = kiosk.sync_status()
    assert (status.unsent, status.oldest, status.last_contact) == (3, clock.now, MORNING)

    assert make_contact(kiosk, site, "K1").sent == 3
    assert make_contact(kiosk, site, "K1").merged == dict.fromkeys(
        ("added", "changed", "known", "called_before", "twins", "left"), 0
    )
    assert statuses(site, "DK K1-001") == [Status.WAITING]
    assert site.visit_status(issued.token).label == "DK K1-001"
    assert (site.flaws(), kiosk.flaws()) == ((), ())


def test_a_closure_at_the_site_reaches_the_kiosk_and_a_new_disk_gets_a_new_code(
    site: Lobby, kiosk: Lobby, open_local: Open, ask: Requests
) -> None:
    other = open_local("k2")
    assert make_contact(other, site, "K2").origin == "K2"
    site.close_service("DK.ktp", reason={"id": "Gangguan"})
    make_contact(kiosk, site, "K1")
    with pytest.raises(ServiceClosed):
        kiosk.issue("DK.ktp", request_id=ask())

    assert make_contact(open_local("k1 with a new disk"), site, "K1").origin == "K3"
    kiosk.begin_epoch()  # a store that was put back from a copy
    with pytest.raises(NotEnrolled):
        kiosk.issue("DK.kk", request_id=ask())
    assert make_contact(kiosk, site, "K1").origin == "K4"
    assert kiosk.issue("DK.kk", request_id=ask()).ticket.label == "DK K4-001"
    assert (
        make_contact(kiosk, site, "K7").origin == "K5"
    )  # its disk is in another machine: there may be two of it


def test_two_kiosks_from_copies_of_one_disk_are_told_apart_when_the_second_comes(
    site: Lobby, kiosk: Lobby, open_local: Open, ask: Requests
) -> None:
    kiosk.issue("DK.ktp", request_id=ask())
    make_contact(kiosk, site, "K1")
    first, second = kiosk, open_local("copy", like="k1")
    first.issue("DK.ktp", request_id=ask())
    second.issue("DK.ktp", request_id=ask())
    make_contact(first, site, "K1")

    met = make_contact(second, site, "K1")
    assert (met.origin, met.fresh, met.conflicts) == ("K2", True, ("DK K1-002",))
    assert second.issue("DK.ktp", request_id=ask()).ticket.label == "DK K2-001"
    assert first.issue("DK.ktp", request_id=ask()).ticket.label == "DK K1-003"
    for each in (first, second):
        make_contact(each, site, "K1")
    assert make_contact(first, site, "K1").origin == "K1"
    labels = {ticket.label for ticket in site.line("DK.ktp")}
    assert labels == {"DK K1-001", "DK K1-002", "DK K1-003", "DK K2-001"}
    assert second.sync_status().unsent == 2  # whoever holds the other DK K1-002, and what came after
    assert site.flaws() == ()


def test_a_number_is_called_before_its_rows_come_and_they_find_it_by_its_label(
    site: Lobby, kiosk: Lobby, clock: Clock, ask: Requests
) -> None:
    issued = kiosk.start_journey("pindah", request_id=ask())
    clock.forward(minutes=10)

    for wrong in ("DK K9-001", "DK K1-999", "ZZ K1-001"):
        with pytest.raises(UnknownTicket):
            site.call("1", wrong)
    called = site.call("1", "dk k1 1")
    assert (called.label, called.status, called.counter) == ("DK K1-001", Status.CALLED, "1")
    site.start("1")
    site.complete("1")
    assert site.sources()[0].missing == 0

    kiosk.issue("DK.ktp", request_id=ask())
    met = make_contact(kiosk, site, "K1")
    assert met.merged["called_before"] == 1
    told = {"origin": "K1", "machine": "K1", "added": 2, "called_before": 1, "twins": 0}
    assert [each.data for each in site.events_after(0) if each.kind == "kiosk_caught_up"] == [told]
    assert site.find(f"HTTPS://X/T/{issued.token}/DK-K1-001").label == "DK K1-001"
    status = site.visit_status(issued.token)
    assert [leg.status for leg in status.legs] == [Status.COMPLETED, Status.WAITING, None]
    assert status.ticket.service == "DK.kk"
    assert make_contact(kiosk, site, "K1").sent == 0
    assert site.flaws() == ()


def test_one_wish_with_two_numbers_ends_as_one_visit_the_one_on_paper(
    site: Lobby, kiosk: Lobby, clock: Clock
) -> None:
    site.issue("DK.ktp", request_id="wish", printer="K1")  # its answer was lost
    twin = kiosk.issue("DK.ktp", request_id="wish", printer="K1")
    clock.forward(minutes=1)
    site.issue("DK.ktp", request_id="served")
    kiosk.issue("DK.ktp", request_id="served")
    site.call("1", "DK 002")
    site.start("1")

    assert make_contact(kiosk, site, "K1").merged["twins"] == 2
    assert statuses(site, "DK 001") == [Status.CANCELLED]
    assert statuses(site, "DK K1-001") == [Status.WAITING]
    assert site.journal.next_job("K1") is None  # the slip of DK 001 never comes out
    assert site.find("DK K1-001").waiting_since == MORNING  # the visitor waits since the site had the wish
    again = site.issue("DK.ktp", request_id="wish")
    assert (again.repeated, again.ticket.label, again.token) == (True, "DK K1-001", twin.token)
    assert statuses(site, "DK 002") == [Status.SERVING]  # who was already at a counter stays there
    assert statuses(site, "DK K1-002") == [Status.CANCELLED]
    assert site.flaws() == ()


def test_slips_are_printed_by_whom_they_were_asked_of_and_a_copy_is_marked(
    site: Lobby, kiosk: Lobby, ask: Requests
) -> None:
    jobs = [kiosk.issue("DK.ktp", request_id=ask(), printer="K1").job for _ in range(3)]
    for job, state in zip(jobs, ("printed", "asking"), strict=False):
        kiosk.journal.settle(str(job), state)
    make_contact(kiosk, site, "K1")

    assert {each.job: each.state for each in site.print_jobs()} == {jobs[0]: "printed", jobs[1]: "asking"}
    assert [kiosk.print_job(str(job)).state for job in jobs] == ["printed", "void", "new"]
    assert site.journal.next_job("K1") is None
    assert site.reprint("DK K1-001", printer="K1").copy == 2
    kiosk.journal.settle(str(jobs[2]), "sent")
    make_contact(kiosk, site, "K1")
    assert site.print_job(str(jobs[2])).state == "sent"


def test_an_answer_that_is_lost_and_a_cancellation_at_the_kiosk(
    site: Lobby, kiosk: Lobby, ask: Requests
) -> None:
    wire = Wire(site)
    for _ in range(2):
        kiosk.issue("DK.ktp", request_id=ask())
    wire.lose_answer_of = "merge"
    with pytest.raises(StoreUnreachable):
        make_contact(kiosk, cast("Lobby", wire), "K1")
    assert kiosk.sync_status().unsent == 2
    kiosk.cancel("DK K1-001")
    site.call("1", "DK K1-002")
    kiosk.cancel("DK K1-002")

    make_contact(kiosk, site, "K1")
    assert statuses(site, "DK K1-001") == [Status.CANCELLED]
    assert statuses(site, "DK K1-002") == [Status.CALLED]  # the site has the say in whom it has called
    assert site.flaws() == ()


def test_a_clock_that_is_wrong_jumps_no_line_and_is_set_right_by_the_next_contact(
    site: Lobby, open_local: Open, clock: Clock, ask: Requests
) -> None:
    slow = Clock(MORNING - timedelta(hours=2))
    kiosk = open_local("slow", at=slow)
    make_contact(kiosk, site, "K1")
    clock.forward(minutes=30)
    slow.forward(minutes=30)
    site.issue("DK.ktp", request_id=ask())
    kiosk.issue("DK.ktp", request_id=ask())  # its clock is not set right yet
    clock.forward(minutes=5)
    slow.forward(minutes=5)
    make_contact(kiosk, site, "K1")

    assert site.find("DK K1-001").waiting_since == MORNING
    right = LocalClock(slow, lambda: 7200.0)
    assert right() == clock.now
    stale = open_local("other", at=slow)
    make_contact(stale, site, "K2")
    assert ahead_seconds(stale._store) == 7200


def test_what_comes_after_its_day_is_closed_there_and_counted_in_that_day(
    site: Lobby, kiosk: Lobby, clock: Clock, ask: Requests
) -> None:
    site.issue("DK.ktp", request_id=ask())
    kiosk.issue("DK.ktp", request_id=ask())
    yesterday = Span(clock.now.date(), clock.now.date())
    clock.forward(days=1)
    assert site.report(yesterday).total.visits == 1
    assert site.call_next("1") is None

    make_contact(kiosk, site, "K1")
    assert site.report(yesterday).total.visits == 2
    assert site.report(yesterday).total.expired == 2
    assert site.call_next("1") is None
    assert (site.flaws(), kiosk.flaws()) == ((), ())
    with pytest.raises(UnknownTicket):
        site.find("DK K1-001")


def test_a_stand_outside_brings_its_day_over_the_network_or_on_a_stick(
    site: Lobby, open_local: Open, clock: Clock, ask: Requests
) -> None:
    stand = open_local("stand")
    stand.apply_catalogue(small_catalogue())
    for _ in range(3):
        stand.issue("DK.ktp", request_id=ask())
        clock.forward(seconds=1)
    stand.call_next("1")
    stand.start("1")
    clock.forward(minutes=7)
    stand.complete("1")
    stand.note("DK 002", "datang lagi")
    stand.caller("L1")
    first = stand.bundle("L1", limit=1000)
    stand.call_next("1")
    whole = stand.bundle("L1", limit=1000)
    assert first is not None
    assert whole is not None
    with pytest.raises(BundleRefused, match="own"):
        stand.merge(whole)

    assert merge_parts(site, whole, size=2).added == 3
    assert merge_parts(site, first, size=2).known == 3  # an older file after a newer one
    assert site.report(Span(clock.now.date(), clock.now.date())).total.served == 1
    assert site.find("DK 002").note == "datang lagi"
    assert statuses(site, "DK 002") == [Status.CALLED]
    stand.complete("1") if statuses(stand, "DK 002") == [Status.SERVING] else stand.no_show("1")
    met = send_days(stand, site, "L1")
    assert (met.sent, met.unsent) == (1, 0)
    assert statuses(site, "DK 002") == [Status.NO_SHOW]
    assert site.flaws() == ()
    with pytest.raises(BundleRefused, match="taken"):
        site.merge(whole.model_copy(update={"source": "f" * 32, "visits": [_renamed(whole.visits[0])]}))


def _renamed(record: object) -> object:
    from queue_core.bundles import VisitRecord

    assert isinstance(record, VisitRecord)
    return record.model_copy(update={"visit": record.visit.model_copy(update={"visit_id": "0" * 32})})
