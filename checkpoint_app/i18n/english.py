"""English counts of one: the messages are written of many ("{count} cases"), and one is one case.

Chinese has no plural, so nothing of this stands in the catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

ONE = {
    "backups": "backup",
    "cases": "case",
    "characters": "character",
    "checks": "check",
    "days": "day",
    "doses": "dose",
    "entries": "entry",
    "files": "file",
    "keys": "key",
    "lists": "list",
    "minutes": "minute",
    "parties": "party",
    "passages": "passage",
    "passes": "pass",
    "people": "person",
    "persons": "person",
    "pictures": "picture",
    "problems": "problem",
    "records": "record",
    "rows": "row",
    "sheets": "sheet",
    "shifts": "shift",
    "times": "time",
    "vehicles": "vehicle",
    "years": "year",
}
_DOES = {"are": "is", "were": "was", "have": "has", "wait": "waits"}
_MANY, _DO = "|".join(ONE), "|".join(_DOES)
_COUNTED = re.compile(
    rf"\{{(?P<of>\w+)\}}(?P<which>(?: (?:old|open))?) (?P<many>{_MANY})\b"
    rf"(?:(?P<still>(?: still| of [a-z0-9 ]*?)?) (?P<do>{_DO})\b)?"
)


def of_one(message: str, values: Mapping[str, object]) -> str:
    """The message with the words of one thing wherever exactly one is counted."""

    def said(found: re.Match[str]) -> str:
        if str(values.get(found["of"])) != "1":
            return found[0]
        verb = f"{found['still']} {_DOES[found['do']]}" if found["do"] else ""
        return f"{{{found['of']}}}{found['which']} {ONE[found['many']]}{verb}"

    return _COUNTED.sub(said, message)
