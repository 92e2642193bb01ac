"""Alembic's entry: runs the steps on the connection it is handed, in that one's transaction."""

from __future__ import annotations

from alembic import context

from checkpoint_app.store.tables import META

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=META,
    transactional_ddl=False,  # the caller's transaction covers all steps together
    render_as_batch=True,
)
context.run_migrations()
