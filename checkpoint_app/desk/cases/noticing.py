"""Notices of other checkpoints at the desk: a quiet strip, and a sound once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from checkpoint_app.desk.view import Strip, Tone
from checkpoint_app.domain.notice import Notice, NoticeKind
from checkpoint_app.domain.plate import plate_text
from checkpoint_app.i18n import Translate

NOTICE = "notice"
SOUNDS_FOR = timedelta(hours=1)  # older ones are shown without a sound: after a start, say
WORDS = {
    NoticeKind.RAN: "Ran the gate",
    NoticeKind.REFUSED: "Would not be checked",
    NoticeKind.RECALL: "Went through, to be called back",
}


def notice_strip(
    notices: Sequence[Notice], seen: Collection[str], translate: Translate
) -> Strip | None:
    """The newest that was not put away, and how many others there are."""
    fresh = [each for each in notices if each.id not in seen]
    if not fresh:
        return None
    sentence = told(fresh[0], translate)
    if len(fresh) > 1:
        sentence = translate("{sentence} · {count} more", sentence=sentence, count=len(fresh) - 1)
    return Strip(NOTICE, sentence, translate("Close"), Tone.ATTENTION)


def sounds(notices: Sequence[Notice], heard: Collection[str], now: datetime) -> bool:
    """Whether one of them is new here and fresh enough to look up for."""
    return any(each.id not in heard and now - each.at < SOUNDS_FOR for each in notices)


def told(notice: Notice, translate: Translate) -> str:
    """What happened there, in one sentence."""
    at = notice.at.astimezone()
    parts = (
        translate(WORDS[notice.kind]),
        plate_text(notice.plate),
        notice.name or "",
        f"{at:%H:%M}",
    )
    what = " ".join(part for part in parts if part)
    return translate("{station}: {what}", station=notice.station, what=what)
