"""Photos of the people on the roster, kept inside the encrypted store under the key of their pass.

They are no facts about what happened: a newer photo takes the place of an older one, and whoever is
no longer on a roster leaves no photo behind.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Engine, bindparam, delete, func, insert, select

from checkpoint_app.store import tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.moments import micros

LARGEST = 60_000  # bytes of one photo, a JPEG
_JPEG = b"\xff\xd8\xff"
_kept = tables.portraits
_OF = select(_kept.c.body).where(_kept.c.person == bindparam("whose"))


class Portraits:
    """The photos of one station's roster."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, photos: Mapping[str, bytes], now: datetime) -> None:
        """Keep these, all or none. Raises `StoreFault`: not_storable."""
        if not all(each.startswith(_JPEG) and len(each) <= LARGEST for each in photos.values()):
            raise StoreFault("not_storable", "picture")
        with writing(self._engine) as connection:
            connection.execute(delete(_kept).where(_kept.c.person.in_(list(photos))))
            for person, photo in photos.items():
                row = {"person": person, "body": photo, "kept_us": micros(now)}
                connection.execute(insert(_kept), row)

    def of(self, person: str) -> bytes | None:
        """The photo of one person, by the key that their pass carries."""
        with reading(self._engine) as connection:
            body: bytes | None = connection.execute(_OF, {"whose": person}).scalar()
        return body

    def count(self) -> int:
        """How many there are."""
        with reading(self._engine) as connection:
            return int(connection.execute(select(func.count()).select_from(_kept)).scalar_one())

    def keep_only(self, people: Collection[str]) -> int:
        """Forget the photos of everybody else; how many there were."""
        with writing(self._engine) as connection:
            known = set(connection.execute(select(_kept.c.person)).scalars())
            gone = known - set(people)
            for person in gone:
                connection.execute(delete(_kept).where(_kept.c.person == person))
        return len(gone)
