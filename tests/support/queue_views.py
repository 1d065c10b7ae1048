"""Views made by hand, for what is pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from queue_core.lifecycle import Status
from queue_core.views import CounterSummary, Opening, QueueView, TicketView
from tests.support.house import MORNING


def queue(service: str = "DK.ktp", /, **changes: object) -> QueueView:
    """A quiet line with a counter open and a promise of 30 minutes."""
    agency = service.partition(".")[0]
    quiet = QueueView(
        agency=agency,
        service=service,
        agency_names={"id": f"Instansi {agency}"},
        service_names={"id": f"Layanan {service}"},
        opening=Opening(open=True),
        waiting=0,
        waiting_priority=0,
        serving=0,
        held=0,
        longest_wait=0,
        average_wait=0,
        over_limit=0,
        target_minutes=30,
        open_counters=1,
        issued=0,
        completed=0,
        no_show=0,
        cancelled=0,
        transferred=0,
    )
    return replace(quiet, **changes)  # type: ignore[arg-type]


def counter(number: int = 1, **changes: object) -> CounterSummary:
    """An open counter for DK.ktp with Sari and nobody before her, since this morning."""
    free = CounterSummary(
        id=str(number),
        number=number,
        state="open",
        since=MORNING,
        staff="sari",
        agency="DK",
        services=("DK.ktp",),
        current=None,
        back_at=None,
        last_action_at=None,
    )
    return replace(free, **changes)  # type: ignore[arg-type]


def ticket(status: Status = Status.WAITING, at: datetime = MORNING, **changes: object) -> TicketView:
    """DK 001, who began to wait at a time, with a promise of 30 minutes."""
    waiting = TicketView(
        ticket_id="t1",
        visit_id="v1",
        label="DK 001",
        number=1,
        agency="DK",
        service="DK.ktp",
        agency_names={"id": "Dukcapil"},
        service_names={"id": "KTP"},
        status=status,
        priority=False,
        language="id",
        leg=1,
        legs=1,
        waiting_since=at,
        due_at=at + timedelta(minutes=30),
    )
    return replace(waiting, **changes)  # type: ignore[arg-type]
