"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import Cookie

from checkpoint_app.hub.web.frame import (
    HEADERS,
    ROOT,
    Answer,
    Asked,
    Drawn,
    Elsewhere,
    Frame,
)
from checkpoint_app.hub.web.rail import EVERYONE
from checkpoint_app.i18n import LANGUAGES

_YEAR = 365 * 24 * 3600  # seconds


class Door:
    """The door."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        frame = self._frame
        return [
            frame.show("/sign-in", self.show, None),
            frame.take("/sign-in", self.sign_in, None),
            frame.take("/sign-out", self.sign_out, EVERYONE),
            _language(),
        ]

    def show(self, asked: Asked) -> Answer:
        """The empty form."""
        return _form(asked, "", _inside(asked.query.get("to", "")))

    def sign_in(self, asked: Asked) -> Answer:
        """Name and password; wrong ones are all answered alike."""
        name, password = (str(asked.form.get(each, ""))[:200] for each in ("name", "password"))
        to = _inside(str(asked.form.get("to", "")))
        found = self._frame.store.users.check(name, password, asked.now)
        if isinstance(found, timedelta):
            seconds = ceil(found.total_seconds())
            said = asked.words.translate("Too many wrong tries: wait {seconds} s", seconds=seconds)
            return _form(asked, said, to, name)
        if found is None:
            return _form(asked, asked.words.translate("Wrong name or password"), to, name)
        cookie = self._frame.sessions.begin(found, asked.where, asked.now)
        return Elsewhere(to, cookie)

    def sign_out(self, asked: Asked) -> Answer:
        """Takes the cookie away."""
        return Elsewhere("/sign-in", "")


def _form(asked: Asked, said: str, to: str, name: str = "") -> Drawn:
    values = {"said": said, "to": to, "name": name, "here": "sign-in"}
    return Drawn("door.html", values, 401 if said else 200)


def _inside(to: str) -> str:
    """Where to after signing in: only ever a page of ours."""
    to = to.removeprefix(ROOT)
    plain = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return to[:200] if plain and "://" not in to else "/wall"


def _language() -> Any:
    @get(ROOT + "/language", include_in_schema=False, sync_to_thread=False)
    def choose(request: Request[Any, Any, Any]) -> Response[bytes]:
        wanted = str(request.query_params.get("language", ""))
        to = _inside("/" + str(request.query_params.get("to", "wall")).lstrip("/"))
        cookies = []
        if wanted in LANGUAGES:
            cookies = [
                Cookie(key="language", value=wanted, path=ROOT, max_age=_YEAR, samesite="lax")
            ]
        headers = {**HEADERS, "location": ROOT + to}
        return Response(b"", status_code=303, headers=headers, cookies=cookies)

    return choose
