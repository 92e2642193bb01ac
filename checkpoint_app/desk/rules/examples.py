"""Typical travellers, judged by a policy while it is being edited: what would become of them now.

Everything that a figure or a switch of the policy decides has a traveller who shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from checkpoint_app.desk.card import TONES
from checkpoint_app.desk.view import Tone
from checkpoint_app.domain.credential import NatResult, NucleicAcidTest, Vaccination
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
    Journey,
    Outcome,
    Symptom,
    TemperatureReading,
    Verdict,
)
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import NO_HITS, ListHits
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.purpose import Purpose
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import outcome_word, reason_text

_CITY, _DISTRICT = "310000", "310115"
_RISK = ListHits(risk_areas=frozenset({_DISTRICT}))
_ROSTER = ListHits(on_roster=True)


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """One traveller in words; `before` is what the rules in force make of them, if another."""

    title: str
    outcome: Outcome
    word: str
    tone: Tone
    reasons: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class _Traveller:
    """What is special about one: facts by the policy and the moment, hits, words for the title."""

    title: str
    facts: Callable[[SitePolicy, datetime], dict[str, Any]]
    hits: Callable[[SitePolicy, datetime], ListHits] = lambda policy, now: NO_HITS
    values: dict[str, object] = field(default_factory=dict)


def _reading(celsius: float) -> Callable[[SitePolicy, datetime], dict[str, Any]]:
    return lambda policy, now: {"temperatures": (TemperatureReading(celsius, now),)}


def _second(minutes: int) -> Callable[[SitePolicy, datetime], dict[str, Any]]:
    def facts(policy: SitePolicy, now: datetime) -> dict[str, Any]:
        first = TemperatureReading(38.0, now - timedelta(minutes=minutes))
        return {"temperatures": (first, TemperatureReading(38.0, now))}

    return facts


def _risk(hours: int | None, **more: Any) -> Callable[[SitePolicy, datetime], dict[str, Any]]:
    def facts(policy: SitePolicy, now: datetime) -> dict[str, Any]:
        passed = Itinerary(True, (City("上海市", False, _DISTRICT),))
        test = None
        if hours is not None:
            test = NucleicAcidTest(NatResult.NEGATIVE, now - timedelta(hours=hours))
        return {"itinerary": passed, "test": test, "local": False, **more}

    return facts


def _child(policy: SitePolicy, now: datetime) -> dict[str, Any]:
    born = date(now.year - 13, 1, 1)
    return {"person": Person(birth_date=born.isoformat()), "health_code": None, "itinerary": None}


def _always(**facts: Any) -> Callable[[SitePolicy, datetime], dict[str, Any]]:
    return lambda policy, now: facts


def _guard(policy: SitePolicy, now: datetime) -> ListHits:
    role = policy.test_every[0][0] if policy.test_every else None
    tested = now - timedelta(hours=100)
    return ListHits(on_roster=True, member=RosterEntry(name="", role=role, tested_at=tested))


def _late(policy: SitePolicy, now: datetime) -> ListHits:
    past = now - timedelta(hours=2)
    window = f"{past:%H:%M}-{past:%H:%M}"
    return ListHits(on_roster=True, member=RosterEntry(name="", window=window))


_WHOLE_CITY = Itinerary(True, (City("上海市", False, _CITY),))
_TRAVELLERS = (
    _Traveller("All normal, green code", _always()),
    _Traveller("37.3 ℃ at the first reading", _reading(37.3)),
    _Traveller("37.6 ℃ at the first reading", _reading(37.6)),
    _Traveller("38.0 ℃ twice, 6 minutes apart", _second(6)),
    _Traveller("From a risk area, tested 30 hours ago", _risk(30), lambda policy, now: _RISK),
    _Traveller("From a risk area, tested 50 hours ago", _risk(50), lambda policy, now: _RISK),
    _Traveller(
        "Lorry from a risk area, no test",
        _risk(None, journey=Journey(purpose=Purpose.FREIGHT.value)),
        lambda policy, now: _RISK,
    ),
    _Traveller(
        "From a city with a risk area in it, street not asked",
        _always(itinerary=_WHOLE_CITY, local=False, test=None),
        lambda policy, now: _RISK,
    ),
    _Traveller("No phone, name and ID card", _always(health_code=HealthCode(CodeStatus.NONE))),
    _Traveller("No itinerary card", _always(itinerary=None)),
    _Traveller(
        "Not on the roster", _always(), lambda policy, now: replace(_ROSTER, on_roster=False)
    ),
    _Traveller("Not vaccinated", _always(vaccination=Vaccination(doses=0))),
    _Traveller(
        "Child of 13 with its guardian",
        _child,
        lambda policy, now: replace(_ROSTER, guardian=Outcome.PASS),
    ),
    _Traveller("Yellow code", _always(health_code=HealthCode(CodeStatus.YELLOW))),
    _Traveller(
        "On a pushed list, green code",
        _always(),
        lambda policy, now: replace(_ROSTER, watch="—"),
    ),
    _Traveller("With a cough", _always(symptoms=(Symptom.COUGH,))),
    _Traveller(
        "Lives with somebody on a pushed list",
        _always(),
        lambda policy, now: replace(_ROSTER, household="王*"),
    ),
    _Traveller("Early or late for their time", _always(), _late),
    _Traveller("First role of the table, tested 100 hours ago", _always(), _guard),
)


def examples(
    policy: SitePolicy, in_force: SitePolicy, translate: Translate, now: datetime
) -> list[ExampleLine]:
    """All travellers, as the policy would judge them; first those judged otherwise than now."""
    lines = [_line(each, policy, in_force, translate, now) for each in _TRAVELLERS]
    return sorted(lines, key=lambda line: line.before is None)


def _line(
    who: _Traveller, policy: SitePolicy, in_force: SitePolicy, translate: Translate, now: datetime
) -> ExampleLine:
    verdict, before = _judged(who, policy, now), _judged(who, in_force, now)
    venue = policy.is_venue
    changed = before.outcome is not verdict.outcome
    return ExampleLine(
        title=translate(who.title),
        outcome=verdict.outcome,
        word=outcome_word(verdict.outcome, translate, venue=venue),
        tone=TONES[verdict.outcome],
        reasons="；".join(reason_text(each, translate) for each in verdict.reasons[:2]),
        before=outcome_word(before.outcome, translate, venue=venue) if changed else None,
    )


def _judged(who: _Traveller, policy: SitePolicy, now: datetime) -> Verdict:
    usual = Inspection(
        id=UUID(int=0),
        opened_at=now,
        person=Person("王小明", id_number="11010519491231002X"),
        health_code=HealthCode(CodeStatus.GREEN),
        itinerary=Itinerary(True),
        test=NucleicAcidTest(NatResult.NEGATIVE, now - timedelta(hours=20)),
        temperatures=(TemperatureReading(36.5, now),),
        mask=True,
        symptoms=(),
    )
    hits = who.hits(policy, now)
    known = hits if hits.on_roster is not None else replace(hits, on_roster=True)
    return decide(replace(usual, **who.facts(policy, now)), policy, now=now, hits=known)
