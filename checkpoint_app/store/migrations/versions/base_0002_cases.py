"""Cases: what the ledger of abnormal persons adds."""

from __future__ import annotations

revision = "base_0002"
down_revision = "base_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
