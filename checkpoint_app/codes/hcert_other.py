"""HC1 codes that hold something else than an EU DCC: named, and nothing concluded from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checkpoint_app.codes.reader import Judgement
from checkpoint_app.domain.credential import Credential, Format
from checkpoint_app.domain.reasons import Code, Reason

_NAMES = {
    3: "WHO DDCC (3)",
    4: "WHO DDCC (4)",
    5: "Verifiable Health Link (5)",
    -6: "DVC (-6)",
}


def described(subclaims: Mapping[Any, Any], judgement: Judgement) -> Credential:
    """The answer for these subclaims of claim -260: signed perhaps, content not supported."""
    names = [_NAMES.get(each, f"({each})") for each in subclaims if isinstance(each, int)]
    detail = ", ".join(sorted(names)[:4]) or None
    return Credential(
        Format.HCERT_OTHER,
        judgement.authenticity,
        judgement.basis,
        reasons=(*judgement.reasons, Reason(Code.CONTENT_NOT_SUPPORTED, detail)),
    )
