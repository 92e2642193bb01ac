"""When the site is open, from its settings."""

from __future__ import annotations

from checkpoint_app.domain.opening import Opening, opening
from checkpoint_app.settings import Settings


def opening_of(settings: Settings) -> Opening:
    """The opening hours in force."""
    return opening(
        settings.opening_hours, settings.site_kind, settings.closed_dates, settings.worked_dates
    )
