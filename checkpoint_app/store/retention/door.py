"""What the station offers of keeping and erasing."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from checkpoint_app.domain.retention import Copies, Erasure, Reckoning, Terms
from checkpoint_app.store import chain, ledger, tables, trust
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.home import Home
from checkpoint_app.store.keeping import RESTORED
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import moment
from checkpoint_app.store.retention import copies, ending, scrubbing
from checkpoint_app.store.retention.choosing import Due, due
from checkpoint_app.store.retention.copies import Copy
from checkpoint_app.store.retention.ending import Held
from checkpoint_app.store.retention.erasing import erase

STEP = 500  # records of one transaction: a save in between waits for no more


class Retention:
    """Erasing by the rules, and at the end altogether. From the database's thread."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def reckon(self, terms: Terms, now: datetime) -> Reckoning:
        """What an erasure would take now; nothing happens."""
        with reading(self._home.engine) as connection:
            return due(connection, terms, now).reckoning(connection, now.tzinfo)

    def erase(self, terms: Terms, by: str, why: str, now: datetime) -> tuple[Erasure, bool]:
        """Erase what is due, at most `STEP` records; and whether more is due.

        Durable with its record when it returns; what is left of it in the file goes by `scrub`.
        Nothing due leaves no record. Raises `StoreFault`.
        """
        with writing(self._home.engine) as connection:
            found = due(connection, terms, now, STEP)
            took = found.reckoning(connection, now.tzinfo)
            made = Erasure("", now, by, why, terms, took, clean=not found.ids)
            if found.ids:
                draft = Draft(Kind.ERASURE, now, _plain(made, found))
                placed = ledger.place(connection, self._home.device, draft)
                erase(connection, found.ids, placed.link.id)
                made = replace(made, id=str(placed.link.id))
                trust.put_state(connection, scrubbing.PENDING, "yes")
        return made, found.more

    @property
    def unclean(self) -> bool:
        """Whether traces of an erasure are still in the file's free space."""
        return scrubbing.pending(self._home.engine)

    def scrub(self) -> bool:
        """Write over what erasing left in the file; False where a reader keeps it busy now."""
        return scrubbing.scrub(self._home.engine)

    def fold(self) -> bool:
        """Empty the database's log, where nothing had to be written over; False while it is read.

        What left the tray, a list or a draft is overwritten in the file at once, not in there.
        """
        return scrubbing.fold(self._home.engine)

    @property
    def restored(self) -> bool:
        """Whether a backup was put in force and nothing has been erased since."""
        return bool(trust.remembered(self._home.engine, RESTORED))

    def settle_restored(self) -> None:
        """What came back by a restore and was over has been erased."""
        if self.restored:
            trust.remember(self._home.engine, RESTORED, "")

    def sweep(self, terms: Terms, by: str, why: str, now: datetime, list_rows: int = 0) -> Copies:
        """Delete backups and sheets whose term is over, with a record where there were any.

        `list_rows`: how many rows of replaced lists went just now; they stand on the same record.
        """
        done = replace(copies.sweep(self._home, terms, now), list_rows=list_rows)
        if not done.none:
            said = {"by": by, "why": why, "terms": _days(terms), "copies": asdict(done)}
            with writing(self._home.engine) as connection:
                draft = Draft(Kind.ERASURE, now, ledger.encoded(said))
                ledger.place(connection, self._home.device, draft)
        return done

    def note_copy(self, copy: Path, now: datetime) -> None:
        """Remember a backup, so that it is deleted when its term is over."""
        copies.note(self._home.engine, copy, now)

    def copies(self) -> list[Copy]:
        """The copies known, oldest first."""
        return copies.known(self._home)

    def past(self, limit: int = 100) -> list[Erasure]:
        """The erasures on record, newest first."""
        records = tables.records
        chosen = select(records).where(records.c.kind == Kind.ERASURE.value)
        newest = chosen.order_by(records.c.epoch.desc(), records.c.seq.desc()).limit(limit)
        with reading(self._home.engine) as connection:
            rows = connection.execute(newest).all()
        return [_erasure(row) for row in rows]

    def held(self) -> Held:
        """What the station holds in numbers, for the record of its destruction."""
        return ending.held(self._home)

    def end(self) -> tuple[Path, ...]:
        """Destroy everything there is; the copies that were out of reach. Closes the store."""
        return ending.end(self._home)


def _plain(made: Erasure, found: Due) -> bytes:
    took = made.took
    return ledger.encoded(
        {
            "by": made.by,
            "why": made.why,
            "terms": _days(made.terms),
            "records": dict(took.records),
            "oldest": took.oldest.isoformat() if took.oldest else None,
            "newest": took.newest.isoformat() if took.newest else None,
            "waiting": took.waiting,
            "unfinished": took.unfinished,
            "digest": chain.erasure_digest(found.ids),
        }
    )


def _days(terms: Terms) -> dict[str, float]:
    return {name: each / timedelta(days=1) for name, each in asdict(terms).items()}


def _erasure(row: Any) -> Erasure:
    said = msgspec.json.decode(row.plain)
    took = Reckoning(
        tuple(sorted(said.get("records", {}).items())),
        _moment(said.get("oldest")),
        _moment(said.get("newest")),
        said.get("waiting", 0),
        said.get("unfinished", 0),
    )
    swept = Copies(**said.get("copies", {}))
    at = moment(row.at_us, row.offset_s)
    terms = Terms.of_days(**said["terms"])
    record: UUID = row.id
    return Erasure(str(record), at, said["by"], said["why"], terms, took, swept)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
