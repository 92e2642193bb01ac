"""A person as a checkpoint knows one: names, numbers, their checks and their masking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """What the number is a number of."""

    ID_CARD = "id_card"
    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel_permit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands there; every field may be unknown (None)."""

    name: str | None = None
    sex: str | None = None  # "M" or "F"
    id_number: str | None = None
    document: DocumentKind = DocumentKind.ID_CARD
    birth_date: str | None = None
    phone: str | None = None
    residence: str | None = None
    unit: str | None = None
