"""What all pages of the office share: who asks, in which language, and the way back to a browser.

A page is a function of an `Asked`; `Frame.page` sees to it that nobody gets one whose role may not
have it, and that no form is taken that was not made here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from litestar import MediaType, Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import Cookie
from litestar.exceptions import SerializationException
from markupsafe import Markup

from checkpoint_app.hub.web.rail import EVERYONE, OFFICE, RAIL
from checkpoint_app.hub.web.session import COOKIE, LASTS, Sessions
from checkpoint_app.hub.web.words import Words, words_for
from checkpoint_app.resources import resource
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.users import User

ROOT = "/office"
LARGEST_FORM = 64 << 20  # bytes, a list that is uploaded
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of somebody who is signed in (or, at the door, of somebody who is not)."""

    user: User | None
    now: datetime
    words: Words
    query: dict[str, str]
    form: dict[str, Any]
    path: dict[str, str]
    form_word: str
    where: str
    secure: bool

    @property
    def who(self) -> User:
        """The user of a page that asks for one."""
        assert self.user is not None
        return self.user


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Go to another page, perhaps with a cookie set or taken away."""

    to: str
    cookie: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """Something to keep."""

    body: bytes
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page from a template."""

    template: str
    values: dict[str, Any]
    status: int = 200


Answer = Drawn | Elsewhere | File
Page = Callable[[Asked], Answer]


class Frame:
    """Joins pages to the service."""

    def __init__(self, store: HubStore, clock: Callable[[], datetime]) -> None:
        self.store, self._clock = store, clock
        self.sessions = Sessions(store.secrets.signing)

    # -- routes

    def show(self, path: str, page: Page, roles: frozenset[str] | None = EVERYONE) -> Any:
        """A page to look at. `roles` None: also for those who are not signed in."""

        @get(ROOT + path, include_in_schema=False, name=f"show {path}")
        async def handler(request: Request[Any, Any, Any]) -> Response[Any]:
            return await sync_to_thread(self._answered, request, page, roles, {})

        return handler

    def take(self, path: str, page: Page, roles: frozenset[str] | None = OFFICE) -> Any:
        """A form that is sent."""

        @post(
            ROOT + path,
            status_code=200,
            include_in_schema=False,
            name=f"take {path}",
            request_max_body_size=LARGEST_FORM,
        )
        async def handler(request: Request[Any, Any, Any]) -> Response[Any]:
            try:
                form = dict(await request.form())
                uploads = {
                    name: (each.filename, await each.read())
                    for name, each in form.items()
                    if hasattr(each, "filename")
                }
            except (SerializationException, ValueError, UnicodeError):
                return self._plain(request, 400)
            return await sync_to_thread(self._answered, request, page, roles, form | uploads)

        return handler

    # -- one request

    def _answered(
        self,
        request: Request[Any, Any, Any],
        page: Page,
        roles: frozenset[str] | None,
        form: dict[str, Any],
    ) -> Response[Any]:
        asked = self._asked(request, form)
        if roles is not None and asked.user is None:
            if request.method != "GET" or request.headers.get("x-part"):
                return self._plain(request, 401)
            to = quote(request.url.path, safe="/")
            return self._response(asked, Elsewhere(f"/sign-in?to={to}"))
        if roles is not None and asked.who.role not in roles:
            return self._response(asked, _refusal(asked))
        if request.method == "POST" and not self._from_here(request, asked):
            return self._plain(request, 403)
        try:
            return self._response(asked, page(asked))
        except StoreFault as fault:
            said = asked.words.fault(fault.code)
            return self._response(asked, Drawn("message.html", {"said": said}, 400))

    def _asked(self, request: Request[Any, Any, Any], form: dict[str, Any]) -> Asked:
        client = request.client.host if request.client else ""
        where = f"{client}\0{request.headers.get('user-agent', '')}"
        cookie, now = request.cookies.get(COOKIE), self._clock()
        words = words_for(
            request.cookies.get("language", ""), request.headers.get("accept-language", "")
        )
        return Asked(
            user=self._user(cookie, where, now),
            now=now,
            words=words,
            query={name: str(value)[:400] for name, value in request.query_params.items()},
            form=form,
            path={name: str(value) for name, value in request.path_params.items()},
            form_word=self.sessions.form_word(cookie) if cookie else "",
            where=where,
            secure=request.url.scheme == "https",
        )

    def _user(self, cookie: str | None, where: str, now: datetime) -> User | None:
        found = self.sessions.whose(cookie, where, now)
        if found is None:
            return None
        user = self.store.users.find(found[0])
        known = user is not None and user.active and user.stamp == found[1]
        return user if known else None

    def _from_here(self, request: Request[Any, Any, Any], asked: Asked) -> bool:
        """Whether a form came from our own page."""
        origin = request.headers.get("origin")
        host = request.headers.get("host", "")
        if origin is not None and urlsplit(origin).netloc != host:
            return False
        if asked.user is None:
            return True  # the door: there is nothing yet that another site could misuse
        return self.sessions.fits(request.cookies.get(COOKIE), asked.form.get("word"))

    # -- answers

    def _response(self, asked: Asked, answer: Answer) -> Response[Any]:
        if isinstance(answer, Elsewhere):
            headers = {**HEADERS, "location": ROOT + answer.to}
            cookies = [] if answer.cookie is None else [_cookie(answer.cookie, asked.secure)]
            return Response(b"", status_code=303, headers=headers, cookies=cookies)
        if isinstance(answer, File):
            name = quote(answer.name)
            disposition = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
            return Response(
                answer.body, media_type=answer.media_type, headers={**HEADERS, **disposition}
            )
        body = self._drawn(asked, answer)
        return Response(body, status_code=answer.status, media_type=MediaType.HTML, headers=HEADERS)

    def _drawn(self, asked: Asked, answer: Drawn) -> str:
        template = _environment().get_template(answer.template)
        shared = {
            "asked": asked,
            "t": asked.words.translate,
            "words": asked.words,
            "root": ROOT,
            "office": self.store.state.name,
            "user": asked.user,
            "rail": RAIL,
            "here": "",
        }
        return template.render({**shared, **answer.values})

    def _plain(self, request: Request[Any, Any, Any], status: int) -> Response[Any]:
        return Response("", status_code=status, media_type=MediaType.TEXT, headers=HEADERS)


def _cookie(value: str, secure: bool) -> Cookie:
    return Cookie(
        key=COOKIE,
        value=value,
        path=ROOT,
        max_age=int(LASTS.total_seconds()) if value else 0,
        httponly=True,
        secure=secure,
        samesite="strict",
    )


def _refusal(asked: Asked) -> Drawn:
    said = asked.words.translate("Your role does not open this page")
    return Drawn("message.html", {"said": said}, 403)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(resource("hub")),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["icon"] = icon
    return made


@cache
def icon(name: str) -> Markup:
    """An icon of the program's own family, to stand within a page."""
    return Markup(resource("icons", f"{name}.svg").read_text("utf-8"))  # noqa: S704 - our own file
