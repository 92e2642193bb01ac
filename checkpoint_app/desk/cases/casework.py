"""What is done in the ledger: looking, taking a step, attaching a picture, raising a case.

Like the office: every call returns at once; answers come back on the desk's own thread, what went
wrong as one sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from checkpoint_app.desk.cases.lines import CaseLine, case_line, deadlines_of, in_order
from checkpoint_app.desk.cases.papers import case_sheet, transfer_slip
from checkpoint_app.desk.cases.telling import CaseView, case_view
from checkpoint_app.desk.office import Office
from checkpoint_app.devices.ports import Frame
from checkpoint_app.domain.case import Case, Event, Refusal, Step
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.roles import Right
from checkpoint_app.domain.taking_back import TakingBack, needs_reason
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.store.cases.door import LARGEST, OPEN
from checkpoint_app.store.station import Station, StoreFault

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Listed:
    """Cases as lines, and whether there is any case at all."""

    lines: list[CaseLine]
    any: bool


@dataclass(slots=True)
class Casework:
    """The ledger, as the window uses it. Clock, words and settings are the office's."""

    office: Office

    def lines(self, closed: bool, done: Done[Listed], failed: Failed) -> None:
        """The cases, the most urgent first; those closed or withdrawn only if asked for."""
        office, now = self.office, self.office.now()
        deadlines, translate = deadlines_of(office.settings), office.translate

        def job(store: Station) -> Listed:
            cases = store.cases.cases(None if closed else OPEN)
            lines = in_order(case_line(each, deadlines, now, translate) for each in cases)
            return Listed(lines, bool(lines) or any(store.cases.counts().values()))

        self._run(job, done, failed)

    def show(self, case_id: UUID, done: Done[CaseView | None], failed: Failed) -> None:
        """One case with its story, masked."""
        self._run(lambda store: self._view(store, case_id, Mask.PARTIAL), done, failed)

    def of_inspection(self, inspection_id: UUID, done: Done[UUID | None], failed: Failed) -> None:
        """The case of an inspection, None where it has none."""

        def job(store: Station) -> UUID | None:
            case = store.cases.of_inspection(inspection_id)
            return case.id if case is not None else None

        self._run(job, done, failed)

    def look(
        self, case_id: UUID, operator: str, done: Done[CaseView | None], failed: Failed
    ) -> None:
        """One case unmasked; the look is put on record first."""

        def job(store: Station) -> CaseView | None:
            case = store.cases.case(case_id)
            if case is None:
                return None
            whose = case.inspection_id or case_id
            store.log_look(whose, operator, "case", self.office.now())
            return self._view(store, case_id, Mask.NONE)

        self._run(job, done, failed)

    def take(self, case_id: UUID, step: Step, done: Done[CaseView], failed: Failed) -> None:
        """Take a step; what is lacking is told to `failed`."""
        now = self.office.now()
        self._write(case_id, lambda store: store.cases.step(case_id, step, now), done, failed)

    # -- taking the last step back

    def may_take_back(self, view: CaseView, operator: str) -> bool:
        """Whether the last step is this operator's to take back."""
        own = view.last is not None and view.last[1].operator == operator
        return view.last is not None and (own or self._officer)

    def reason_to_take_back(self, view: CaseView, operator: str) -> bool:
        """Whether a reason must be given."""
        return view.last is None or needs_reason(view.last[1], operator, self.office.now())

    def take_back(
        self, view: CaseView, operator: str, reason: str | None, done: Done[CaseView],
        failed: Failed,
    ) -> None:  # fmt: skip
        """Take the last step back; what speaks against it is told to `failed`."""
        if view.last is None:
            failed(fault_text(Refusal.NOT_LAST.value, self.office.translate))
            return
        taking, now = TakingBack(operator, self._officer, reason), self.office.now()
        case_id, (record, _) = view.case.id, view.last
        self._write(
            case_id, lambda store: store.cases.take_back(case_id, record, taking, now), done, failed
        )

    @property
    def _officer(self) -> bool:
        return self.office.acting.may(Right.TAKE_BACK)

    def _write(
        self, case_id: UUID, change: Callable[[Station], Case | Refusal], done: Done[CaseView],
        failed: Failed,
    ) -> None:  # fmt: skip
        def job(store: Station) -> CaseView | Refusal:
            after = change(store)
            if isinstance(after, Refusal):
                return after
            view = self._view(store, case_id, Mask.PARTIAL)
            assert view is not None
            return view

        def answered(found: CaseView | Refusal) -> None:
            if isinstance(found, Refusal):
                failed(fault_text(found.value, self.office.translate))
            else:
                done(found)

        self._run(job, answered, failed)

    def attach(
        self, case_id: UUID, picture: bytes | Frame, operator: str,
        done: Done[CaseView | None], failed: Failed,
    ) -> None:  # fmt: skip
        """Keep a picture of a certificate with a case: an image file's bytes, or a camera's frame
        (H × W × 3, BGR). A large one is made smaller first."""
        now = self.office.now()

        def keep(small: bytes | None) -> None:
            if small is None:
                failed(fault_text("not_an_image", self.office.translate))
                return

            def job(store: Station) -> CaseView | None:
                store.cases.attach(case_id, small, "", operator, now)
                return self._view(store, case_id, Mask.PARTIAL)

            self._run(job, done, failed)

        self.office.database.beside(lambda _: _compacted(picture), keep)

    def picture(self, attachment_id: UUID, done: Done[bytes | None], failed: Failed) -> None:
        """The picture of an attachment, JPEG."""
        self._run(lambda store: store.cases.picture(attachment_id), done, failed)

    # -- paper

    def sheet(self, case_id: UUID, operator: str, done: Done[bytes], failed: Failed) -> None:
        """The whole story on one page, as PDF. Whole names: it goes to whoever takes over."""
        self._paper(case_id, operator, done, failed, slip=False)

    def slip(self, case_id: UUID, operator: str, done: Done[bytes], failed: Failed) -> None:
        """The transfer slip in three parts; that it was issued stands in the story."""
        self._paper(case_id, operator, done, failed, slip=True)

    def _paper(
        self, case_id: UUID, operator: str, done: Done[bytes], failed: Failed, *, slip: bool
    ) -> None:
        office, now = self.office, self.office.now()
        translate, settings = office.translate, office.settings

        def job(store: Station) -> CaseView | None:
            store.log_look(case_id, operator, "slip" if slip else "case_sheet", now)
            if slip:
                store.cases.step(case_id, Step(Event.SLIP, operator), now)
            return self._view(store, case_id, Mask.NONE)

        def draw(view: CaseView | None) -> None:
            if view is None:
                failed(fault_text("not_found", translate))
                return
            make = transfer_slip if slip else case_sheet
            document = make(view, settings.site_name, operator, now, translate)

            def drawn(_: Station) -> bytes:
                from checkpoint_app.registers import render_document

                return render_document(document, translate)

            office.database.beside(drawn, done)

        self._run(job, draw, failed)

    # -- inside

    def _view(self, store: Station, case_id: UUID, mask: Mask) -> CaseView | None:
        office = self.office
        story = store.cases.story(case_id)
        if story is None:
            return None
        return case_view(
            story,
            deadlines_of(office.settings),
            office.now(),
            office.translate,
            venue=office.venue,
            mask=mask,
        )

    def _run(self, job: Callable[[Station], T], done: Done[T], failed: Failed) -> None:
        def fault(met: StoreFault) -> None:
            failed(fault_text(met.code, self.office.translate))

        self.office.database.run(job, done, fault)


def _compacted(picture: bytes | Frame) -> bytes | None:
    from checkpoint_app.vision.photo import compact, compact_frame

    return (
        compact(picture, LARGEST) if isinstance(picture, bytes) else compact_frame(picture, LARGEST)
    )
