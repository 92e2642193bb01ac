"""Pictures of certificates, kept inside the encrypted store; the ledger has their digest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from checkpoint_app.domain.case import Event
from checkpoint_app.store import tables
from checkpoint_app.store.cases import writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.identity import uuid7

LARGEST = 1_500_000  # bytes of one picture
_JPEG = b"\xff\xd8\xff"
_kept = tables.attachments


def attach(
    connection: Connection,
    device: str,
    case_id: UUID,
    picture: bytes,
    note: str,
    operator: str,
    now: datetime,
) -> UUID:
    """Keep a JPEG with the step that says so. Raises `StoreFault`: not_storable."""
    if not picture.startswith(_JPEG) or len(picture) > LARGEST:
        raise StoreFault("not_storable", "picture")
    attachment_id = uuid7(now)
    said = {"case": str(case_id), "event": Event.ATTACHED.value, "operator": operator}
    digest = sha256(picture).hexdigest()
    known = {"id": str(attachment_id), "digest": digest, "bytes": len(picture)}
    more = {"attachment": known, **({"note": note.strip()} if note.strip() else {})}
    placed = writing.place(connection, device, now, said, more)
    row = {"id": attachment_id, "case_id": case_id, "record_id": placed.link.id, "body": picture}
    connection.execute(insert(_kept), row)
    return attachment_id


def picture(connection: Connection, attachment_id: UUID) -> bytes | None:
    """The bytes of a picture; None where a retention rule has erased it."""
    body: bytes | None = connection.execute(
        select(_kept.c.body).where(_kept.c.id == attachment_id)
    ).scalar()
    return body


def digest_of(connection: Connection, attachment_id: UUID) -> str | None:
    """The digest of what is kept, for verification."""
    body = picture(connection, attachment_id)
    return sha256(body).hexdigest() if body is not None else None


def drop(connection: Connection, case_ids: Collection[UUID]) -> int:
    """Erase the pictures of these cases; how many there were."""
    gone = delete(_kept).where(_kept.c.case_id.in_(list(case_ids)))
    return connection.execute(gone).rowcount
