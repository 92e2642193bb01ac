"""Who acts at this desk now, and what they are trusted with. The window hides nothing that this
does not refuse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from checkpoint_app.domain.roles import Right, Role, in_force, may, role_of
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Operator

# What everybody may set: how the screen looks and sounds, what is plugged in, and where files go. A
# camera that fails at 3 a.m. is mended by whoever stands there. Any other setting is the station's.
FREE = frozenset(
    {
        "language",
        "theme",
        "camera",
        "thermometer_port",
        "thermometer_baud",
        "thermometer_pattern",
        "scanner_port",
        "scanner_baud",
        "scanner_gap",
        "read_pages",
        "sound",
        "voice",
        "printer",
        "closing_folder",
        "csv_encoding",
    }
)
_THRESHOLD = "signal_"


@dataclass(slots=True)
class Acting:
    """The person signed in. Nobody yet (a fresh station, the command line) may do everything:
    whoever has the store open without signing in has the machine."""

    operator: Operator | None = None
    role: Role = Role.LEAD

    @property
    def name(self) -> str:
        """Their name, "" for nobody."""
        return self.operator.name if self.operator is not None else ""

    def enter(self, operator: Operator) -> None:
        """Somebody has signed in."""
        self.operator, self.role = operator, role_of(operator.role)

    def among(self, people: Iterable[Operator]) -> None:
        """Who else may sign in, which may leave this one in charge."""
        active = [each for each in people if each.active]
        own = next((each for each in active if self.operator and each.id == self.operator.id), None)
        if own is not None:
            self.operator = own
            self.role = in_force(own.role, [each.role for each in active])

    def may(self, right: Right) -> bool:
        """Whether they are trusted with something."""
        return self.operator is None or may(self.role, right)

    def refusal(self, right: Right, translate: Translate) -> str | None:
        """The sentence for what they may not do, None where they may."""
        if self.may(right):
            return None
        if may(Role.SUPERVISOR, right):
            return translate("This is for the supervisor or the officer in charge")
        return translate("This is for the officer in charge")


def right_for(before: Settings, after: Settings) -> Right | None:
    """What a change of settings takes, None where it is everybody's."""
    changed = {
        each.name
        for each in fields(Settings)
        if getattr(before, each.name) != getattr(after, each.name)
    }
    guarded = changed - FREE
    if not guarded:
        return None
    return Right.THRESHOLDS if all(map(_is_threshold, guarded)) else Right.SETTINGS


def _is_threshold(name: str) -> bool:
    return name.startswith(_THRESHOLD)
