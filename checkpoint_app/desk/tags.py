"""Small tags on values: why each is believed (signed, online, seen on the screen, declared)."""

from __future__ import annotations

from checkpoint_app.desk.view import Tone
from checkpoint_app.domain.credential import Basis
from checkpoint_app.domain.inspection import Inspection
from checkpoint_app.i18n import Translate

_TAGS = {
    Basis.SIGNED: ("Signed", Tone.PASS),
    Basis.ONLINE: ("Online", Tone.PASS),
    Basis.OBSERVED: ("Seen on screen", Tone.ASK),
}

Tag = tuple[str, str, Tone]


def tags(inspection: Inspection | None, translate: Translate) -> tuple[Tag, ...]:
    """Field name, tag text and tone; what the officer typed carries no tag."""
    if inspection is None:
        return ()
    found = [*inspection.fields_basis]
    if inspection.health_code is not None:
        found.append(("health_code", inspection.health_code.basis))
    return tuple(
        (name, translate(_TAGS[basis][0]), _TAGS[basis][1])
        for name, basis in found
        if basis in _TAGS
    )
