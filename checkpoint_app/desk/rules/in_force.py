"""Which policy the desk judges by: the saved one of the site's kind, else the shipped one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.settings import Settings
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.station import Station


def policy_of(settings: Settings, saved: SitePolicy | None = None) -> SitePolicy:
    """The site's policy with the station's own figures.

    `saved` is the policy kept in the store, for this kind of site; a station that never saved one
    goes by the shipped rules with the two figures of its settings.
    """
    if saved is None or saved.site_kind != settings.site_kind:
        saved = replace(
            shipped(settings.site_kind),
            fever_threshold_c=settings.fever_threshold_c,
            retest_after=timedelta(seconds=settings.retest_after),
        )
    return replace(saved, county_code=settings.county_code)


def policy_in_force(station: Station, settings: Settings) -> SitePolicy:
    """The policy of the settings' kind of site, as it stands in the store now."""
    return policy_of(settings, station.policies.current(settings.site_kind))
