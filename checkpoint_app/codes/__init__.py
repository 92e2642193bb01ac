"""Code texts in, credentials out: one file a format, listed in `FORMATS`.

Reading decides nothing about the traveller and stores nothing. It never raises, whatever the text:
a bad code is a value too. Nobody but the imported trust lists says who is trusted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from checkpoint_app.codes import cn_health, hcert, site_pass, smart_health_card, vds_nc
from checkpoint_app.codes.chunks import ChunkJoiner, Joined
from checkpoint_app.codes.issuers import Issuers, load_issuers, shipped_issuers
from checkpoint_app.codes.reader import Question, Reader
from checkpoint_app.codes.trust import Trust, TrustFile, parse_trust_file
from checkpoint_app.codes.unpack import MAX_TEXT, Fault
from checkpoint_app.domain.credential import Authenticity, Basis, Colour, Credential, Format
from checkpoint_app.domain.reasons import Code, Reason

__all__ = [
    "FORMATS",
    "ChunkJoiner",
    "Fault",
    "Issuers",
    "Joined",
    "Trust",
    "TrustFile",
    "load_issuers",
    "parse_trust_file",
    "read",
    "shipped_issuers",
]

MAX_JOINED = 16 * MAX_TEXT
"""Characters of the longest text that is looked at: a card joined from all its parts."""

FORMATS: tuple[Reader, ...] = (
    hcert.read,
    smart_health_card.read,
    vds_nc.read,
    site_pass.read,
    cn_health.read,
)
"""Every reader, asked in this order; the first that knows the text answers."""


def read(
    text: str,
    trust: Trust,
    at: datetime,
    colour: Colour | None = None,
    *,
    issuers: Issuers | None = None,
) -> Credential:
    """What a code's text is and whether it may be believed at the time `at` (aware).

    `colour` is what the camera saw of the modules; `issuers` the table of Chinese health codes,
    by default the one that comes with the program.
    """
    if len(text) > _longest(text):
        return replace(_not_one_of_ours(Code.TOO_LARGE), colour=colour)
    question = Question(text, trust, at, issuers or shipped_issuers())
    answers = (answer for reader in FORMATS if (answer := reader(question)))
    return replace(next(answers, _not_one_of_ours(Code.NOT_A_HEALTH_CODE)), colour=colour)


def _longest(text: str) -> int:
    return MAX_JOINED if text.startswith("shc:/") else MAX_TEXT


def _not_one_of_ours(code: Code) -> Credential:
    return Credential(
        Format.UNKNOWN, Authenticity.UNVERIFIABLE, Basis.OBSERVED, reasons=(Reason(code),)
    )
