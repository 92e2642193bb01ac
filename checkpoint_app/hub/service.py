"""The hub over HTTP: a handful of routes around `Answering`, described as OpenAPI.

Nothing here decides anything. What is not an envelope gets 400 and no more; what cannot be stored
now gets 503, and the station comes again.
"""

from __future__ import annotations

import logging
from typing import Any

from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from checkpoint_app import __version__
from checkpoint_app.hub.answering import Answering
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.sync import wire
from checkpoint_app.sync.packing import Unreadable

BINARY = "application/octet-stream"
_log = logging.getLogger(__name__)
_PURPOSES = {
    "enrol": "A station asks to be taken in, with a one-time code",
    "hello": "A station says where it stands; the hub says what it has and wants",
    "push": "A batch of records",
    "lists": "A list, as a change of what the station has",
    "ask": "What the county-wide list says about a hit",
    "ask_above": "The same of the list of a hub above",
    "repair": "The parts of a token list that a station has otherwise",
}
_BYTES = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)


def service(answering: Answering, *more: Any) -> Litestar:
    """The ASGI application. `more` are further route handlers: the office's pages."""
    return Litestar(
        route_handlers=[*_routes(answering), *more],
        openapi_config=OpenAPIConfig(
            title="Checkpoint hub",
            version=__version__,
            path="/schema",
            render_plugins=[JsonRenderPlugin()],
        ),
        request_max_body_size=wire.LARGEST,
        exception_handlers={StoreFault: _not_now},
        debug=False,
    )


def _routes(answering: Answering) -> list[Any]:
    @get("/v1/identity", media_type=BINARY, sync_to_thread=False, summary="Who this hub is")
    def identity() -> bytes:
        return answering.identity

    @get("/v1/alive", media_type=MediaType.TEXT, sync_to_thread=False, summary="Whether it runs")
    def alive() -> str:
        return "alive"

    return [identity, alive, *(_question(answering, each) for each in _PURPOSES)]


def _question(answering: Answering, purpose: str) -> Any:
    @post(
        f"/v1/{purpose}",
        media_type=BINARY,
        status_code=200,
        summary=_PURPOSES[purpose],
        operation_id=purpose,
        operation_class=_Question,
    )
    async def ask(request: Request[Any, Any, Any]) -> Response[bytes]:
        body = await request.body()
        with answering.pressure.inside(purpose) as welcome:
            if not welcome:
                return _come_again(answering.pressure.come_again_s)
            try:
                return Response(await sync_to_thread(answering.answer, purpose, body))
            except Unreadable:
                return Response(b"", status_code=400)

    return ask


class _Question(Operation):
    """A signed envelope in, a signed envelope out."""

    def __post_init__(self) -> None:
        content = {BINARY: OpenAPIMediaType(schema=_BYTES)}
        self.request_body = RequestBody(content=content, required=True)
        self.responses = {
            "200": OpenAPIResponse(description="A signed envelope", content=content),
            "400": OpenAPIResponse(description="Not an envelope", content=content),
            "413": OpenAPIResponse(description="Too large"),
            "503": OpenAPIResponse(description="Cannot be stored now, come again", content=content),
        }


def _not_now(_request: Request[Any, Any, Any], fault: StoreFault) -> Response[bytes]:
    _log.error("not stored: %s %s", fault.code, fault.detail)
    return _come_again(5)


def _come_again(seconds: int) -> Response[bytes]:
    headers = {"retry-after": str(seconds)}
    return Response(b"", status_code=503, media_type=BINARY, headers=headers)
