"""What Alembic runs: migrations on the connection that `storage.schema` hands over."""

from alembic import context

from storage.tables import metadata

connection = context.config.attributes["connection"]
# render_as_batch: SQLite alters a table by copying it.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
context.run_migrations()
