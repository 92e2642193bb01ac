"""The network between a station and its hub: HTTP(S), the hub's own authority pinned.

The hub is told apart by the authority it showed at enrolment, never by its host name or the
system's certificates: addresses in a county change.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from checkpoint_app.store.identity import reread, spelled
from checkpoint_app.sync import wire
from checkpoint_app.sync.faults import SyncFault

Post = Callable[[str, bytes], bytes]
"""Sends a body to a path of the hub, gives the answer's body. Raises `SyncFault`."""

_FINGERPRINT_LETTERS = 28  # 140 bits
PATIENCE_S = 20.0
LONGEST_WAIT_S = 120.0  # however long a hub wants us to wait


def fingerprint_of(identity: bytes) -> str:
    """What an office reads out or shows as a QR code: seven groups of four letters."""
    number = int.from_bytes(sha256(b"checkpoint hub\0" + identity).digest()[:18], "big")
    letters = spelled(number >> 4, _FINGERPRINT_LETTERS)
    return "-".join(letters[at : at + 4] for at in range(0, _FINGERPRINT_LETTERS, 4))


def is_fingerprint_of(typed: str, identity: bytes) -> bool:
    """Whether what was typed is this hub's fingerprint."""
    return reread(typed) == reread(fingerprint_of(identity))


@contextmanager
def http_link(url: str, authority: bytes | None, patience_s: float = PATIENCE_S) -> Iterator[Post]:
    """A link to the hub at `url`; `authority` (DER) None only to fetch what will be checked."""
    import httpx

    try:
        client = httpx.Client(
            base_url=url.rstrip("/"),
            verify=_context(authority),
            timeout=patience_s,
            follow_redirects=False,
            trust_env=False,
        )
    except (httpx.InvalidURL, ValueError):
        raise SyncFault("hub_unreachable", "address") from None

    def post(path: str, body: bytes) -> bytes:
        headers = {"content-type": "application/octet-stream"} if body else {}
        method = "POST" if body else "GET"
        try:
            with client.stream(method, path, content=body or None, headers=headers) as answer:
                if answer.status_code in (502, 503, 504):
                    wait_s = _seconds(answer.headers.get("retry-after", ""))
                    raise SyncFault("hub_busy", str(answer.status_code), wait_s)
                return _read(answer.iter_bytes(), answer.status_code)
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            wrong = "CERTIFICATE_VERIFY_FAILED" in str(error)
            code = "hub_not_itself" if wrong else "hub_unreachable"
            raise SyncFault(code, type(error).__name__) from None

    with client:
        yield post


def _read(parts: Iterable[bytes], status: int) -> bytes:
    answer = b""
    for part in parts:
        answer += part
        if len(answer) > wire.LARGEST_ANSWER:
            raise SyncFault("hub_answer_wrong", "too large")
    if status >= 500 or status in (301, 302, 307, 308, 404, 405):
        raise SyncFault("hub_answer_wrong", str(status))
    return answer


def _seconds(told: str) -> float:
    return min(float(told), LONGEST_WAIT_S) if told.isascii() and told.isdigit() else 0.0


def _context(authority: bytes | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    if not authority:
        context.verify_mode = ssl.CERT_NONE
        return context
    context.load_verify_locations(cadata=authority)
    return context
