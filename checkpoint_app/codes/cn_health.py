"""Chinese health codes: an opaque pointer, told only by its pattern.

Offline nothing can be concluded but "issuer recognised by pattern"; the colour is what the camera
or the officer saw. A province's verification service is asked elsewhere (`online`).
"""

from __future__ import annotations

from checkpoint_app.codes.reader import Question
from checkpoint_app.domain.credential import Authenticity, Basis, Credential, Format
from checkpoint_app.domain.reasons import Code, Reason


def read(question: Question) -> Credential | None:
    """A code whose text follows a pattern of the issuer table: seen, never proved."""
    issuer = question.issuers.of(question.text.strip())
    if issuer is None:
        return None
    return Credential(
        Format.CN_HEALTH_CODE,
        Authenticity.UNVERIFIABLE,
        Basis.OBSERVED,
        issuer=issuer,
        reasons=(Reason(Code.ISSUER_BY_PATTERN, issuer), Reason(Code.SEEN_ONLY)),
    )
