"""The columns of the supervisor's tables. What a narrow screen leaves out is told elsewhere on it, or in the details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.shared.staff import VAST, WIDE
from kiosk.shared.widgets.live_table import Column

if TYPE_CHECKING:
    from kiosk.i18n import Words


def _column(name: str, width: int, words: Words) -> Column:
    return Column(name, words(f"supervisor.col_{name}"), width)


def _count(name: str, width: int, words: Words) -> Column:
    return Column(name, words(f"supervisor.col_{name}"), width, right=True)


def _agency() -> Column:
    return Column("agency", "", 2)


def queue_columns(words: Words, width: int) -> list[Column]:
    """One service's line; what the narrow one leaves out is no help in the first five seconds."""
    wide = width >= WIDE
    return [
        _agency(),
        _column("service", 0, words),
        _column("state", 19, words),
        _count("waiting", 6, words),
        _count("longest", 7, words),
        *(
            [_count("average", 7, words), _count("over", 5, words), _count("serving", 5, words)]
            if wide
            else []
        ),
        _count("counters", 5, words),
    ]


def counter_columns(words: Words, width: int) -> list[Column]:
    """One counter."""
    agency = [_agency()] if width >= WIDE else []
    return [
        Column("counter", "", 4, right=True),
        *agency,
        _column("staff", 8, words),
        _column("doing", 0, words),
        _count("since", 6, words),
    ]


def agency_columns(words: Words, width: int) -> list[Column]:
    """One agency's day; what seldom happens is shown where there is room, and the name where there is some."""
    rare = [_count("cancelled", 6, words), _count("transferred", 6, words)] if width >= VAST else []
    name = [_column("agency_name", 0, words)] if width >= WIDE else []
    return [
        _agency(),
        *name,
        _count("issued", 7, words),
        _count("done", 7, words),
        _count("no_show", 5, words),
        *rare,
    ]


def line_columns(words: Words) -> list[Column]:
    """Those who wait for one service."""
    return [
        _count("place", 6, words),
        _column("number", 12, words),
        _count("waited", 12, words),
        _column("note", 0, words),
    ]


def event_columns(words: Words) -> list[Column]:
    """What happened to one number."""
    return [
        _column("time", 8, words),
        _column("what", 20, words),
        _column("details", 0, words),
        _column("where", 7, words),
        _column("who", 10, words),
    ]
