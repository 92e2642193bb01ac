"""What walking the records found wrong, in words."""

from __future__ import annotations

from checkpoint_app.i18n import Translate

# by code of `store.values.Verification.problem`
FOUND: dict[str, str] = {
    "edited": "a record was edited",
    "missing": "a record is missing",
    "reordered": "records are out of order",
    "unreadable": "a record cannot be read",
    "personal": "somebody's details were edited or are gone",
    "erasure": "an erasure took other records than it says",
    "tail": "the newest records are cut off",
    "seal": "the seal of a sheet does not fit",
    "attachment": "a picture was changed or is gone",
    "projection": "the day's list or a case differs from the records",
}


def problem_text(problem: str, translate: Translate) -> str:
    """The sentence for "code:epoch/seq", with the place by which the record can be found."""
    code, _, place = problem.partition(":")
    found = translate(FOUND[code]) if code in FOUND else code
    return translate("The records were changed: {found} ({place})", found=found, place=place)
