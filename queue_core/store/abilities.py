"""What one engine can do and the other cannot, where it matters to a statement."""

from sqlalchemy import Connection


def has_lateral(connection: Connection) -> bool:
    """Whether a FROM may look at the rows of the one before it (LATERAL); SQLite has no such thing."""
    return connection.dialect.name == "postgresql"


def small_index_leads_to_rows(connection: Connection) -> bool:
    """Whether an index leads to a row directly, so that a small one finds it sooner than the key of all rows.

    SQLite's tables lie in the order of their keys (WITHOUT ROWID), and its indexes lead to the key.
    """
    return connection.dialect.name == "postgresql"
