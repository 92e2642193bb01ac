"""The cases of all stations: routed to townships, received there, followed to their end.

A township's people see the cases that lie with it, and no others.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from checkpoint_app.desk.cases.lines import CaseLine, case_line, fits, in_order
from checkpoint_app.desk.cases.telling import CaseView, case_view
from checkpoint_app.domain.case import Case, Deadlines, Event, Measure, Refusal, Result, Stage, Step
from checkpoint_app.domain.masking import Mask
from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Elsewhere, Frame
from checkpoint_app.hub.web.rail import EVERYONE
from checkpoint_app.hub.web.records import identified
from checkpoint_app.i18n.cases import event_word, measure_word, result_word, stage_word
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub import casework

STEPPING = frozenset({"office", "township"})
WHOLE = frozenset({"office", "township", "supervisor"})
DEADLINES = Deadlines()
_TEXTS = ("unit", "person", "phone", "receipt", "vehicle", "note", "supervisor")
LONGEST = 200


class CasePages:
    """The list of cases and one of them."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        return [
            self._frame.show("/cases", self.show_all, EVERYONE),
            self._frame.show("/case/{which:str}", self.show_one, EVERYONE),
            self._frame.take("/case/{which:str}", self.show_whole, WHOLE),
            self._frame.take("/case/{which:str}/step", self.step, STEPPING),
        ]

    def show_all(self, asked: Asked) -> Answer:
        """Cases in the order of urgency; open ones unless all are asked for."""
        t, wanted = asked.words.translate, asked.query.get("stage", "open")
        with self._frame.store.read() as connection:
            cases = casework.cases(connection, asked.who.scope)
        lines = in_order(case_line(each, DEADLINES, asked.now, t) for each in cases)
        text = asked.query.get("text", "")
        shown = [each for each in lines if _of_stage(each, wanted) and fits(each, text)]
        stations = {each.device: each.name for each in self._frame.store.devices()}
        names = {each.id: stations.get(each.device, "") for each in cases}
        values = {
            "lines": [_row(each, names, asked) for each in shown[:500]],
            "counts": _counts(lines, asked),
            "stage": wanted,
            "text": text,
        }
        return Drawn("cases.html", {**values, "here": "cases"})

    def show_one(self, asked: Asked) -> Answer:
        """One case, masked."""
        return self._view(asked, Mask.PARTIAL)

    def show_whole(self, asked: Asked) -> Answer:
        """One case, whole; the look is put on record first."""
        reason = str(asked.form.get("reason", "")).strip()
        if len(reason) < 2:
            return self._view(asked, Mask.PARTIAL)
        self._one(asked)
        which = asked.path["which"]
        self._frame.store.users.note(asked.who.name, "case", which, reason, asked.now)
        return self._view(asked, Mask.NONE)

    def step(self, asked: Asked) -> Answer:
        """The next step: reported to, handed over, received, under a measure, closed."""
        case = self._one(asked)
        step = _step(asked)
        store = self._frame.store
        if step is None:
            return self._view(asked, Mask.PARTIAL, Refusal.NOT_NEXT)
        with store.write() as connection:
            done = casework.take(connection, store.state.hub, case.id, step, asked.now)
        if isinstance(done, Refusal):
            return self._view(asked, Mask.PARTIAL, done)
        store.users.note(asked.who.name, "step", f"{case.label} {step.event}", "", asked.now)
        return Elsewhere(f"/case/{case.id}")

    def _one(self, asked: Asked) -> Case:
        """The case of the address, if it is this user's to see. Raises `StoreFault`: not_found."""
        with self._frame.store.read() as connection:
            case = casework.case(connection, identified(asked.path["which"]))
        if case is None or (asked.who.scope and case.unit != asked.who.scope):
            raise StoreFault("not_found")
        return case

    def _view(self, asked: Asked, mask: Mask, refused: Refusal | None = None) -> Answer:
        case, t = self._one(asked), asked.words.translate
        with self._frame.store.read() as connection:
            story = casework.story(connection, case.id)
        assert story is not None
        view = case_view(story, DEADLINES, asked.now, t, venue=False, mask=mask)
        known = self._frame.store.device(case.device)
        values = {
            "view": view,
            "station": known.name if known else case.device,
            "stage": stage_word(case.stage, t),
            "chapters": _chapters(view, asked),
            "steps": _steps(view, asked),
            "measures": [(each.value, measure_word(each, t)) for each in Measure],
            "results": [(each.value, result_word(each, t)) for each in Result],
            "said": asked.words.fault(refused.value) if refused else "",
            "may_look": asked.who.role in WHOLE and mask is not Mask.NONE,
        }
        status = 400 if refused else 200
        return Drawn("case.html", {**values, "here": "cases"}, status)


def _of_stage(line: CaseLine, wanted: str) -> bool:
    if wanted == "open":
        return line.stage is not Stage.CLOSED and not line.withdrawn
    if wanted == "late":
        return line.late is not None
    return wanted in ("all", line.stage.value)


def _counts(lines: list[CaseLine], asked: Asked) -> list[tuple[str, str, int]]:
    """The choices over the table: key, word, how many."""
    t = asked.words.translate
    kinds = [("open", t("Not closed")), ("late", t("Overdue"))]
    kinds += [(each.value, stage_word(each, t)) for each in Stage] + [("all", t("All"))]
    return [(key, word, sum(_of_stage(each, key) for each in lines)) for key, word in kinds]


def _row(line: CaseLine, names: dict[Any, str], asked: Asked) -> dict[str, Any]:
    return {
        "line": line,
        "station": names.get(line.id, ""),
        "opened": asked.words.clock(line.opened_at, asked.now),
    }


def _chapters(view: CaseView, asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "at": f"{each.at.astimezone(asked.now.tzinfo):%m-%d %H:%M}",
            "word": each.word,
            "lines": each.lines,
            "operator": each.operator,
        }
        for each in view.chapters
    ]


def _steps(view: CaseView, asked: Asked) -> list[tuple[str, str]]:
    """The steps that this user may take now, the one that is due first; a note always."""
    if asked.who.role not in STEPPING:
        return []
    t = asked.words.translate
    events = [*view.choices, Event.NOTED]
    if asked.who.role == "township":
        events = [each for each in events if each is not Event.REPORTED]
    return [(each.value, event_word(each, t)) for each in events]


def _step(asked: Asked) -> Step | None:
    form = asked.form
    event = str(form.get("event", ""))
    if event not in {each.value for each in Event}:
        return None
    texts = {name: str(form.get(name, "")).strip()[:LONGEST] or None for name in _TEXTS}
    return Step(
        Event(event),
        f"{asked.who.name} ({asked.who.scope})" if asked.who.scope else asked.who.name,
        measure=_one_of(Measure, form.get("measure")),
        result=_one_of(Result, form.get("result")),
        until=_day(form.get("until"), asked.now),
        **texts,  # type: ignore[arg-type]
    )


def _one_of(kind: Any, value: object) -> Any:
    return kind(value) if value in {each.value for each in kind} else None


def _day(value: object, now: datetime) -> datetime | None:
    try:
        day = datetime.fromisoformat(str(value)).date()
    except ValueError:
        return None
    return datetime.combine(day, time(23, 59), now.tzinfo)
