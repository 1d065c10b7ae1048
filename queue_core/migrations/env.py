"""What Alembic runs for every command: it is handed a connection, or it is asked to compare with the models."""

from alembic import context

from queue_core.models import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
