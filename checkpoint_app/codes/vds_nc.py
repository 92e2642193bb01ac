"""ICAO visible digital seals for non-constrained environments: vaccination and test proofs.

The signer's certificate travels in the code and must chain to a country's signing authority that
was imported; without one a good signature is that of an unknown issuer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from cryptography import x509

from checkpoint_app.codes.keys import Signature, certificate_key, certificate_of
from checkpoint_app.codes.reader import (
    Finding,
    Judgement,
    Question,
    against_certificate,
    finding,
    judged,
    kindest,
    out_of_date,
    refused,
    span_of,
    too_old,
)
from checkpoint_app.codes.trust import Held
from checkpoint_app.codes.trusted import Authority
from checkpoint_app.codes.unpack import (
    Fault,
    as_birth_date,
    as_date,
    as_moment,
    dose_number,
    entries,
    from_base64,
    from_json,
    mapping,
    plain,
)
from checkpoint_app.domain.credential import (
    Authenticity,
    Basis,
    Credential,
    Format,
    Holder,
    NatResult,
    NucleicAcidTest,
    Vaccination,
)
from checkpoint_app.domain.reasons import Code, Reason

_ALGORITHMS = frozenset({"ES256", "ES384", "ES512"})
_MARKS = re.compile(r'"sig"|"icao\.')
_COVID = "RA01"  # ICD-11
_RESULTS = {"negative": NatResult.NEGATIVE, "positive": NatResult.POSITIVE}


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal taken apart. `good` tells whether its own certificate made the signature."""

    header: Mapping[str, Any]
    message: Mapping[str, Any]
    certificate: x509.Certificate
    good: bool


def read(question: Question) -> Credential | None:
    """A VDS-NC seal: unpacked, judged against the trusted authorities, and its content read."""
    text = question.text.strip()
    if not text.startswith("{") or '"hdr"' not in text or not _MARKS.search(text):
        return None
    seal = opened(text)
    if isinstance(seal, Fault):
        return refused(Format.VDS_NC, seal)
    return _described(seal, _judged(seal, question))


def opened(text: str) -> Seal | Fault:
    """The seal of a code's text. Signed is `data` in canonical form (RFC 8785)."""
    found = mapping(from_json(text))
    data, seal = mapping(found.get("data")), mapping(found.get("sig"))
    header, message = data.get("hdr"), data.get("msg")
    certificate = certificate_of(from_base64(seal.get("cer")))
    value = from_base64(seal.get("sigvl"))
    if not isinstance(header, dict) or not isinstance(message, dict):
        return Fault()
    if isinstance(certificate, Fault) or isinstance(value, Fault):
        return Fault()
    key = certificate_key(certificate)
    try:
        signed = rfc8785.dumps(data)
    except (ValueError, RecursionError):  # its own errors, and lone surrogates in names of keys
        return Fault()
    name = seal.get("alg")
    algorithm = name if isinstance(name, str) and name in _ALGORITHMS else ""
    good = not isinstance(key, Fault) and Signature(algorithm, signed, value).fits(key)
    return Seal(header, message, certificate, good)


def _judged(seal: Seal, question: Question) -> Judgement:
    if not seal.good:
        return judged([finding(Authenticity.BAD_SIGNATURE, Code.BAD_SIGNATURE)])
    authorities = question.trust.authorities(seal.certificate)
    if not authorities:
        return judged([finding(Authenticity.UNKNOWN_ISSUER, Code.UNKNOWN_ISSUER)])
    return kindest(_findings(seal, each, question) for each in authorities)


def _findings(seal: Seal, held: Held[Authority], question: Question) -> list[Finding]:
    """All that speaks against a seal whose signature chains to this authority."""
    trust, at = question.trust, question.at
    found = against_certificate(seal.certificate, trust, at)
    if trust.is_old(held.dated, at):
        found.append(too_old(held.dated))
    span = span_of(held.entry.certificate)
    return found + out_of_date(span, at, Code.SIGNER_EXPIRED, Code.CERTIFICATE_NOT_YET_VALID)


def _described(seal: Seal, judgement: Judgement) -> Credential:
    person = mapping(seal.message.get("pid"))
    kind = seal.header.get("t")
    known = kind in ("icao.vacc", "icao.test")
    other = () if known else (Reason(Code.CONTENT_NOT_SUPPORTED, plain(kind, 40)),)
    return Credential(
        Format.VDS_NC,
        judgement.authenticity,
        judgement.basis,
        issuer=plain(seal.header.get("is"), 60),
        holder=_holder(person),
        reasons=(*judgement.reasons, *other),
        test=_test(seal.message, judgement.basis) if kind == "icao.test" else None,
        vaccination=_vaccination(seal.message, judgement.basis) if kind == "icao.vacc" else None,
    )


def _holder(person: Mapping[Any, Any]) -> Holder:
    sex = person.get("sex")
    return Holder(
        name=plain(person.get("n")),
        birth_date=as_birth_date(person.get("dob")),
        id_number=plain(person.get("i"), 40),
        sex=sex if sex in ("M", "F") else None,
    )


def _vaccination(message: Mapping[str, Any], basis: Basis) -> Vaccination | None:
    """Doses against COVID-19; a seal doesn't say whether the series is complete."""
    events = [each for each in entries(message.get("ve")) if _about_covid(each)]
    doses = [dose for each in events for dose in entries(each.get("vd"))]
    if not doses:
        return None
    dates = [day for each in doses if (day := as_date(each.get("dvc")))]
    counted = max(len(doses), *(dose_number(each.get("seq")) or 0 for each in doses))
    return Vaccination(counted, None, max(dates, default=None), basis)


def _about_covid(event: Mapping[Any, Any]) -> bool:
    return (plain(event.get("dis")) or "").startswith(_COVID)


def _test(message: Mapping[str, Any], basis: Basis) -> NucleicAcidTest | None:
    taken, sample = mapping(message.get("ser")), mapping(message.get("dat"))
    if not taken:
        return None
    result = _RESULTS.get((plain(taken.get("tr")) or "").lower(), NatResult.UNKNOWN)
    laboratory = plain(mapping(message.get("sp")).get("spn"))
    return NucleicAcidTest(result, as_moment(sample.get("sc")), laboratory, basis)
