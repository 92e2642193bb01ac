"""The quiet signs of duty in the top bar: who should rest, what is due, what was not measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from checkpoint_app.desk.duty.roll import Roll
from checkpoint_app.desk.duty.words import CHECKS
from checkpoint_app.desk.view import Chip, Tone
from checkpoint_app.i18n import Translate

SHIFT, SUPERVISION = "shift", "supervision"


def duty_chips(roll: Roll, operator: str, translate: Translate) -> tuple[Chip, ...]:
    """One sign for all of duty, the gravest in words and how many more: the top bar is narrow.

    It leads to where the gravest is seen to.
    """
    signs = duty_signs(roll, operator, translate)
    if len(signs) < 2:
        return signs
    first, others = signs[0], len(signs) - 1
    text = translate("{sign} +{count}", sign=first.text, count=others)
    brief = translate("{sign} +{count}", sign=first.brief, count=others) if first.brief else ""
    return (replace(first, text=text, brief=brief),)


def duty_signs(roll: Roll, operator: str, translate: Translate) -> tuple[Chip, ...]:
    """Each thing that duty asks for, the gravest first."""
    signs = (
        _own(roll, operator, translate),
        _rest(roll, translate),
        _checks(roll, translate),
        _overdue(roll, translate),
    )
    return tuple(sign for sign in signs if sign is not None)


def _own(roll: Roll, operator: str, translate: Translate) -> Chip | None:
    own = roll.of(operator)
    if own is None:
        return None
    if own.fever:
        return Chip("own_fever", translate("You have a fever: be relieved"), Tone.STOP, SHIFT)
    if own.fitness is None or own.fitness.celsius is None:
        said = translate("Your own temperature (F11)")
        brief = translate("Own ℃ (F11)")
        return Chip("own_health", said, Tone.ATTENTION, SHIFT, brief=brief)
    return None


def _rest(roll: Roll, translate: Translate) -> Chip | None:
    tired = [each for each in roll.people if each.should_rest]
    if not tired:
        return None
    longest = max(tired, key=lambda each: each.within_day)
    hours = longest.within_day // timedelta(hours=1)
    text = translate("{name}: {hours} h within a day", name=longest.turn.operator, hours=hours)
    brief = translate("{hours} h on duty", hours=hours)
    return Chip("rest", text, Tone.ATTENTION, SHIFT, brief=brief)


def _checks(roll: Roll, translate: Translate) -> Chip | None:
    due = [translate(CHECKS[each.check]) for each in roll.checks if each.is_due(roll.now)]
    if not due:
        return None
    text = translate("Due: {checks}", checks=translate(", ").join(due))
    brief = translate("{count} checks due", count=len(due))
    return Chip("checks", text, Tone.ATTENTION, SHIFT, brief=brief)


def _overdue(roll: Roll, translate: Translate) -> Chip | None:
    if not roll.overdue:
        return None
    text = translate("{count} problems overdue", count=len(roll.overdue))
    return Chip("problems", text, Tone.ATTENTION, SUPERVISION, brief=text)
