"""Site passes: issued by this station's own key, drawn as a code."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.codes import Fault, site_pass
from checkpoint_app.desk.trusting import PASS_KEY
from checkpoint_app.store.station import Station


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


def issue(station: Station, new: NewPass, now: datetime) -> IssuedPass | Fault:
    """Sign a pass with the station's key, made on first use. Raises StoreFault."""
    import segno  # slow to load, rarely used

    key = station.secret(PASS_KEY, site_pass.new_key)
    pass_id, until = site_pass.new_pass_id(), now + new.valid_for
    said = site_pass.SitePass(pass_id, new.roster_id, new.name, now, until)
    text = site_pass.issue(said, key)
    if isinstance(text, Fault):
        return text
    picture = io.BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="png", scale=8, border=4)
    return IssuedPass(pass_id, text, until, picture.getvalue())
