"""The book of looks: who saw whole names and numbers, took files away, changed something."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Frame

READING = frozenset({"office", "auditor"})
SHOWN = 200
ACTIONS = {
    "record": "Record shown whole",
    "case": "Case shown whole",
    "export": "File taken away",
    "list": "List put in force",
    "place": "Place of a station set",
    "station": "Code made for a station",
    "revoke": "Station shut out",
    "release": "Station let go on",
    "person": "Person added",
    "retire": "Person retired",
    "take back": "Person taken back",
    "step": "Step taken in a case",
    "erased": "Erased by the rules",
    "county_hit": "Asked by a station who is meant",
}
REASONS = {  # of the hub's own; all others are somebody's words
    "hit": "Entries were told",
    "nobody": "Nobody stands there",
    "asked above": "Passed on to the hub above",
}


class Book:
    """The page of the book."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        return [self._frame.show("/book", self.show, READING)]

    def show(self, asked: Asked) -> Answer:
        """The newest looks, or those before a moment."""
        looks = self._frame.store.users.looks(SHOWN, _moment(asked.query.get("before", "")))
        t = asked.words.translate
        lines = [
            {
                "at": f"{each.at.astimezone(asked.now.tzinfo):%Y-%m-%d %H:%M:%S}",
                "who": each.who,
                "action": t(ACTIONS.get(each.action, each.action)),
                "subject": each.subject,
                "reason": t(REASONS[each.reason]) if each.reason in REASONS else each.reason,
            }
            for each in looks
        ]
        more = looks[-1].at.isoformat() if len(looks) == SHOWN else ""
        return Drawn("book.html", {"looks": lines, "more": more, "here": "book"})


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
