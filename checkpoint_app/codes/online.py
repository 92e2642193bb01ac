"""A province's verification service over HTTP: the code's text out, a status back.

Asked is `POST` with `{"code": text}`; answered must be status 200 and a JSON object with `status`
(green, yellow, red, expired, not_found or failed) and, where known, `masked_name`, `reason` and
`valid_until` (ISO 8601). Any other answer is `failed`, never a colour. A look-up takes no longer
than about the time-out; it belongs on a worker thread.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from checkpoint_app.codes.unpack import Fault, as_moment, from_json, plain
from checkpoint_app.domain.credential import OnlineAnswer
from checkpoint_app.domain.reasons import Code

MAX_ANSWER = 16 * 1024  # bytes
_SAID = frozenset({"green", "yellow", "red", "expired", "not_found", "failed"})
_KEYS = frozenset({"status", "masked_name", "reason", "valid_until"})


class HttpStatusService:
    """The `StatusService` behind a configured address; redirects and proxies are not followed.

    `timeout` in seconds; `now` gives the time that an answer is recorded with, aware.
    """

    def __init__(self, address: str, now: Callable[[], datetime], timeout: float = 2.0) -> None:
        self._address = address
        self._now = now
        self._timeout = timeout
        self._tls = httpx.create_ssl_context()

    def look_up(self, text: str) -> OnlineAnswer:
        """Ask for one code. Never raises: no answer is `timed_out` or `failed`."""
        give_up = time.monotonic() + self._timeout
        try:
            body = self._asked(text)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, RuntimeError):
            late = time.monotonic() >= give_up
            return self._answer("timed_out" if late else "failed")
        return self._read(body)

    def _asked(self, text: str) -> bytes | Fault:
        """The body of the answer, or a fault where it is not one to be read."""
        client = httpx.Client(verify=self._tls, timeout=self._timeout, trust_env=False)
        # Time-outs count from one byte to the next; a drop now and then must not hold the desk.
        alarm = threading.Timer(self._timeout, client.close)
        alarm.daemon = True
        alarm.start()
        try:
            with client, client.stream("POST", self._address, **_question(text)) as answer:
                return _body(answer) if answer.status_code == httpx.codes.OK else Fault()
        finally:
            alarm.cancel()

    def _read(self, body: bytes | Fault) -> OnlineAnswer:
        said = body if isinstance(body, Fault) else from_json(body)
        if not isinstance(said, dict) or not _is_sound(said):
            return self._answer("failed", reason=Code.SERVICE_ANSWER_WRONG.value)
        until = as_moment(said.get("valid_until"))
        past = until is not None and until < self._now()
        return self._answer(
            "expired" if past and said["status"] == "green" else said["status"],
            masked_name=plain(said.get("masked_name")),
            reason=plain(said.get("reason")),
            valid_until=until.isoformat() if until else None,
        )

    def _answer(self, status: str, **known: str | None) -> OnlineAnswer:
        return OnlineAnswer(status, answered_at=self._now().astimezone(UTC).isoformat(), **known)


def _question(text: str) -> dict[str, Any]:
    # ASCII only: a text may hold lone surrogates.
    content = json.dumps({"code": text}).encode("ascii")
    kind = "application/json"
    headers = {"content-type": kind, "accept": kind, "accept-encoding": "identity"}
    return {"content": content, "headers": headers}


def _body(answer: httpx.Response) -> bytes | Fault:
    """The answer's bytes, as far as the limit goes; compressed ones are not asked for."""
    body = b""
    for piece in answer.iter_raw():
        body += piece
        if len(body) > MAX_ANSWER:
            return Fault(Code.TOO_LARGE)
    return body


def _is_sound(said: Mapping[str, Any]) -> bool:
    """Whether the answer says what was agreed, and nothing in another form."""
    words = [said.get(key) for key in _KEYS]
    until = said.get("valid_until")
    return (
        all(each is None or isinstance(each, str) for each in words)
        and said.get("status") in _SAID
        and (until is None or as_moment(until) is not None)
    )
