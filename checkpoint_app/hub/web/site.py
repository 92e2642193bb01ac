"""All pages of the office, and the rail that leads to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.response import Redirect

from checkpoint_app.hub.web.book import Book
from checkpoint_app.hub.web.cases import CasePages
from checkpoint_app.hub.web.chart import Chart
from checkpoint_app.hub.web.coverage import CoveragePages
from checkpoint_app.hub.web.door import Door
from checkpoint_app.hub.web.frame import HEADERS, ROOT, Frame
from checkpoint_app.hub.web.lists import Lists
from checkpoint_app.hub.web.orders import Orders
from checkpoint_app.hub.web.people import People
from checkpoint_app.hub.web.records import Records
from checkpoint_app.hub.web.registers import Registers
from checkpoint_app.hub.web.signals import Signals
from checkpoint_app.hub.web.stations import Stations
from checkpoint_app.hub.web.wall import Wall
from checkpoint_app.resources import resource
from checkpoint_app.store.hub.hub import HubStore

_FILES = {"style.css": "text/css", "office.js": "text/javascript"}


def pages(store: HubStore, clock: Callable[[], datetime]) -> list[Any]:
    """The route handlers of all pages."""
    frame = Frame(store, clock)
    parts = (
        Door,
        Wall,
        CasePages,
        Records,
        Registers,
        Lists,
        Orders,
        CoveragePages,
        Signals,
        Chart,
        Stations,
        People,
        Book,
    )
    routes = [route for part in parts for route in part(frame).routes()]
    return [_to_the_wall(), *(_file(name) for name in _FILES), *routes]


def _to_the_wall() -> Any:
    @get(["/", ROOT], include_in_schema=False, sync_to_thread=False)
    def front() -> Redirect:
        return Redirect(ROOT + "/wall")

    return front


def _file(name: str) -> Any:
    body = resource("hub", name).read_bytes()

    @get(f"{ROOT}/{name}", include_in_schema=False, sync_to_thread=False, name=name)
    def file() -> Response[bytes]:
        headers = {**HEADERS, "cache-control": "public, max-age=600"}
        return Response(body, media_type=_FILES[name], headers=headers)

    return file
