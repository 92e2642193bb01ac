"""What the parts of the page show of a `DeskState`: plain choices, no rules."""

from __future__ import annotations

from checkpoint_app.desk import DeskState, LampState, Tone
from checkpoint_app.domain.inspection import Requirement
from checkpoint_app.ui.desk_page.fields import FieldView

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


def field_views(state: DeskState) -> dict[str, FieldView]:
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
    }
    tags = {name: (text, tone) for name, text, tone in state.tags}
    return {
        name: FieldView(value or "", *tags.get(name, ("", Tone.IDLE)))
        for name, value in values.items()
    }
