"""Are the indexes there that keep numbers apart and lines quick? No engine misses one that was dropped."""

from __future__ import annotations

from sqlalchemy import Connection, MetaData, inspect


def missing_indexes(connection: Connection, wanted: MetaData) -> list[str]:
    """Return the names of the indexes that the store has lost."""
    found = {index["name"] for each in inspect(connection).get_multi_indexes().values() for index in each}
    needed = {str(index.name) for table in wanted.tables.values() for index in table.indexes}
    return sorted(needed - found)
