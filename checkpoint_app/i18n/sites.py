"""Kinds of site, and what people are at one, in words."""

from __future__ import annotations

from checkpoint_app.domain.site import SiteKind

SITE_KINDS: dict[str, str] = {
    SiteKind.ROAD: "Road checkpoint",
    SiteKind.SCHOOL: "School",
    SiteKind.HOSPITAL: "Hospital",
    SiteKind.MALL: "Shop or mall",
    SiteKind.OFFICE: "Office",
    SiteKind.HOTEL: "Hotel",
    SiteKind.CARE_HOME: "Care home",
    SiteKind.CLOSED: "Closed management",
    SiteKind.VILLAGE: "Village or community",
}

ROLES = {"operator": "Operator", "lead": "Officer in charge", "supervisor": "Supervisor"}
