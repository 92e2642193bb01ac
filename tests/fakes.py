"""Hand-written stand-ins for what lies behind a port; nothing of our own is patched."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from checkpoint_app.desk import DeskState, Tone
from checkpoint_app.devices.ports import DeviceFault, PrintJob
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import Outcome


class FakeDesk:
    """A desk that shows what it is told to and remembers what was asked of it."""

    def __init__(self, state: DeskState) -> None:
        self.state = state
        self.calls: list[tuple[object, ...]] = []
        self.tone = Tone.PASS
        self.refusal: str | None = None

    def scan(
        self,
        text: str,
        symbology: str = "qr",
        colour: Colour | None = None,
        corners: tuple[tuple[float, float], ...] = (),
    ) -> Tone:
        self.calls.append(("scan", text))
        return self.tone

    def change_outcome(
        self,
        outcome: Outcome,
        reason: str,
        *,
        second: tuple[UUID, str] | None = None,
        call_back: str = "",
        refused: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        self.calls.append(("change_outcome", outcome, reason, second, call_back))
        if self.refusal is not None:
            refused(self.refusal)

    def set_answers(self, **answers: bool | None) -> None:
        self.calls.append(("set_answers", answers))

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *given: self.calls.append((name, *given))


class FakePrinter:
    """Printers that print nothing; `fault` is raised instead where one is set."""

    def __init__(self, *names: str) -> None:
        self._names = list(names) or ["Desk printer", "Office printer"]
        self.jobs: list[PrintJob] = []
        self.fault: str | None = None

    def names(self) -> list[str]:
        return self._names

    def default(self) -> str | None:
        return self._names[0] if self._names else None

    def print(self, job: PrintJob) -> None:
        if self.fault is not None:
            raise DeviceFault(self.fault)
        self.jobs.append(job)
