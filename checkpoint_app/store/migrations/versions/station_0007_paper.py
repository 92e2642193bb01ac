"""Closings and what was handed out: read from the ledger by kind, so no table of their own."""

from __future__ import annotations

revision = "station_0007"
down_revision = "station_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to make."""
