"""What the parts of the page show of a `DeskState`: plain choices, no rules."""

from __future__ import annotations

from datetime import date

from checkpoint_app.desk import DeskState, LampState, Tone
from checkpoint_app.domain.inspection import Requirement
from checkpoint_app.domain.person import DocumentKind, NumberFault, Person, read_id_card
from checkpoint_app.i18n import Translate
from checkpoint_app.ui.desk_page.fields import FieldView

_FAULTS = {
    NumberFault.LENGTH: "Digits missing or too many",
    NumberFault.CHARACTERS: "Not a digit",
    NumberFault.REGION: "Region code wrong",
    NumberFault.BIRTH_DATE: "Birth date wrong",
    NumberFault.CHECK_DIGIT: "Check digit wrong",
}
_TONES = {LampState.ATTENTION: Tone.ATTENTION, LampState.STOP: Tone.STOP}


def figure(state: DeskState) -> str:
    """The temperature as typed so far, else the last reading, else nothing."""
    if state.temperature_entry:
        return state.temperature_entry
    readings = state.inspection.temperatures if state.inspection else ()
    return f"{readings[-1].celsius:.1f}" if readings else ""


def figure_tone(state: DeskState) -> Tone:
    """Tone of the temperature's lamp, neutral while typing and where all is well."""
    if state.temperature_entry:
        return Tone.IDLE
    lamps = {lamp.requirement: lamp.state for lamp in state.lamps}
    return _TONES.get(lamps.get(Requirement.TEMPERATURE, LampState.WAITING), Tone.IDLE)


def earlier_readings(state: DeskState) -> str:
    """The readings before the one in view, with their times: "37.8 ℃ 03:07"."""
    readings = state.inspection.temperatures if state.inspection else ()
    shown = readings if state.temperature_entry else readings[:-1]
    return ", ".join(f"{each.celsius:.1f} ℃ {each.taken_at:%H:%M}" for each in shown)


def _number_tag(state: DeskState, today: date, translate: Translate) -> tuple[str, Tone] | None:
    """What the number says of itself: whole and with the right check digit, or what is wrong."""
    person = state.inspection.person if state.inspection else Person()
    if not person.id_number or person.document is not DocumentKind.ID_CARD:
        return None
    read = read_id_card(person.id_number, today)
    if isinstance(read, NumberFault):
        return translate(_FAULTS[read]), Tone.ATTENTION
    return translate("✓ check digit"), Tone.PASS


def field_views(state: DeskState, today: date, translate: Translate) -> dict[str, FieldView]:
    """Values and tags of the form's fields by name."""
    if state.inspection is None:
        return {}
    person, journey = state.inspection.person, state.inspection.journey
    values = {
        "name": person.name,
        "id_number": person.id_number,
        "phone": person.phone,
        "plate": journey.plate,
        "origin": journey.origin,
        "destination": journey.destination,
        "residence": person.residence,
        "receiver": journey.receiver,
        "unit": person.unit,
        "guardian": person.guardian,
        "transport": journey.transport,
        "left_area_at": journey.left_area_at,
    }
    tags = {name: (text, tone) for name, text, tone in state.tags}
    number = _number_tag(state, today, translate)
    if number is not None:
        tags["id_number"] = number
    return {
        name: FieldView(value or "", *tags.get(name, ("", Tone.IDLE)))
        for name, value in values.items()
    }
