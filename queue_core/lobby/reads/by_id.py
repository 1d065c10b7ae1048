"""Tickets that are known by their ids, in few statements for any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam

from queue_core.lobby.rows import TICKETS
from queue_core.lobby.tables import TICKET
from queue_core.lobby.turn import Look

_THESE = TICKETS.where(
    TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id.in_(bindparam("tickets", expanding=True))
)


def tickets_by_id(look: Look, tickets: Sequence[str]) -> dict[str, Row[Any]]:
    """Return the rows of TICKETS by id.

    The list is filled up to the next power of two with its last id. Each length is a statement of its own, which the driver
    keeps with some twenty kilobytes; a screen whose line changes would come to have a hundred of them.
    """
    if not tickets:
        return {}
    filled = [*tickets, *[tickets[-1]] * (_room(len(tickets)) - len(tickets))]
    rows = look.connection.execute(_THESE, {"site": look.site, "tickets": filled})
    return {row.ticket_id: row for row in rows}


def _room(count: int) -> int:
    room: int = 1 << (count - 1).bit_length()
    return room
