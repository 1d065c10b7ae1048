"""Do the rows agree with each other? What must hold whatever happened, and where it does not.

A series has the numbers 1 to its `last`, each once, except that of a pre-printed roll, which may begin anywhere and may
skip, and that of a kiosk's own store, of which some may not have come yet (see lobby.sync.missing). Each visit has its
legs in order, of which at most the newest is open, its label, and an event that tells of its arrival. Nothing of an earlier day is
open, and the events are numbered without a gap except where the store was set back.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import String, and_, case, cast, func, literal, or_, select

from queue_core.events import EventKind
from queue_core.lifecycle import OPEN
from queue_core.lobby.tables import EVENT, NUMBER_SERIES, SITE, TICKET, VISIT
from queue_core.lobby.turn import Look
from queue_core.lobby.whereabouts import ends, nowhere, slips
from queue_core.numbering import format_label, is_code
from queue_core.views import Flaw

LEAPS = (EventKind.COPY_PUT_BACK.value, EventKind.CHANGES_LOST.value)
"""Before these the numbers of the events leap, by what they say they `skipped`."""


def flaws(look: Look) -> Iterator[Flaw]:
    """Yield each contradiction; nothing when all is well."""
    for check in (_numbers, _unborn, _labels, _visits, _left_open, _arrivals, ends, nowhere, slips, _events):
        yield from check(look)


def _numbers(look: Look) -> Iterator[Flaw]:
    """A series against the visits that have its numbers."""
    key = (VISIT.c.prefix, VISIT.c.origin, VISIT.c.business_date)
    given = (
        select(
            *key,
            func.count().label("given"),
            func.min(VISIT.c.number).label("first"),
            func.max(VISIT.c.number).label("last"),
        )
        .where(VISIT.c.site_id == look.site)
        .group_by(*key)
        .subquery()
    )
    series = select(NUMBER_SERIES).where(NUMBER_SERIES.c.site_id == look.site).subquery()
    same = and_(*(series.c[name] == given.c[name] for name in ("prefix", "origin", "business_date")))
    rows = select(given, series.c.last.label("said")).outerjoin(series, same)
    own = look.connection.scalar(select(SITE.c.origin).where(SITE.c.site_id == look.site))
    for row in look.connection.execute(rows):
        comes = is_code(row.origin) and not own
        skips = row.origin.startswith("R") or comes
        ended = row.last == row.said or (comes and row.last <= (row.said or 0))
        whole = ended and (skips or (row.first == 1 and row.given == row.last))
        if not whole:
            name = " ".join(filter(None, (row.prefix, row.origin)))
            yield Flaw(
                "numbers", f"{name} {row.business_date}", f"{row.given} of 1-{row.last}, last {row.said}"
            )


def _unborn(look: Look) -> Iterator[Flaw]:
    """A series that has given out numbers though no visit has one."""
    key = (NUMBER_SERIES.c.prefix, NUMBER_SERIES.c.origin, NUMBER_SERIES.c.business_date)
    own = look.connection.scalar(select(SITE.c.origin).where(SITE.c.site_id == look.site))
    visit = select(VISIT.c.visit_id).where(
        VISIT.c.site_id == look.site,
        *(VISIT.c[column.name] == column for column in key),
    )
    rows = select(*key, NUMBER_SERIES.c.last).where(
        NUMBER_SERIES.c.site_id == look.site, NUMBER_SERIES.c.last > 0, ~visit.exists()
    )
    for row in look.connection.execute(rows):
        if row.origin.startswith("R") or (is_code(row.origin) and not own):
            continue  # a roll from which nobody has torn yet; a kiosk whose rows have not come
        name = " ".join(filter(None, (row.prefix, row.origin)))
        yield Flaw("numbers", f"{name} {row.business_date}", f"0 of 1-{row.last}, last {row.last}")


def _labels(look: Look) -> Iterator[Flaw]:
    """What is on the paper against the number that it is made of."""
    number = cast(VISIT.c.number, String)
    padded = case(
        (VISIT.c.number < 10, literal("00") + number),
        (VISIT.c.number < 100, literal("0") + number),
        else_=number,
    )
    origin = case((VISIT.c.origin == "", ""), else_=VISIT.c.origin + literal("-"))
    rows = select(VISIT.c.label, VISIT.c.business_date, VISIT.c.prefix, VISIT.c.origin, VISIT.c.number).where(
        VISIT.c.site_id == look.site, VISIT.c.label != VISIT.c.prefix + literal(" ") + origin + padded
    )
    for row in look.connection.execute(rows):
        wanted = format_label(row.prefix, row.number, row.origin)
        yield Flaw("label", f"{row.label} {row.business_date}", wanted)


def _visits(look: Look) -> Iterator[Flaw]:
    """A visit against its tickets: legs 1 to n, not more than it says, only the newest open."""
    is_open = case((TICKET.c.status.in_(sorted(OPEN)), TICKET.c.leg), else_=0)
    legs = (
        select(
            TICKET.c.visit_id,
            func.count().label("tickets"),
            func.max(TICKET.c.leg).label("last"),
            func.max(is_open).label("open"),
            func.sum(case((is_open > 0, 1), else_=0)).label("open_count"),
        )
        .where(TICKET.c.site_id == look.site)
        .group_by(TICKET.c.visit_id)
        .subquery()
    )
    wrong = or_(
        legs.c.tickets.is_(None),
        legs.c.tickets != legs.c.last,
        legs.c.last > VISIT.c.legs,
        legs.c.open_count > 1,
        and_(legs.c.open > 0, legs.c.open != legs.c.last),
    )
    rows = (
        select(VISIT.c.label, VISIT.c.business_date, VISIT.c.legs, legs.c.tickets, legs.c.open_count)
        .outerjoin(legs, legs.c.visit_id == VISIT.c.visit_id)
        .where(VISIT.c.site_id == look.site, wrong)
    )
    for row in look.connection.execute(rows):
        said = f"{row.tickets or 0} tickets, {row.open_count or 0} open, {row.legs} legs"
        yield Flaw("visit", f"{row.label} {row.business_date}", said)


def _left_open(look: Look) -> Iterator[Flaw]:
    """The first command of a day ends all that the days before have left."""
    newest = select(SITE.c.max_business_date).where(SITE.c.site_id == look.site).scalar_subquery()
    rows = select(TICKET.c.business_date, func.count().label("tickets")).where(
        TICKET.c.site_id == look.site, TICKET.c.status.in_(sorted(OPEN)), TICKET.c.business_date < newest
    )
    for row in look.connection.execute(rows.group_by(TICKET.c.business_date)):
        yield Flaw("left_open", str(row.business_date), f"{row.tickets}")


def _arrivals(look: Look) -> Iterator[Flaw]:
    """Visits against the events that tell of them, by the same label."""
    told = (
        select(EVENT.c.visit_id, EVENT.c.label)
        .where(EVENT.c.site_id == look.site, EVENT.c.kind == EventKind.ISSUED.value)
        .subquery()
    )
    same = and_(told.c.visit_id == VISIT.c.visit_id, told.c.label == VISIT.c.label)
    rows = (
        select(VISIT.c.label, VISIT.c.business_date)
        .outerjoin(told, same)
        .where(VISIT.c.site_id == look.site, told.c.visit_id.is_(None))
    )
    for row in look.connection.execute(rows):
        yield Flaw("untold", f"{row.label} {row.business_date}", "")


def _events(look: Look) -> Iterator[Flaw]:
    """The numbers of the events against their count, and against the site's."""
    here = EVENT.c.site_id == look.site
    count, last = look.connection.execute(select(func.count(), func.max(EVENT.c.seq)).where(here)).one()
    leaps = look.connection.scalars(select(EVENT.c.data).where(here, EVENT.c.kind.in_(LEAPS)))
    wanted = count + sum(int(data["skipped"]) for data in leaps)
    if not (wanted == (last or 0) == look.seq):
        yield Flaw("events", look.site, f"{count} events, last {last}, site {look.seq}")
