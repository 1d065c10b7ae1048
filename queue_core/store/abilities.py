"""What one engine can do and the other cannot, where it matters to a statement."""

from sqlalchemy import Connection


def has_lateral(connection: Connection) -> bool:
    """Whether a FROM may look at the rows of the one before it (LATERAL); SQLite has no such thing."""
    return connection.dialect.name == "postgresql"
