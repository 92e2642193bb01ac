"""The stations: codes to enrol with, what is known of each, shutting out, what was set aside."""

from __future__ import annotations

import base64
import io
from typing import Any

from checkpoint_app.hub import authority
from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Elsewhere, Frame
from checkpoint_app.hub.web.rail import OFFICE, WATCHING
from checkpoint_app.hub.web.wall import state_of
from checkpoint_app.sync.link import fingerprint_of


class Stations:
    """The page of stations."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        return [
            self._frame.show("/stations", self.show, WATCHING),
            self._frame.take("/stations/add", self.add, OFFICE),
            self._frame.take("/stations/revoke", self.revoke, OFFICE),
            self._frame.take("/stations/release", self.release, OFFICE),
        ]

    def show(self, asked: Asked, code: dict[str, str] | None = None) -> Answer:
        """All stations, and what could not be read of them."""
        store, words = self._frame.store, asked.words
        lines = {each.device: each for each in store.lines()}
        devices = store.devices()
        names = {each.device: each.name for each in devices}
        stations = []
        for each in devices:
            tone, state = state_of(each, asked.now, words)
            stations.append(
                {
                    "name": each.name,
                    "device": each.device,
                    "tone": tone,
                    "state": state,
                    "site": each.site_name,
                    "program": each.program,
                    "records": lines[each.device].records,
                    "head": lines[each.device].head[:12],
                    "clock": _clock(each.clock_off_s, asked),
                    "frozen": each.status == "frozen",
                    "revoked": each.status == "revoked",
                }
            )
        aside = [
            {
                "station": names.get(each.device, each.device),
                "why": each.reason,
                "place": f"{each.epoch}/{each.seq}",
                "records": each.records,
                "at": words.clock(each.received_at, asked.now),
            }
            for each in store.quarantined(200)
        ]
        values = {"stations": stations, "aside": aside, "code": code}
        return Drawn("stations.html", {**values, "here": "stations"})

    def add(self, asked: Asked) -> Answer:
        """A one-time code, to be shown once. Raises `StoreFault`: name_taken, not_storable."""
        store, name = self._frame.store, str(asked.form.get("name", ""))
        store.users.note(asked.who.name, "station", name, "", asked.now)
        code = store.new_code(name, asked.now)
        fingerprint = fingerprint_of(authority.identity(store.state.hub, store.secrets))
        url = store.state.url
        made = {"code": code, "fingerprint": fingerprint, "url": url}
        return self.show(asked, {**made, "picture": _picture(f"CDHUB:{url} {code} {fingerprint}")})

    def revoke(self, asked: Asked) -> Answer:
        """Shut a station out for good."""
        device = str(asked.form.get("device", ""))
        self._frame.store.users.note(asked.who.name, "revoke", device, "", asked.now)
        self._frame.store.revoke(device, asked.now)
        return Elsewhere("/stations")

    def release(self, asked: Asked) -> Answer:
        """Let a frozen station go on in a new epoch."""
        device = str(asked.form.get("device", ""))
        self._frame.store.users.note(asked.who.name, "release", device, "", asked.now)
        self._frame.store.release(device)
        return Elsewhere("/stations")


def _clock(off: float, asked: Asked) -> str:
    """How far a station's clock is off; less than a minute is nothing to tell."""
    if abs(off) < 60:
        return asked.words.translate("right")
    minutes = round(abs(off) / 60)
    ahead = "{count} min ahead" if off > 0 else "{count} min behind"
    return asked.words.translate(ahead, count=minutes)


def _picture(text: str) -> str:
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=6, border=4)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
