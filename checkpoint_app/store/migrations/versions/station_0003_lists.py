"""Lists of persons and risk areas."""

from __future__ import annotations

revision = "station_0003"
down_revision = "station_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
