"""Who is meant by a token of the county's list: the command office is asked, and what it told is
settled with whoever has gone in the meantime.

Until the answer is there, whoever may be meant is held. What could not be asked is kept in the
store and asked again at every exchange.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from checkpoint_app.domain.case import Event, Step
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.list_matching import OfficeTold, with_office
from checkpoint_app.domain.lists import NO_HITS, CountyToken, ListKind, Wanted, wanted_of
from checkpoint_app.domain.reasons import Code
from checkpoint_app.store.county import NAME, is_county_wide
from checkpoint_app.store.lists.rows import TYPES, decoded
from checkpoint_app.store.station import Station, StoreFault
from checkpoint_app.store.syncing import Sync
from checkpoint_app.sync import wire
from checkpoint_app.sync.enrolling import identity_of
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.link import Post
from checkpoint_app.sync.speaking import Voice

OPEN, LOOKED = "county.open", "county.looked"  # the store's small state
BACK = timedelta(days=14)
_STEP = 500
_AT_ONCE = 8
MOST_OPEN = 500
NOT_MEANT = "The command office: not on the county's list"
PATIENCE_S = 4.0  # of every step of the way to the office, while somebody stands at the gate


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """Somebody recorded about whom the office is still to be asked."""

    inspection: UUID
    tokens: tuple[CountyToken, ...]
    operator: str
    note: str  # for the case of who is not meant, in the words of the station


def told_by_office(sync: Sync, post: Post, tokens: Iterable[CountyToken]) -> OfficeTold:
    """What the office says stands under each token. Raises `SyncFault`."""
    hub = sync.hub()
    if hub is None:
        raise SyncFault("not_enrolled")
    voice = Voice(sync, identity_of(hub.identity), post)
    return {each: _entries(voice, each) for each in tokens}


def _entries(voice: Voice, token: CountyToken) -> tuple[WatchEntry, ...]:
    if token.list == NAME:
        told = voice.ask("ask", wire.Ask(token.token), wire.Told)
    else:
        told = voice.ask("ask_above", wire.AskAbove(token.list, token.token), wire.Told)
    found = []
    for each in told.entries:
        try:
            entry = decoded(each.encode(), TYPES[ListKind.WATCH])
        except (msgspec.MsgspecError, StoreFault, ValueError):
            raise SyncFault("hub_answer_wrong", "entry") from None
        if isinstance(entry, WatchEntry):
            found.append(entry)
    return tuple(found)


Run = Callable[[Callable[[Station], Any]], Any]
"""Does a job with the store and gives what it came to, in its turn."""


def catch_up(run: Run, sync: Sync, post: Post, note: str, clock: Callable[[], datetime]) -> None:
    """The office is there: ask about whoever was recorded and may be meant, a few at a time.

    What gets no answer (a hub above is away) is asked again at a later exchange, after the others.
    """
    steps = run(lambda store: look_back(store, note, clock()))
    while run(lambda store: next(steps, None)) is not None:
        pass
    for asked in run(open_questions)[:_AT_ONCE]:
        try:
            told = told_by_office(sync, post, asked.tokens)
        except SyncFault:
            run(partial(keep_asking, asked=asked))
        else:
            run(partial(settle, asked=asked, told=told, now=clock()))


# --- whoever has been recorded --------------------------------------------------------------------


def keep_asking(store: Station, asked: Asked) -> None:
    """The office did not answer: ask again when it is there."""
    kept = [each for each in open_questions(store) if each.inspection != asked.inspection]
    _keep(store, [*kept, asked][-MOST_OPEN:])


def ask_later(store: Station, recorded: RecordedInspection, note: str, now: datetime) -> None:
    """Somebody was recorded who may be meant: ask the office at the next exchange."""
    tokens = store.lists.hits(wanted_of(recorded.inspection), now).county_tokens
    if tokens:
        operator = recorded.operator
        keep_asking(store, Asked(recorded.inspection.id, tokens, operator, note))


def look_back(store: Station, note: str, now: datetime) -> Iterator[int]:
    """After the county's list has changed: who of the last 14 days may be meant by it is asked
    about too. In short steps, each with how many were found; nothing where it is the same list."""
    version = " ".join(
        f"{each.name} {each.version}"
        for each in store.sync.lists.held()
        if is_county_wide(each.name)
    )
    if version == (store.remembered(LOOKED) or ""):
        return
    after: int | None = 0
    while after is not None:
        found, after = store.lists.county_hits(now - BACK, after, _STEP)
        for inspection, operator, tokens in found:
            keep_asking(store, Asked(inspection, tokens, operator, note))
        yield len(found)
    store.remember(LOOKED, version)


def open_questions(store: Station) -> list[Asked]:
    """About whom the office is still to be asked, oldest first."""
    text = store.remembered(OPEN)
    try:
        return msgspec.json.decode(text, type=list[Asked]) if text else []
    except msgspec.MsgspecError:
        return []


def settle(store: Station, asked: Asked, told: OfficeTold, now: datetime) -> None:
    """The office has answered about somebody recorded: a case for who is meant (已放行须追回 where
    they went on), a note in the case of who is not."""
    recorded = store.row(asked.inspection)
    wanted = wanted_of(recorded.inspection) if recorded is not None else Wanted()
    if recorded is not None and not recorded.void and wanted.keys():  # else it was erased since
        hits = replace(NO_HITS, county=True, county_tokens=asked.tokens)
        hits = with_office(hits, wanted, told)
        if hits.watch is not None:
            why = Code.ON_WATCH_LIST
            store.cases.raise_case(asked.inspection, why, hits.watch, asked.operator, now)
        elif not hits.county:
            _clear(store, asked, now)
    _keep(store, [each for each in open_questions(store) if each.inspection != asked.inspection])


def _clear(store: Station, asked: Asked, now: datetime) -> None:
    case = store.cases.of_inspection(asked.inspection)
    if case is not None and case.is_open:
        store.cases.step(case.id, Step(Event.NOTED, asked.operator, note=asked.note), now)


def _keep(store: Station, asked: list[Asked]) -> None:
    store.remember(OPEN, msgspec.json.encode(asked).decode())
