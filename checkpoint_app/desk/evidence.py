"""What a shown code adds to an inspection. Pure: credential in, changed inspection out.

A code fills only what is empty: what an officer typed is never overwritten. A bad sign (red,
yellow, forged) stays until the officer clears the person; a better try replaces a failed one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from checkpoint_app.domain.credential import (
    Authenticity,
    Basis,
    Colour,
    Credential,
    Format,
    Holder,
)
from checkpoint_app.domain.inspection import CodeStatus, HealthCode, Inspection
from checkpoint_app.domain.person import Person

_CERTIFICATES = frozenset({Format.EU_DCC, Format.SMART_HEALTH_CARD, Format.VDS_NC})
_BY_AUTHENTICITY = {
    Authenticity.BAD_SIGNATURE: CodeStatus.FORGED,
    Authenticity.REVOKED: CodeStatus.FORGED,
    Authenticity.EXPIRED: CodeStatus.EXPIRED,
    Authenticity.MALFORMED: CodeStatus.UNKNOWN,
}
_BY_COLOUR = {
    Colour.GREEN: CodeStatus.GREEN,
    Colour.YELLOW: CodeStatus.YELLOW,
    Colour.RED: CodeStatus.RED,
}
STICKY = frozenset({CodeStatus.RED, CodeStatus.YELLOW, CodeStatus.FORGED})
SATISFIED = frozenset({CodeStatus.GREEN, CodeStatus.CERTIFICATE, CodeStatus.SITE_PASS})


def status_of(credential: Credential) -> CodeStatus | None:
    """State of the health code that a credential stands for; None: not a health code at all."""
    if credential.format is Format.UNKNOWN:
        return None
    if credential.format is Format.CN_HEALTH_CODE:
        return _BY_COLOUR.get(credential.colour or Colour.UNKNOWN, CodeStatus.UNKNOWN)
    if credential.authenticity is Authenticity.VALID:
        return _valid_status(credential.format)
    return _BY_AUTHENTICITY.get(credential.authenticity, CodeStatus.UNVERIFIED)


def _valid_status(of: Format) -> CodeStatus:
    if of in _CERTIFICATES:
        return CodeStatus.CERTIFICATE
    # A signed code whose content the program does not know is neither a fault nor a pass.
    return CodeStatus.SITE_PASS if of is Format.SITE_PASS else CodeStatus.UNVERIFIED


def health_code_of(
    credential: Credential, status: CodeStatus, fingerprint: str, seen_at: datetime
) -> HealthCode:
    """The health code's entry for the record; never holds the text of the code."""
    return HealthCode(
        status=status,
        basis=credential.basis,
        format=credential.format,
        authenticity=credential.authenticity,
        issuer=credential.issuer,
        seen_at=seen_at,
        fingerprint=fingerprint,
        findings=credential.reasons,
        roster_id=credential.roster_id if status is CodeStatus.SITE_PASS else None,
    )


def absorb(inspection: Inspection, credential: Credential, shown: HealthCode) -> Inspection:
    """The inspection with what this code adds."""
    kept = inspection.health_code
    code = kept if kept is not None and _outweighs(kept.status, shown.status) else shown
    signed = credential.basis is Basis.SIGNED
    believed = credential.authenticity is not Authenticity.BAD_SIGNATURE
    return replace(
        inspection,
        health_code=code,
        person=_fill(inspection.person, credential.holder) if believed else inspection.person,
        test=inspection.test or (credential.test if signed else None),
        vaccination=inspection.vaccination or (credential.vaccination if signed else None),
        fields_basis=_bases(inspection, credential) if believed else inspection.fields_basis,
    )


def _outweighs(kept: CodeStatus, fresh: CodeStatus) -> bool:
    if kept is CodeStatus.RED:
        return True
    if kept in STICKY:
        return fresh is not CodeStatus.RED
    return kept in SATISFIED and fresh not in STICKY and fresh not in SATISFIED


def _fill(person: Person, holder: Holder) -> Person:
    return replace(
        person,
        name=person.name or holder.name,
        sex=person.sex or holder.sex,
        id_number=person.id_number or holder.id_number,
        birth_date=person.birth_date or holder.birth_date,
        phone=person.phone or holder.phone,
    )


def _bases(inspection: Inspection, credential: Credential) -> tuple[tuple[str, Basis], ...]:
    """Why each field is believed: those that this code has just filled get its basis."""
    known = dict(inspection.fields_basis)
    for field in ("name", "sex", "id_number", "birth_date", "phone"):
        if getattr(inspection.person, field) is None and getattr(credential.holder, field):
            known[field] = credential.basis
    return tuple(sorted(known.items()))


def is_other_person(inspection: Inspection, credential: Credential, fingerprint: str) -> bool:
    """Whether this code must belong to someone else than the unfinished person.

    A second code is the same person's better try only where the first one proved nothing yet
    (expired, unreadable, unverified), or where a signature gives it the same name. Any other code
    may be the next traveller's, held up too early: two people must never be mixed.
    """
    kept = inspection.health_code
    if kept is None or kept.fingerprint is None or kept.fingerprint == fingerprint:
        return _names_differ(inspection, credential)
    if _names_differ(inspection, credential):
        return True
    proved = kept.status in SATISFIED or kept.status in STICKY
    return proved and not _same_signed_name(inspection, credential)


def _names_differ(inspection: Inspection, credential: Credential) -> bool:
    return _both_signed(inspection, credential) and not _same_signed_name(inspection, credential)


def _same_signed_name(inspection: Inspection, credential: Credential) -> bool:
    same = inspection.person.name == credential.holder.name
    return same and _both_signed(inspection, credential)


def _both_signed(inspection: Inspection, credential: Credential) -> bool:
    known = dict(inspection.fields_basis).get("name")
    signed = known is Basis.SIGNED and credential.basis is Basis.SIGNED
    return signed and bool(inspection.person.name and credential.holder.name)


_WORSE = (CodeStatus.UNKNOWN, CodeStatus.GREEN, CodeStatus.YELLOW, CodeStatus.RED)


def recoloured(code: HealthCode, colour: Colour | None) -> HealthCode:
    """The same code seen again: a known colour replaces an unknown one, a worse one a better one.

    Returns the same object where nothing changes. Only what was seen is changed: a status that was
    signed or came from the issuer's service stays.
    """
    seen = _BY_COLOUR.get(colour) if colour is not None else None
    if seen is None or code.basis is not Basis.OBSERVED or code.status not in _WORSE:
        return code
    worse = _WORSE.index(seen) > _WORSE.index(code.status)
    return replace(code, status=seen) if worse else code
