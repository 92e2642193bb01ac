"""Who is signed in: a cookie that says so, sealed by the hub.

The cookie names the user and ends by itself; it holds for the browser and the address it was given
to, and no longer than the password it was given for. Forms carry a word of their own made from it,
so that another site cannot send them (CSRF).
"""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import msgspec

from checkpoint_app.store.hub.users import User
from checkpoint_app.store.moments import micros

COOKIE = "office"
LASTS = timedelta(hours=10)
LONGEST = 600  # characters of a cookie


class _Session(msgspec.Struct, frozen=True, array_like=True):
    user: UUID
    stamp: str
    until_us: int
    where: bytes  # what the browser says of itself, and its address, hashed
    nonce: bytes


class Sessions:
    """Makes and reads cookies with the hub's own key."""

    def __init__(self, signing: bytes) -> None:
        self._key = hmac.digest(signing, b"office sessions", sha256)

    def begin(self, user: User, where: str, now: datetime) -> str:
        """The cookie of somebody who has just signed in."""
        made = _Session(
            user.id, user.stamp, micros(now + LASTS), self._place(where), secrets.token_bytes(12)
        )
        body = msgspec.msgpack.encode(made)
        return _text(body + self._seal(body))

    def whose(self, cookie: str | None, where: str, now: datetime) -> tuple[UUID, str] | None:
        """Id and stamp of the user whose cookie it is; None where it is nobody's any more."""
        found = self._read(cookie)
        if found is None or found.until_us < micros(now):
            return None
        if not hmac.compare_digest(found.where, self._place(where)):
            return None
        return found.user, found.stamp

    def form_word(self, cookie: str) -> str:
        """What a form of this session carries."""
        return _text(hmac.digest(self._key, b"form\0" + cookie.encode(), sha256)[:18])

    def fits(self, cookie: str | None, word: object) -> bool:
        """Whether a form was made for this session."""
        if not cookie or not isinstance(word, str):
            return False
        return hmac.compare_digest(self.form_word(cookie).encode(), word.encode("utf-8", "replace"))

    def _read(self, cookie: str | None) -> _Session | None:
        if not cookie or len(cookie) > LONGEST:
            return None
        try:
            whole = base64.urlsafe_b64decode(cookie.encode("ascii") + b"==")
            body, seal = whole[:-16], whole[-16:]
            if not hmac.compare_digest(seal, self._seal(body)):
                return None
            return msgspec.msgpack.decode(body, type=_Session)
        except (ValueError, UnicodeError, msgspec.MsgspecError):
            return None

    def _seal(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, sha256)[:16]

    def _place(self, where: str) -> bytes:
        return hmac.digest(self._key, b"where\0" + where.encode("utf-8", "replace"), sha256)[:12]


def _text(body: bytes) -> str:
    return base64.urlsafe_b64encode(body).decode().rstrip("=")
