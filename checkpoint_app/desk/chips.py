"""The quiet signs of the top bar: how old the lists are, whether the data is protected."""

from __future__ import annotations

from datetime import datetime

from checkpoint_app.codes import Trust
from checkpoint_app.desk.view import Chip, Tone
from checkpoint_app.devices.ports import BatteryLevel
from checkpoint_app.i18n import Translate

SETTINGS = "settings"
LOW_BATTERY, EMPTY_BATTERY = 20, 8  # per cent: a warning, and a last one


def chips(
    trust: Trust, protected: bool, practice: bool, now: datetime, translate: Translate
) -> tuple[Chip, ...]:
    """Signs for the top bar; each leads to the page where it is mended."""
    found = [_trust_chip(trust, now, translate)]
    if practice:
        found.insert(
            0,
            Chip(
                "practice",
                translate("Practice"),
                Tone.ATTENTION,
                SETTINGS,
                kept=True,
                brief=translate("Practice"),
            ),
        )
    if not protected:
        # Said clearly and always, until a passphrase is set: who has the laptop has the data.
        text = translate("Data not protected")
        brief = translate("Unprotected")
        found.append(Chip("unprotected", text, Tone.ATTENTION, SETTINGS, kept=True, brief=brief))
    return tuple(found)


def offline_chip(translate: Translate) -> Chip:
    """断网模式: said as long as it is declared."""
    text, brief = translate("Line declared down"), translate("Line down")
    return Chip("offline", text, Tone.ATTENTION, SETTINGS, kept=True, brief=brief)


def battery_chip(battery: BatteryLevel | None, translate: Translate) -> tuple[Chip, ...]:
    """How long the desk can go on without the mains; none where there is no battery."""
    if battery is None:
        return ()
    percent, brief = battery.percent, f"{battery.percent} %"
    if battery.plugged:
        text = translate("Battery {percent} %, on the mains", percent=percent)
        return (Chip("battery", text, brief=brief, icon="charging"),)
    if percent >= LOW_BATTERY:
        text = translate("On battery: {percent} %", percent=percent)
        return (Chip("battery", text, brief=brief, icon="battery"),)
    tone = Tone.ATTENTION if percent >= EMPTY_BATTERY else Tone.STOP
    text = translate("Battery {percent} %: plug in", percent=percent)
    return (Chip("battery", text, tone, kept=True, brief=brief, icon="battery"),)


def _trust_chip(trust: Trust, now: datetime, translate: Translate) -> Chip:
    if trust.dated is None:
        text = translate("No trust list")
        return Chip("trust", text, Tone.ATTENTION, SETTINGS, brief=text)
    if not trust.fresh_at(now):
        days = (now - trust.dated).days
        text = translate("Trust list too old: {days} days", days=days)
        brief = translate("Trust {days} d old", days=days)
        return Chip("trust", text, Tone.ATTENTION, SETTINGS, brief=brief)
    day = trust.dated.astimezone(now.tzinfo)
    text = translate("Trust list of {month}/{day}", month=day.month, day=day.day)
    brief = translate("{month}/{day}", month=day.month, day=day.day)
    return Chip("trust", text, Tone.IDLE, SETTINGS, brief=brief, icon="badge")
