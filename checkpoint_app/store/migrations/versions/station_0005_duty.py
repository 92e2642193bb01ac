"""Shifts, checklists and supervision."""

from __future__ import annotations

revision = "station_0005"
down_revision = "station_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
