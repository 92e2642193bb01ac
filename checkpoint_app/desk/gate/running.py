"""闯卡, 拒不配合: one key keeps time, plate and the last pictures, and says whom to call."""

from __future__ import annotations

from dataclasses import replace

from checkpoint_app.desk.gate.counting import Counting
from checkpoint_app.desk.gate.door import Refused, silent
from checkpoint_app.desk.view import Strip, Tone
from checkpoint_app.devices.ports import Sound
from checkpoint_app.domain.case import Event, Step, Subject
from checkpoint_app.domain.person import plain_text
from checkpoint_app.domain.plate import plate_text, tidy_plate
from checkpoint_app.domain.runner import Runner, RunnerKind
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.station import Station

RUNNER = "runner"


class Running(Counting):
    """Records at once with what is known, and completes it when somebody has a hand free."""

    @property
    def runs(self) -> int:
        """How many were told of since the start: others must hear of each at once."""
        return self._at.runs

    def run_away(self) -> None:
        """R: somebody ran the gate, or whoever stands at the desk will not be checked."""
        on, current, vehicle = self._on, self._at.current, self._at.vehicles.open
        shots = on.last_seconds() if on.last_seconds is not None else ()
        plate = vehicle.plate if vehicle is not None else None
        person = current.person if current is not None else None
        if current is not None:
            plate = current.journey.plate or plate
        now = on.now()
        runner = Runner(
            id=uuid7(now),
            at=now,
            kind=RunnerKind.RAN if current is None else RunnerKind.REFUSED,
            operator=self.operator,
            plate=plate,
            inspection_id=current.id if current is not None else None,
            pictures=len(shots),
        )
        subject = Subject(
            person.name if person is not None else None,
            person.phone if person is not None else None,
            plate,
        )
        self._at.runner, self._at.runs = runner, self._at.runs + 1
        self._saver.write(lambda store: store.runners.record(runner, shots, subject))
        self._say_runner(runner)
        if on.speaker is not None:
            on.speaker.play(Sound.ATTENTION)
        self._draw()

    def _say_runner(self, runner: Runner) -> None:
        translate, settings = self._on.translate, self._on.settings
        what = translate(
            "Ran the gate" if runner.kind is RunnerKind.RAN else "Would not be checked"
        )
        whom = [translate("police {phone}", phone=settings.police_phone)]
        if settings.receiver_name or settings.receiver_phone:
            whom.append(f"{settings.receiver_name} {settings.receiver_phone}".strip())
        parts = (what, f"{runner.at:%H:%M:%S}", plate_text(runner.plate))
        sentence = translate(
            "{what} · {count} pictures kept · call {whom}",
            what=" ".join(part for part in parts if part),
            count=runner.pictures,
            whom=", ".join(whom),
        )
        self._at.strips[RUNNER] = Strip(RUNNER, sentence, translate("Close"), Tone.STOP)

    def complete_runner(self, runner: Runner, *, kind: RunnerKind, plate: str, note: str) -> Runner:
        """Say more about it: which of the two it was, the plate, which way they went."""
        told = replace(
            runner,
            kind=kind,
            plate=tidy_plate(plate) or None,
            note=plain_text(note) or None,
            supersedes=runner.id,
        )
        said = " · ".join(part for part in (plate_text(told.plate), told.note) if part)
        self._write_again(told, said or self._on.translate("Nothing more is known"))
        return told

    def take_runner_back(self, runner: Runner, reason: str, refused: Refused = silent) -> None:
        """Pressed by mistake: the record stays and says so."""
        if not reason.strip():
            refused(self._on.translate("Say why it is taken back"))
            return
        void = replace(runner, void=True, note=plain_text(reason), supersedes=runner.id)
        self._write_again(void, self._on.translate("Pressed by mistake: {why}", why=void.note))

    def _write_again(self, runner: Runner, said: str) -> None:
        operator, now = self.operator, self._on.now()

        def job(store: Station) -> None:
            store.runners.record(replace(runner, operator=operator))
            case = store.runners.case_of(runner.id)
            if case is not None:
                store.cases.step(case, Step(Event.NOTED, operator, note=said), now)

        if self._at.runner is not None and self._at.runner.id == runner.id:
            self._at.runner = None if runner.void else runner
        self._at.strips.pop(RUNNER, None)
        if not runner.void:
            self._say_runner(runner)
        self._saver.write(job)
        self._draw()
