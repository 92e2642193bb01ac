"""Lists from a file to the stations: looked at first, then put in force, all at once.

A file waits in the hub's folder between the two steps, under a name that only its uploader knows;
what nobody put in force is gone within the hour.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from checkpoint_app.desk.lists.importing import knows
from checkpoint_app.domain.list_entries import Entry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.hub.listing import publish_county, publish_entries
from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Elsewhere, Frame
from checkpoint_app.hub.web.rail import OFFICE
from checkpoint_app.i18n.lists import refusal_text
from checkpoint_app.imports import FileFault, Plan, examine, read
from checkpoint_app.imports.fields import FIELDS
from checkpoint_app.imports.reading import Preview, plan_of
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub.values import ListState

KINDS = {
    ListKind.WATCH: "Watched and pushed persons",
    ListKind.RISK: "Areas of risk",
    ListKind.ROSTER: "Roster of a site",
    ListKind.RETURNEE: "Returnees announced",
}
COUNTY = "county"  # the whole county's watch list goes out as tokens
WAITS = timedelta(hours=1)
REFUSED_SHOWN = 200
_ENDINGS = re.compile(r"\.(xlsx|xls|xlsm|csv|txt|json|jsonl)", re.IGNORECASE)
_TICKET = re.compile(r"[A-Za-z0-9_-]{32}\.[a-z]{3,5}", re.ASCII)


class Lists:
    """The page of lists."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        return [
            self._frame.show("/lists", self.show, OFFICE),
            self._frame.take("/lists/look", self.look, OFFICE),
            self._frame.take("/lists/again", self.again, OFFICE),
            self._frame.take("/lists/force", self.force, OFFICE),
        ]

    def show(self, asked: Asked, said: str = "") -> Answer:
        """What is in force, and the form for a file."""
        names = {each.device: each.name for each in self._frame.store.devices()}
        values = {
            "kinds": [(kind.value, asked.words.translate(word)) for kind, word in KINDS.items()],
            "stations": self._frame.store.devices(),
            "lists": [_line(each, names, asked) for each in self._frame.store.lists()],
            "said": said,
            "here": "lists",
        }
        return Drawn("lists.html", values, 400 if said else 200)

    def look(self, asked: Asked) -> Answer:
        """A file came: what would happen."""
        upload = asked.form.get("file")
        name, body = upload if isinstance(upload, tuple) else ("", b"")
        ending = _ENDINGS.fullmatch(Path(str(name)).suffix)
        if not body or ending is None:
            return self.show(asked, asked.words.translate("Choose an XLSX, CSV or JSON file"))
        self._sweep()
        ticket = f"{secrets.token_urlsafe(24)}{ending[0].lower()}"
        (self._folder / ticket).write_bytes(body)
        return self._preview(asked, ticket, {})

    def again(self, asked: Asked) -> Answer:
        """The same file with other columns."""
        return self._preview(asked, _ticket(asked), _said(asked))

    def force(self, asked: Asked) -> Answer:
        """Hand it down."""
        ticket, kind = _ticket(asked), _kind(asked)
        plan, entries = self._entries(asked, ticket, kind)
        device = str(asked.form.get("station", ""))
        store = self._frame.store
        subject = f"{kind.value} {device or '*'} {plan.path.suffix}"
        store.users.note(asked.who.name, "list", subject, "", asked.now)
        if kind is ListKind.WATCH and device == COUNTY:
            publish_county(store, entries, asked.now)
        elif kind is not ListKind.RISK and store.device(device) is None:
            return self.show(asked, asked.words.translate("Say for which station this list is"))
        else:
            whose = "" if kind is ListKind.RISK else device
            publish_entries(store, kind, entries, asked.now, whose)
        (self._folder / ticket).unlink(missing_ok=True)
        return Elsewhere("/lists")

    # -- the file in between

    @property
    def _folder(self) -> Path:
        folder = self._frame.store.folder / "uploads"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _sweep(self) -> None:
        """Files that nobody came back for are gone."""
        newest = max((each.stat().st_mtime for each in self._folder.iterdir()), default=0.0)
        for each in self._folder.iterdir():
            if newest - each.stat().st_mtime > WAITS.total_seconds():
                each.unlink(missing_ok=True)

    def _plan(self, ticket: str, kind: ListKind) -> Plan:
        path = self._folder / ticket
        if not path.is_file():
            raise StoreFault("not_found")
        return plan_of(path, kind)

    def _preview(self, asked: Asked, ticket: str, said: dict[str, str]) -> Answer:
        kind = _kind(asked)
        try:
            preview = examine(self._plan(ticket, kind), knows(asked.now), said)
        except FileFault as fault:
            return self.show(asked, asked.words.fault(fault.code))
        return Drawn("list_look.html", self._values(asked, ticket, preview))

    def _values(self, asked: Asked, ticket: str, preview: Preview) -> dict[str, Any]:
        t, kind = asked.words.translate, preview.plan.kind
        mapping = preview.plan.mapping
        return {
            "ticket": ticket,
            "kind": kind.value,
            "kind_word": t(KINDS[kind]),
            "station": str(asked.form.get("station", "")),
            "headings": mapping.headings,
            "fields": [
                (each.name, t(each.label), mapping.by_heading.get(each.name, ""))
                for each in FIELDS[kind]
            ],
            "rows": preview.rows,
            "taken": preview.taken,
            "whole": preview.whole,
            "lacking": [t(each) for each in preview.lacking],
            "refused": len(preview.refusals),
            "refusals": [
                (each.row, refusal_text(each.fault.value, each.field, t), each.cells[:8])
                for each in preview.refusals[:REFUSED_SHOWN]
            ],
            "here": "lists",
        }

    def _entries(self, asked: Asked, ticket: str, kind: ListKind) -> tuple[Plan, Iterator[Entry]]:
        plan = self._plan(ticket, kind)
        try:
            mapping = plan.mapping.with_said(_said(asked))
        except FileFault as fault:
            raise StoreFault(fault.code) from None
        plan = Plan(plan.path, plan.kind, mapping, plan.form, plan.sheet, plan.encoding)
        try:
            batches = list(read(plan, knows(asked.now)))
        except FileFault as fault:
            raise StoreFault(fault.code) from None
        entries = [entry for batch in batches for entry in batch.entries]
        if not entries:
            raise StoreFault("list_nothing_taken")
        return plan, iter(entries)


def _line(state: ListState, names: dict[str, str], asked: Asked) -> dict[str, Any]:
    t, (kind, _, device) = asked.words.translate, state.name.partition("@")
    known = {each.value: word for each, word in KINDS.items()}
    return {
        "name": t(known[kind]) if kind in known else state.name,
        "whose": names.get(device, device) if device else t("All stations"),
        "rows": f"{state.rows:,}",
        "version": f"{state.hub_epoch}.{state.number}",
        "dated": asked.words.clock(state.dated_at, asked.now),
    }


def _kind(asked: Asked) -> ListKind:
    value = str(asked.form.get("kind", ""))
    if value not in {each.value for each in ListKind}:
        raise StoreFault("not_found")
    return ListKind(value)


def _ticket(asked: Asked) -> str:
    ticket = str(asked.form.get("ticket", ""))
    if not _TICKET.fullmatch(ticket):
        raise StoreFault("not_found")
    return ticket


def _said(asked: Asked) -> dict[str, str]:
    """Field -> heading, as chosen in the form."""
    return {
        name.removeprefix("map."): str(value)
        for name, value in asked.form.items()
        if name.startswith("map.")
    }
