"""Site passes: issued by this station's own key, drawn as a code."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta

import segno

from checkpoint_app.codes.site_pass import PassContent, issue_pass, new_key
from checkpoint_app.store.station import Station, new_id

KEY = "site_pass_key"


@dataclass(frozen=True, slots=True)
class NewPass:
    """Whose pass, and how long it counts."""

    name: str
    roster_id: str
    valid_for: timedelta


@dataclass(frozen=True, slots=True)
class IssuedPass:
    """A signed pass: its text, and its code as a PNG picture."""

    pass_id: str
    text: str
    until: datetime
    png: bytes


def issue(station: Station, new: NewPass, now: datetime) -> IssuedPass:
    """Sign a pass with the station's key, made on first use. Raises StoreFault."""
    key = station.secret(KEY, new_key)
    until = now + new.valid_for
    pass_id = new_id().hex[-12:]
    text = issue_pass(key, PassContent(pass_id, new.roster_id, new.name, now, until))
    picture = io.BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="png", scale=8, border=4)
    return IssuedPass(pass_id, text, until, picture.getvalue())
