"""The site's policy and its versions."""

from __future__ import annotations

revision = "station_0002"
down_revision = "station_0001"
branch_labels = None
depends_on = "base_0002"


def upgrade() -> None:
    """Make the tables."""
