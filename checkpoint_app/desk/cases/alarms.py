"""What the ledger calls out for at the desk: people to be called back, steps that are late."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkpoint_app.desk.cases.lines import area_of, title_of, why_text
from checkpoint_app.desk.view import Chip, Strip, Tone
from checkpoint_app.domain.case import Case, Deadlines
from checkpoint_app.domain.notice import Notice
from checkpoint_app.domain.plate import plate_text
from checkpoint_app.i18n import Translate
from checkpoint_app.store.station import Station

RECALL, LEDGER = "recall", "ledger"  # the strip, and the page


@dataclass(frozen=True, slots=True)
class Recall:
    """Somebody who went through and must be called back, in one sentence."""

    id: UUID
    sentence: str


@dataclass(frozen=True, slots=True)
class Alarms:
    """How the ledger stands: recalls not yet reported (newest first), steps that are late."""

    late: int = 0
    recalls: tuple[Recall, ...] = ()
    notices: tuple[Notice, ...] = ()  # what other checkpoints tell of, newest first


NO_ALARMS = Alarms()


def alarms_of(store: Station, deadlines: Deadlines, now: datetime, translate: Translate) -> Alarms:
    """As the ledger stands; for the store's thread, where it must not keep anybody waiting."""
    recalls = store.cases.recalls()
    return Alarms(
        late=store.cases.late(deadlines, now),
        recalls=tuple(Recall(each.id, _sentence(each, translate)) for each in recalls),
        notices=tuple(store.lists.notices(now)),
    )


def recall_strip(alarms: Alarms, seen: Collection[UUID], translate: Translate) -> Strip | None:
    """The newest recall with phone, plate and direction, and how many others there are."""
    fresh = [each for each in alarms.recalls if each.id not in seen]
    if not fresh:
        return None
    sentence = fresh[0].sentence
    if len(fresh) > 1:
        sentence = translate("{sentence} · {count} more", sentence=sentence, count=len(fresh) - 1)
    return Strip(RECALL, sentence, translate("Open the case"), Tone.STOP)


def late_chips(alarms: Alarms, translate: Translate) -> tuple[Chip, ...]:
    """A quiet sign that a step is late."""
    if not alarms.late:
        return ()
    text = translate("{count} cases late", count=alarms.late)
    brief = translate("{count} late", count=alarms.late)
    return (Chip("cases_late", text, Tone.ATTENTION, LEDGER, brief=brief),)


def _sentence(case: Case, translate: Translate) -> str:
    """Whom to call, in what car, which way: phone and plate whole, for they are acted on."""
    bound = translate("towards {place}", place=area_of(case.unit)) if case.unit else ""
    parts = (
        title_of(case, translate) if case.name else "",
        case.phone or "",
        plate_text(case.plate),
        bound,
        why_text(case, translate),
    )
    return translate("Went through, to be called back: {who}", who=" · ".join(filter(None, parts)))
