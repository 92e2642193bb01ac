"""HC1 codes: Base45, zlib, COSE_Sign1 and CWT around a health certificate.

`HC1:` is the envelope of the EU Digital COVID Certificate and of its successors (WHO GDHCN); what
the envelope holds is told by the subclaim of claim -260, and read in `eu_dcc` and `hcert_other`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import cbor2

from checkpoint_app.codes import eu_dcc, hcert_other
from checkpoint_app.codes.keys import Signature
from checkpoint_app.codes.reader import (
    Finding,
    Judgement,
    Question,
    Span,
    against_certificate,
    finding,
    judged,
    kindest,
    out_of_date,
    refused,
    too_old,
    unknown,
)
from checkpoint_app.codes.trust import Family, Held
from checkpoint_app.codes.trusted import Signer
from checkpoint_app.codes.unpack import (
    Fault,
    as_seconds,
    cose_content,
    from_base45,
    from_cbor,
    from_seconds,
    inflated,
    plain,
)
from checkpoint_app.domain.credential import Authenticity, Credential, Format
from checkpoint_app.domain.reasons import Code

_PREFIX = "HC1:"
_ALGORITHMS = {-7: "ES256", -37: "PS256"}
_ALG, _KID = 1, 4  # COSE header parameters (RFC 9052, section 3.1)
_ISS, _EXP, _IAT, _HCERT = 1, 4, 6, -260  # CWT claims
_EU_DCC = 1  # subclaim


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the signature covers and what it says about itself."""

    kid: bytes | None
    signature: Signature
    claims: Mapping[Any, Any]

    def seconds(self, claim: int) -> float | None:
        """A time claim in seconds since 1970."""
        return as_seconds(self.claims.get(claim))


def read(question: Question) -> Credential | None:
    """An HC1 code: unpacked, judged against the trusted signers, and its content read."""
    text = question.text.lstrip()
    if not text.startswith(_PREFIX):
        return None
    envelope = opened(text.removeprefix(_PREFIX).rstrip("\r\n\t"))
    if isinstance(envelope, Fault):
        return refused(Format.EU_DCC, envelope)
    subclaims = envelope.claims[_HCERT]
    if _EU_DCC not in subclaims:
        judgement = _judged(envelope, frozenset(), question)
        return _dated(envelope, hcert_other.described(subclaims, judgement))
    certificate = eu_dcc.opened(subclaims[_EU_DCC])
    if isinstance(certificate, Fault):
        return refused(Format.EU_DCC, certificate)
    judgement = _judged(envelope, certificate.kinds, question)
    return _dated(envelope, eu_dcc.described(certificate, judgement))


def opened(packed: str) -> Envelope | Fault:
    """The envelope of a code's text without its prefix."""
    squeezed = from_base45(packed)
    if isinstance(squeezed, Fault):
        return squeezed
    message = inflated(squeezed)
    if isinstance(message, Fault):
        return message
    match cose_content(message):
        case [bytes(protected), unprotected, bytes(payload), bytes(signature)]:
            return _envelope(protected, unprotected, payload, signature)
    return Fault()


def _envelope(
    protected: bytes, unprotected: object, payload: bytes, signature: bytes
) -> Envelope | Fault:
    guarded = from_cbor(protected) if protected else {}
    claims = from_cbor(payload)
    if not isinstance(guarded, Mapping) or not isinstance(unprotected, Mapping):
        return Fault()
    if not isinstance(claims, Mapping) or not _is_timed(claims):
        return Fault()
    if not isinstance(claims.get(_HCERT), Mapping) or not claims[_HCERT]:
        return Fault()
    header = {**unprotected, **guarded}
    kid, algorithm = header.get(_KID), header.get(_ALG)
    signed = cbor2.dumps(["Signature1", protected, b"", payload])  # RFC 9052, section 4.4
    name = _ALGORITHMS.get(algorithm, "") if isinstance(algorithm, int) else ""
    return Envelope(
        kid if isinstance(kid, bytes) else None, Signature(name, signed, signature), claims
    )


def _is_timed(claims: Mapping[Any, Any]) -> bool:
    """Whether the times are numbers where they are given at all."""
    return all(as_seconds(claims.get(each, 0)) is not None for each in (_EXP, _IAT))


def _judged(envelope: Envelope, kinds: frozenset[str], question: Question) -> Judgement:
    trust, at = question.trust, question.at
    held = trust.signers(envelope.kid or b"")
    if not held:
        return judged([unknown(Family.HCERT, trust, at)])
    good = [each for each in held if envelope.signature.fits(each.entry.key)]
    if not good:
        return judged([finding(Authenticity.BAD_SIGNATURE, Code.BAD_SIGNATURE)])
    fitting = [each for each in good if each.entry.may_sign(kinds)]
    if not fitting:
        return judged([finding(Authenticity.UNKNOWN_ISSUER, Code.KEY_USAGE_WRONG)])
    return kindest(_findings(envelope, each, question) for each in fitting)


def _findings(envelope: Envelope, held: Held[Signer], question: Question) -> list[Finding]:
    """All that speaks against a code whose signature is good."""
    trust, at, signer = question.trust, question.at, held.entry
    span = Span(envelope.seconds(_IAT), envelope.seconds(_EXP))
    found = out_of_date(span, at, Code.CERTIFICATE_EXPIRED, Code.ISSUED_IN_FUTURE)
    if trust.is_old(held.dated, at):
        found.append(too_old(held.dated))
    if signer.certificate:
        found += against_certificate(signer.certificate, trust, at)
    return found


def _dated(envelope: Envelope, credential: Credential) -> Credential:
    return replace(
        credential,
        issuer=plain(envelope.claims.get(_ISS), 60) or credential.issuer,
        valid_from=from_seconds(envelope.seconds(_IAT)),
        valid_until=from_seconds(envelope.seconds(_EXP)),
    )
