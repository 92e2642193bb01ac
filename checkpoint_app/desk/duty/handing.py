"""The post changes hands: both PINs, the counts as they are at that moment, one record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkpoint_app.desk.duty.roll import Roll, roll
from checkpoint_app.domain.duty.handing import MOST, Counted, Draft, HandOver, Stock, uncounted
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.station import Operator, Station

PURPOSE = "hand_over"


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs and what was counted. `tray` is how many the desk has parked."""

    leaving: UUID
    leaving_pin: str
    coming: UUID
    coming_pin: str
    draft: Draft
    tray: int
    stays: tuple[str, ...] = ()


def hand_over(
    store: Station, signing: Signing, settings: Settings, say: Translate, now: datetime
) -> HandOver | str:
    """Hand the post over; the record, or the sentence of what is still lacking.

    Counts of the station are taken now and not when the page was opened: scanning goes on.
    """
    lacks = draft_problem(signing.draft)
    if lacks is not None:
        return say(lacks)
    people = {each.id: each for each in store.operators() if each.active}
    leaving, coming = people.get(signing.leaving), people.get(signing.coming)
    if leaving is None or coming is None or leaving.id == coming.id:
        return say("Choose who takes over")
    signatures = ((leaving, signing.leaving_pin), (coming, signing.coming_pin))
    for who, pin in signatures:
        refused = _unsigned(store, who, pin, say, now)
        if refused is not None:
            return refused
    done = _made(roll(store, settings, now), signing, leaving.name, coming.name)
    store.duty.hand_over(done, signing.stays)
    return done


def draft_problem(draft: Draft) -> str | None:
    """The message of what must still be counted before anybody signs."""
    if uncounted(draft):
        return "Count the people by eye first"
    if any(_is_odd(stock) for stock in draft.stock.values()):
        return "A count is a whole number from 0"
    return None


def _is_odd(stock: Stock) -> bool:
    figures = (stock.received, stock.used, 0 if stock.left is None else stock.left)
    return any(not 0 <= each <= MOST for each in figures)


def _unsigned(store: Station, who: Operator, pin: str, say: Translate, now: datetime) -> str | None:
    waits = store.pin_wait(who.id, now)
    if not waits and store.check_pin(who.id, pin, now, PURPOSE):
        return None
    waits = waits or store.pin_wait(who.id, now)
    if waits:
        seconds = round(waits.total_seconds())
        return say("Too many wrong PINs: wait {seconds} s", seconds=seconds)
    return say("Wrong PIN of {name}", name=who.name)


def _made(post: Roll, signing: Signing, leaving: str, coming: str) -> HandOver:
    draft = signing.draft
    own = post.of(leaving)
    return HandOver(
        id=uuid7(post.now),
        at=post.now,
        shift=own.turn.shift if own is not None else post.shift,
        shift_to=post.shift,
        began_at=post.began_at or post.now,
        leaving=leaving,
        coming=coming,
        outcomes=post.outcomes,
        open_cases=post.open_cases,
        tray=Counted(draft.tray_seen, signing.tray),
        held=Counted(draft.held_seen, post.held),
        stock=draft.stock,
        team=tuple(each.turn.operator for each in post.people),
        fitness=tuple(each.fitness for each in post.people if each.fitness is not None),
        checks=len(post.ticks),
        notes=draft.notes.strip(),
    )
