"""The quiet signs of the top bar: how old the lists are, whether the data is protected."""

from __future__ import annotations

from datetime import datetime

from checkpoint_app.codes import Trust
from checkpoint_app.desk.view import Chip, Tone
from checkpoint_app.i18n import Translate

SETTINGS = "settings"


def chips(
    trust: Trust, protected: bool, practice: bool, now: datetime, translate: Translate
) -> tuple[Chip, ...]:
    """Signs for the top bar; each leads to the page where it is mended."""
    found = [_trust_chip(trust, now, translate)]
    if practice:
        found.insert(
            0, Chip("practice", translate("Practice"), Tone.ATTENTION, SETTINGS, kept=True)
        )
    if not protected:
        # Said clearly and always, until a passphrase is set: who has the laptop has the data.
        text = translate("Data not protected")
        found.append(Chip("unprotected", text, Tone.ATTENTION, SETTINGS, kept=True))
    return tuple(found)


def offline_chip(translate: Translate) -> Chip:
    """断网模式: said as long as it is declared."""
    return Chip("offline", translate("Line declared down"), Tone.ATTENTION, SETTINGS, kept=True)


def _trust_chip(trust: Trust, now: datetime, translate: Translate) -> Chip:
    if trust.dated is None:
        return Chip("trust", translate("No trust list"), Tone.ATTENTION, SETTINGS)
    if not trust.fresh_at(now):
        days = (now - trust.dated).days
        text = translate("Trust list too old: {days} days", days=days)
        return Chip("trust", text, Tone.ATTENTION, SETTINGS)
    day = trust.dated.astimezone(now.tzinfo)
    text = translate("Trust list of {month}/{day}", month=day.month, day=day.day)
    return Chip("trust", text, Tone.IDLE, SETTINGS)
