"""A case's whole story in words: facts, and a line for every step with who, when and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkpoint_app.desk.cases.lines import CaseLine, area_of, case_line
from checkpoint_app.desk.finding import record_view
from checkpoint_app.domain.case import Case, Deadlines, Event, Step, choices
from checkpoint_app.domain.masking import Mask, mask_name, mask_number, mask_numbers_within
from checkpoint_app.domain.reasons import Reason
from checkpoint_app.domain.returnee import Certificate
from checkpoint_app.domain.taking_back import TAKEN_BACK, Done
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.cases import event_word, measure_word, result_word
from checkpoint_app.i18n.reasons import outcome_word, reason_text
from checkpoint_app.store.cases.door import Story, Told


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step as it is told. `lines` are whole sentences or short facts."""

    at: datetime
    written_at: datetime | None  # where it was written down later
    word: str
    event: Event
    lines: tuple[str, ...]
    operator: str
    step: Step
    record_id: UUID
    attachment: UUID | None = None
    taken_back: bool = False  # a mistake, as a later chapter says


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case, all of it, in words."""

    case: Case
    line: CaseLine
    chapters: tuple[Chapter, ...]
    fields: tuple[tuple[str, str], ...]
    choices: tuple[Event, ...]
    whole: bool
    papers: tuple[Certificate, ...] | None  # a returnee's, as far as they were seen
    last: tuple[UUID, Done] | None  # the step that may be taken back, with its record


def case_view(
    story: Story,
    deadlines: Deadlines,
    now: datetime,
    translate: Translate,
    *,
    venue: bool,
    mask: Mask,
) -> CaseView:
    """A case in words, masked as asked for (`Mask.NONE`: whole)."""
    case, inspected = story.case, story.inspection
    teller = _Teller(translate, venue, mask, inspected.operator if inspected else "")
    abroad = inspected.inspection.abroad if inspected else None
    return CaseView(
        case=case,
        line=case_line(case, deadlines, now, translate, mask),
        chapters=tuple(teller.chapter(told) for told in story.told),
        fields=tuple(pair for pair in teller.fields(story) if pair[1]),
        choices=choices(case),
        whole=mask is Mask.NONE,
        papers=abroad.certificates if abroad is not None else None,
        last=_last(story),
    )


def _last(story: Story) -> tuple[UUID, Done] | None:
    last = story.standing[-1] if story.standing else None
    if last is None or last.step.event not in TAKEN_BACK:
        return None
    return last.record_id, story.done(last)


@dataclass(frozen=True, slots=True)
class _Teller:
    translate: Translate
    venue: bool
    mask: Mask
    registered_by: str

    def chapter(self, told: Told) -> Chapter:
        step = told.step
        return Chapter(
            at=told.happened_at,
            written_at=told.at if step.happened_at is not None else None,
            word=self._word(told),
            event=step.event,
            lines=tuple(line for line in self._lines(told) if line),
            operator=step.operator or (self.registered_by if told.outcome else ""),
            step=step,
            record_id=told.record_id,
            attachment=told.attachment.id if told.attachment else None,
            taken_back=told.taken_back_by is not None,
        )

    def _word(self, told: Told) -> str:
        word = event_word(told.step.event, self.translate)
        taken_back = told.taken_back_by is not None
        return self.translate("{step} (taken back)", step=word) if taken_back else word

    def _lines(self, told: Told) -> list[str]:
        step, translate, free = told.step, self.translate, self._free
        why = reason_text(Reason(told.why, told.detail), translate) if told.why else ""
        came = outcome_word(told.outcome, translate, venue=self.venue) if told.outcome else ""
        until = f"{step.until:%Y-%m-%d}" if step.until else ""
        return [
            translate("; ").join(filter(None, (came, why))),
            " ".join(
                filter(
                    None,
                    (self._unit(step.unit), mask_name(step.person, self.mask), free(step.phone)),
                )
            ),
            self._with("Receipt: {text}", step.receipt),
            self._with("Vehicle: {text}", free(step.vehicle)),
            measure_word(step.measure, translate) if step.measure else "",
            self._with("Supervised by {text}", free(step.supervisor)),
            self._with("Until {text}", until),
            result_word(step.result, translate) if step.result else "",
            free(step.note),
            translate("Erased by the retention rule") if told.erased else "",
        ]

    def _free(self, text: str | None) -> str:
        return mask_numbers_within(text, self.mask)

    def _unit(self, unit: str | None) -> str:
        return (unit or "") if self.mask is Mask.NONE else area_of(unit or "")

    def _with(self, message: str, text: str | None) -> str:
        return self.translate(message, text=text) if text else ""

    def fields(self, story: Story) -> list[tuple[str, str]]:
        case, translate = story.case, self.translate
        record = story.inspection
        own = [
            (translate("Name"), mask_name(case.name, self.mask)),
            (translate("Document number"), mask_number(case.id_number, self.mask)),
        ]
        known = (
            list(record_view(record, translate, self.venue, self.mask).fields)
            if record is not None
            else [*own, *self._subject(case)]
        )
        return [
            (translate("Why"), self._whys(story)),
            (translate("Lies with"), self._unit(case.unit)),
            (
                translate("Measure in force"),
                measure_word(case.measure, translate) if case.measure else "",
            ),
            (translate("Supervising person"), self._free(case.supervisor)),
            *known,
        ]

    def _subject(self, case: Case) -> list[tuple[str, str]]:
        line = case_line(case, Deadlines(), case.opened_at, self.translate, self.mask)
        return [(self.translate("Phone"), line.phone), (self.translate("Plate"), line.plate)]

    def _whys(self, story: Story) -> str:
        translate = self.translate
        record = story.inspection
        told = [reason_text(Reason(each.why, each.detail), translate)
                for each in story.told if each.why and each.detail]  # fmt: skip
        given = [reason_text(each, translate) for each in record.verdict.reasons] if record else []
        why = story.case.why
        bare = [reason_text(Reason(why), translate)] if why and not (told or given) else []
        return translate("; ").join(dict.fromkeys([*given, *told, *bare]))
