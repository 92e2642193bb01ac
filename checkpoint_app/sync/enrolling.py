"""Enrolling at a hub: its fingerprint checked first, then a one-time code given to it alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.store.moments import micros
from checkpoint_app.store.syncing import HubKnown, Sync
from checkpoint_app.sync import wire
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.link import Post, http_link, is_fingerprint_of
from checkpoint_app.sync.packing import Unreadable
from checkpoint_app.sync.speaking import Voice, file_recipient, public_bytes, station_key


@dataclass(frozen=True, slots=True)
class Site:
    """What a station tells the hub about its place."""

    name: str = ""
    kind: str = ""
    county: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the office hands out: where the hub is, how to know it, a one-time code."""

    url: str
    code: str
    fingerprint: str


def enrol(sync: Sync, invited: Invitation, site: Site, now: datetime) -> HubKnown:
    """Enrol this station. Raises `SyncFault`: hub_unreachable, hub_not_itself, hub_refused_code."""
    if not invited.url.startswith(("https://", "http://")):
        raise SyncFault("hub_unreachable", "address")
    with http_link(invited.url, None) as unknown:
        shown = unknown("/v1/identity", b"")
    if not is_fingerprint_of(invited.fingerprint, shown):
        raise SyncFault("hub_not_itself", "fingerprint")
    identity = identity_of(shown)
    with http_link(invited.url, identity.authority) as post:
        return enrol_over(sync, post, shown, invited, site, now)


def enrol_over(
    sync: Sync, post: Post, shown: bytes, invited: Invitation, site: Site, now: datetime
) -> HubKnown:
    """The same over a link to a hub whose identity is known to be right."""
    asked = wire.Enrol(
        invited.code,
        public_bytes(station_key(sync)),
        file_recipient(sync),
        site.name,
        site.kind,
        site.county,
        site.program,
    )
    answer = Voice(sync, identity_of(shown), post).ask("enrol", asked, wire.Enrolled)
    if answer.device != sync.device or answer.identity != shown:
        raise SyncFault("hub_answer_wrong", "enrolled")
    hub = HubKnown(invited.url, answer.name, shown, answer.token_key, micros(now))
    sync.join(hub)
    sync.heard(now, interval_s=answer.interval_s)
    return hub


def identity_of(shown: bytes) -> wire.Identity:
    """The hub's identity. Raises `SyncFault`."""
    try:
        return wire.decode(shown, wire.Identity)
    except Unreadable:
        raise SyncFault("hub_answer_wrong", "identity") from None
