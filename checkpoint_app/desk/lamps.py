"""The row of lamps: for each requirement what is known, and how good it is. Pure."""

from __future__ import annotations

from datetime import datetime

from checkpoint_app.desk.view import Lamp, LampState
from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.fever import is_normal
from checkpoint_app.domain.inspection import CodeStatus, Inspection, Requirement
from checkpoint_app.domain.lists import NO_HITS
from checkpoint_app.domain.moments import elapsed
from checkpoint_app.domain.policy import SitePolicy
from checkpoint_app.domain.rules import Facts
from checkpoint_app.domain.rules.travel import has_valid_test
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import status_word, symptom_word

_CODE_STATES = {
    CodeStatus.GREEN: LampState.OK,
    CodeStatus.CERTIFICATE: LampState.OK,
    CodeStatus.SITE_PASS: LampState.OK,
    CodeStatus.RED: LampState.STOP,
    CodeStatus.YELLOW: LampState.STOP,
    CodeStatus.FORGED: LampState.STOP,
}
Shown = tuple[LampState, str]


def lamps(
    inspection: Inspection | None,
    missing: tuple[Requirement, ...],
    policy: SitePolicy,
    translate: Translate,
    now: datetime,
) -> tuple[Lamp, ...]:
    """Six lamps in the order of `Requirement`; all waiting when nobody stands at the desk.

    What the verdict still calls missing never shows as good, whatever was given for it.
    """
    made = []
    for each in Requirement:
        state, word = _shown(each, inspection, policy, translate, now)
        if each in missing and state is LampState.OK:
            state = LampState.ATTENTION
        made.append(Lamp(each, state, word))
    return tuple(made)


def _shown(
    requirement: Requirement,
    inspection: Inspection | None,
    policy: SitePolicy,
    translate: Translate,
    now: datetime,
) -> Shown:
    known = None
    if inspection is not None:
        known = {
            Requirement.HEALTH_CODE: _health_code,
            Requirement.ITINERARY: _itinerary,
            Requirement.TEST: _test,
            Requirement.MASK: _mask,
            Requirement.SYMPTOMS: _symptoms,
            Requirement.TEMPERATURE: _temperature,
        }[requirement](inspection, policy, translate, now)
    if known is not None:
        return known
    needed = requirement in policy.required
    return (
        (LampState.WAITING, translate("Waiting…"))
        if needed
        else (LampState.NOT_NEEDED, translate("Not needed"))
    )


def _health_code(
    inspection: Inspection, policy: SitePolicy, translate: Translate, now: datetime
) -> Shown | None:
    code = inspection.health_code
    if code is None:
        return None
    return _CODE_STATES.get(code.status, LampState.ATTENTION), status_word(code.status, translate)


def _itinerary(
    inspection: Inspection, policy: SitePolicy, translate: Translate, now: datetime
) -> Shown | None:
    itinerary, code = inspection.itinerary, inspection.health_code
    if itinerary is None and code is not None and code.status is CodeStatus.SITE_PASS:
        return LampState.NOT_NEEDED, translate("Not needed")  # the site knows its own
    if itinerary is None:
        return None
    marked = [city for city in itinerary.cities if city.starred or city.in_risk_area]
    if not marked:
        return LampState.OK, translate("Nothing special")
    star = "*" if marked[0].starred else ""
    unsettled = any(city.in_risk_area is not False for city in marked)
    return (LampState.ATTENTION if unsettled else LampState.OK), f"{marked[0].name}{star}"


def _test(
    inspection: Inspection, policy: SitePolicy, translate: Translate, now: datetime
) -> Shown | None:
    test = inspection.test
    if test is None:
        return None
    if test.result is NatResult.POSITIVE:
        return LampState.STOP, translate("Positive")
    hours = test.within_hours
    if test.result is NatResult.UNKNOWN or (test.sampled_at is None and hours is None):
        return LampState.ATTENTION, translate("Time unknown")
    if test.sampled_at is not None:
        hours = int(elapsed(test.sampled_at, now).total_seconds() // 3600)
    valid = has_valid_test(Facts(inspection, policy, NO_HITS, now))
    state = LampState.OK if valid else LampState.ATTENTION
    return state, translate("{hours} h neg.", hours=hours)


def _mask(
    inspection: Inspection, policy: SitePolicy, translate: Translate, now: datetime
) -> Shown | None:
    if inspection.mask is False:
        return LampState.ATTENTION, translate("No mask")
    if inspection.mask or Requirement.MASK in policy.required:
        return (LampState.OK if inspection.mask else LampState.PRESUMED), translate("Worn")
    return None


def _symptoms(
    inspection: Inspection, policy: SitePolicy, translate: Translate, now: datetime
) -> Shown | None:
    if inspection.contact:
        return LampState.STOP, translate("Contact")
    if inspection.symptoms:
        return LampState.STOP, symptom_word(inspection.symptoms[0], translate)
    asked = inspection.symptoms is not None
    return (LampState.OK if asked else LampState.PRESUMED), translate("None")


def _temperature(
    inspection: Inspection, policy: SitePolicy, translate: Translate, now: datetime
) -> Shown | None:
    if not inspection.temperatures:
        return None
    last = inspection.temperatures[-1]
    state = LampState.OK if is_normal(last, policy) else LampState.ATTENTION
    return state, f"{last.celsius:.1f} ℃"
