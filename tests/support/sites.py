"""Which tables a statement names without their site."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Alias, Delete, Select, Table, Update
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import visitors


def tables_of(statement: Select[Any] | Update | Delete) -> set[str]:
    """Every table, by the name that it has there, which a statement and those within it read or change."""
    names = set() if isinstance(statement, Select) else {str(statement.table)}
    for part in visitors.iterate(statement):
        if isinstance(part, Select):
            sources = [each for source in part.get_final_froms() for each in visitors.iterate(source)]
            names |= {str(each.name) for each in sources if isinstance(each, Table)}
            for alias in (each for each in sources if isinstance(each, Alias)):
                names = names - {str(alias.element.name)} | {alias.name}  # type: ignore[attr-defined]
    return names


def nameless(statement: Select[Any] | Update | Delete) -> set[str]:
    """The tables whose site is compared with nothing."""
    told = str(statement.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    return {
        table
        for table in tables_of(statement)
        if not re.search(rf"\b{table}\.site_id (=|IN)|= {table}\.site_id\b", told)
    }
