"""The slip of a new ticket: its facts, frozen, and the job to print them, written with the ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from sqlalchemy import insert

from queue_core.lifecycle import Status
from queue_core.lobby.tables import PRINT_JOB
from queue_core.lobby.turn import Turn
from queue_core.numbering import is_code
from queue_core.views import IssuedTicket, LegView, SlipFacts

_INSERT = insert(PRINT_JOB)


def write_job(turn: Turn, issued: IssuedTicket, printer: str) -> None:
    """Ask for the slip: the job that the ticket names already."""
    turn.connection.execute(
        _INSERT,
        {
            "site_id": turn.site,
            "job_id": issued.job,
            "printer": printer,
            "visit_id": issued.ticket.visit_id,
            "ticket_id": issued.ticket.ticket_id,
            "label": issued.ticket.label,
            "copy_number": 1,
            "state": "new",
            "facts": _facts(turn, issued),
            "error": "",
            "created_at": turn.now,
            "updated_at": turn.now,
        },
    )


def _facts(turn: Turn, issued: IssuedTicket) -> SlipFacts:
    ticket, site = issued.ticket, turn.catalogue.site
    facts = SlipFacts(
        label=ticket.label,
        language=ticket.language,
        site_names=site.names,
        motto=site.motto,
        time_zone=site.time_zone,
        agency_names=ticket.agency_names,
        service_names=ticket.service_names,
        priority=ticket.priority,
        ahead=issued.ahead,
        wait=None if issued.wait is None else [issued.wait.low, issued.wait.high],
        past_closing=issued.wait is not None and issued.wait.past_closing,
        open_counters=issued.open_counters,
        token=issued.token,
        issued_at=issued.issued_at.astimezone(UTC).isoformat(),
        legs=_legs(issued.legs),
        leg=ticket.leg,
        address=site.address,
        requirements=_requirements(turn, issued),
    )
    if turn.origin and is_code(turn.origin):
        facts["cut_off"] = True
    return facts


def _requirements(turn: Turn, issued: IssuedTicket) -> dict[str, list[str]]:
    """What to bring for this service and for the steps that lie ahead, each thing once, by language."""
    services = [issued.ticket.service, *(leg.service for leg in issued.legs if leg.status is None)]
    wanted: dict[str, list[str]] = {}
    for service in services:
        for language, things in (turn.catalogue.services[service].requirements or {}).items():
            known = wanted.setdefault(language, [])
            known += [thing for thing in things if thing not in known]
    return wanted


def _legs(legs: Sequence[LegView]) -> list[dict[str, object]]:
    stages = [leg.stage for leg in legs if leg.status is None]
    return [
        {
            "agency_names": dict(leg.agency_names),
            "service_names": dict(leg.service_names),
            "optional": leg.optional,
            "done": leg.status is Status.COMPLETED,
            "free": leg.status is None and stages.count(leg.stage) > 1,
        }
        for leg in legs
    ]
