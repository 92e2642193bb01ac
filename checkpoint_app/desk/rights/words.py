"""Erasures in words: what was taken, how much, of which days."""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.domain.retention import Copies, Erasure, Reckoning
from checkpoint_app.i18n import Translate
from checkpoint_app.store.ledger import Kind

KINDS = {
    Kind.INSPECTION.value: "Inspections of persons",
    Kind.PASSAGE.value: "Vehicles",
    Kind.CASE_EVENT.value: "Steps of cases",
    Kind.RUNNER.value: "Gate-runners",
    Kind.VISIT.value: "Visitors",
    Kind.ABSENCE.value: "Notices of absence",
    Kind.LOOK.value: "Looks at full data",
    Kind.OWN_RECORDS.value: "Requests for one's own records",
}
OTHER = "Other records (duty, counts, problems)"
WHY = {
    "schedule": "By the daily schedule",
    "by_hand": "By hand in the settings",
    "command": "On the command line",
}


def kind_counts(took: Reckoning, translate: Translate) -> list[tuple[str, int]]:
    """Kinds in words with their counts; what has no word of its own is summed up."""
    counts = dict.fromkeys((*KINDS.values(), OTHER), 0)
    for kind, count in took.records:
        counts[KINDS.get(kind, OTHER)] += count
    return [(translate(message), count) for message, count in counts.items() if count]


def days_of(took: Reckoning, translate: Translate) -> str:
    """The days that they are from."""
    if took.oldest is None or took.newest is None:
        return ""
    first, last = (f"{each:%Y-%m-%d}" for each in (took.oldest, took.newest))
    return first if first == last else translate("{first} to {last}", first=first, last=last)


def reckoned(took: Reckoning, translate: Translate) -> str:
    """What an erasure would take now, in one sentence."""
    if not took.total:
        return translate("Nothing is due to be erased")
    parts = [f"{word} {count}" for word, count in kind_counts(took, translate)]
    return translate(
        "{total} records of {days} are due: {parts}",
        total=took.total,
        days=days_of(took, translate),
        parts="、".join(parts),
    )


def kept_back(took: Reckoning, translate: Translate) -> list[str]:
    """What an erasure leaves for later, and why."""
    told = []
    if took.waiting:
        told.append(
            translate("{count} records wait until the office has received them", count=took.waiting)
        )
    if took.unfinished:
        told.append(
            translate("{count} people are still unfinished in the tray", count=took.unfinished)
        )
    return told


def copies_told(copies: Copies, translate: Translate) -> list[str]:
    """What became of backups and sheets."""
    return [
        translate(message, count=count)
        for message, count in (
            ("{count} old backups deleted", copies.deleted),
            ("{count} backups written anew without what was erased", copies.renewed),
            ("{count} backups are on a disk that is not here now", copies.unreachable),
            ("{count} sheets in the data folder deleted", copies.sheets),
            ("{count} rows of replaced lists erased", copies.list_rows),
        )
        if count
    ]


def erased(erasure: Erasure, translate: Translate) -> str:
    """What came of it, in one line."""
    took = erasure.took
    told: Sequence[str] = (
        [translate("{count} records erased", count=took.total)] if took.total else []
    )
    told = [*told, *copies_told(erasure.copies, translate)]
    if not erasure.clean:
        told.append(translate("the file is still being read and is written over the next time"))
    return "；".join(told) if told else translate("Nothing was due")
