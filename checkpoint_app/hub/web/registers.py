"""The registers of all stations, by the same sheets as at a station: PDF, XLSX, CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from checkpoint_app.desk.exporting import ENDINGS, NAMES, as_file
from checkpoint_app.domain import figures
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.register import build
from checkpoint_app.domain.sheet import Order, Period, Sheet, Table
from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, File, Frame
from checkpoint_app.hub.web.rail import OFFICE
from checkpoint_app.i18n.reasons import sheet_wording
from checkpoint_app.registers.templates import template_for
from checkpoint_app.settings import Settings
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub import wall

FORMS = ("pdf", "xlsx", "csv")
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
SHEETS = tuple(each for each in NAMES if each not in (Sheet.BLANK, Sheet.VISITORS))


class Registers:
    """The page of registers."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        return [
            self._frame.show("/registers", self.show, OFFICE),
            self._frame.take("/registers", self.file, OFFICE),
        ]

    def show(self, asked: Asked) -> Answer:
        """What can be had."""
        t = asked.words.translate
        values = {
            "sheets": [(each.value, t(NAMES[each])) for each in SHEETS],
            "stations": self._frame.store.devices(),
            "today": asked.now.date().isoformat(),
            "here": "registers",
        }
        return Drawn("registers.html", values)

    def file(self, asked: Asked) -> Answer:
        """A sheet as a file; that it was taken away goes into the book first."""
        form, asked_sheet = str(asked.form.get("form", "")), str(asked.form.get("sheet", ""))
        if form not in FORMS or asked_sheet not in {each.value for each in SHEETS}:
            raise StoreFault("not_found")
        sheet, day = Sheet(asked_sheet), _day(asked)
        whole = asked.form.get("whole") == "yes"
        reason = str(asked.form.get("reason", "")).strip()
        if whole and len(reason) < 2:
            raise StoreFault("reason_needed")
        device = str(asked.form.get("station", ""))
        name = f"{day.isoformat()}-{asked.words.translate(NAMES[sheet])}{ENDINGS[form]}"
        users, what = self._frame.store.users, f"{name} {device}"
        users.note(asked.who.name, "export", what, reason, asked.now)
        table = self._table(asked, sheet, day, device, Mask.NONE if whole else Mask.PARTIAL, form)
        body = as_file(table, form, Settings(), asked.words.translate)
        return File(body, name, TYPES[form])

    def _table(
        self, asked: Asked, sheet: Sheet, day: date, device: str, mask: Mask, form: str
    ) -> Table:
        start = datetime.combine(day, time(0), asked.now.tzinfo)
        period = Period(start, start + timedelta(days=1))
        template, _ = template_for(sheet, None, venue=False)
        wording = sheet_wording(asked.words.translate, venue=False)
        site = self._site(asked, device)
        order = Order(site, period, mask, wording, typed=form != "pdf")
        if sheet is Sheet.SUMMARY:
            now = figures.counted(self._recorded(period, device), order)
            whole = figures.counted(self._recorded(figures.everything_until(period), device), order)
            return figures.summary(template, now, whole, order)
        if sheet is Sheet.ZERO:
            counts = figures.counted(self._recorded(period, device), order)
            return figures.zero_report(template, counts, order)
        return build(sheet, template, self._recorded(period, device), order)

    def _site(self, asked: Asked, device: str) -> str:
        office = self._frame.store.state.name
        if not device:
            return f"{office} · {asked.words.translate('All stations')}"
        known = self._frame.store.device(device)
        if known is None:
            raise StoreFault("not_found")
        return known.name

    def _recorded(self, period: Period, device: str) -> Iterator[RecordedInspection]:
        with self._frame.store.read() as connection:
            found = wall.recorded(connection, period, (device,) if device else ())
        for _, recorded in found:
            yield recorded


def _day(asked: Asked) -> date:
    try:
        return date.fromisoformat(str(asked.form.get("day", "")))
    except ValueError:
        raise StoreFault("not_found") from None
