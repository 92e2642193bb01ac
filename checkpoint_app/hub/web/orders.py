"""What the office orders at its stations: rules, forms, trust files and who signs in there.

Rules and forms are texts, looked at before they count: what would change, and for rules whom it
would judge otherwise. Nothing that does not check can be put in force.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from checkpoint_app.codes import TrustFile, parse_trust_file
from checkpoint_app.desk.exporting import NAMES
from checkpoint_app.desk.hub.handing import (
    FORMS,
    OPERATORS,
    POLICY,
    TRUST,
    Refused,
    refused_text,
    sheet_of,
)
from checkpoint_app.desk.office import pin_problem
from checkpoint_app.desk.rules import policy_text, read_policy_text
from checkpoint_app.desk.rules.examples import examples
from checkpoint_app.domain.policy_data import PolicyFault
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.domain.site import SiteKind, SitePolicy
from checkpoint_app.hub import handing
from checkpoint_app.hub.handing import Amendment
from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Elsewhere, Frame
from checkpoint_app.hub.web.rail import OFFICE
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.i18n.rules import policy_fault_text
from checkpoint_app.i18n.sites import ROLES, SITE_KINDS
from checkpoint_app.store.faults import StoreFault

VENUE = "daily_venue"
FORM_NAMES = (*(each.value for each in Sheet), VENUE)
PAGE = "orders.html"


class Orders:
    """The page of rules, forms, trust files and operators, and of a text that is being changed."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._store = frame.store

    def routes(self) -> list[Any]:
        """The handlers."""
        show, take = self._frame.show, self._frame.take
        return [
            show("/orders", self.show, OFFICE),
            show("/orders/text", self.text, OFFICE),
            take("/orders/look", self.look, OFFICE),
            take("/orders/force", self.force, OFFICE),
            take("/orders/drop", self.drop, OFFICE),
            take("/orders/trust/look", self.look_trust, OFFICE),
            take("/orders/trust/force", self.force_trust, OFFICE),
            take("/orders/staff/add", self.add_staff, OFFICE),
            take("/orders/staff/out", self.shut_out, OFFICE),
        ]

    # -- what is in force

    def show(self, asked: Asked, said: str = "") -> Answer:
        """All that is ordered, and what each station has not put in force."""
        t = asked.words.translate
        values = {
            "said": said,
            "here": "orders",
            "kinds": [(str(each), t(word)) for each, word in SITE_KINDS.items()],
            "forms": [(name, self._form_word(name, asked)) for name in FORM_NAMES],
            "roles": [(role, t(word)) for role, word in ROLES.items()],
            "ordered": self._ordered(asked),
            "staff": self._staff(asked),
            "stations": self._store.devices(),
            "refused": self._refused(asked),
        }
        return Drawn(PAGE, values, 400 if said else 200)

    def _ordered(self, asked: Asked) -> list[dict[str, str]]:
        states = {each.name: each for each in self._store.lists()}
        lines = []
        for name in (POLICY, FORMS, TRUST):
            for key in sorted(self._store.list_rows(name)):
                state = states[name]
                lines.append(
                    {
                        "list": name,
                        "key": key,
                        "what": asked.words.translate(WHAT[name]),
                        "name": self._key_word(name, key, asked),
                        "version": f"{state.hub_epoch}.{state.number}",
                        "dated": asked.words.clock(state.dated_at, asked.now),
                    }
                )
        return lines

    def _staff(self, asked: Asked) -> list[dict[str, Any]]:
        t, lines = asked.words.translate, []
        for device, where in (
            ("", t("All stations")),
            *((each.device, each.name) for each in self._store.devices()),
        ):
            for each in handing.operators(self._store, device).values():
                role = t(ROLES[each.role])
                lines.append(
                    {
                        "name": each.name,
                        "role": role,
                        "active": each.active,
                        "where": where,
                        "device": device,
                    }
                )
        return sorted(lines, key=lambda line: (not line["active"], line["name"]))

    def _refused(self, asked: Asked) -> list[tuple[str, str, str]]:
        t = asked.words.translate
        return [
            (station, t(WHAT.get(name.partition("@")[0], name)), refused_text(why, t))
            for name, stations in handing.refusals(self._store).items()
            for station, why in stations.items()
        ]

    def _key_word(self, name: str, key: str, asked: Asked) -> str:
        if name == POLICY and key in SiteKind.__members__.values():
            return asked.words.translate(SITE_KINDS[key])
        return self._form_word(key, asked) if name == FORMS else key

    @staticmethod
    def _form_word(name: str, asked: Asked) -> str:
        t, sheet = asked.words.translate, sheet_of(name)
        word = t(NAMES[sheet]) if sheet is not None else name
        return t("{sheet} (venues)", sheet=word) if name == VENUE else word

    # -- rules and forms as texts

    def text(self, asked: Asked) -> Answer:
        """A text to change: the office's, else as shipped."""
        name, key = asked.query.get("list", ""), asked.query.get("key", "")
        return self._draw_text(asked, name, key, self._text_now(asked, name, key))

    def look(self, asked: Asked) -> Answer:
        """What the text would change."""
        name, key, text = (str(asked.form.get(each, "")) for each in ("list", "key", "text"))
        rows = self._rows(asked, name, key, text)
        if isinstance(rows, str):
            return self._draw_text(asked, name, key, text, said=rows)
        return self._draw_text(asked, name, key, text, rows=rows)

    def force(self, asked: Asked) -> Answer:
        """Order it."""
        name, key, text = (str(asked.form.get(each, "")) for each in ("list", "key", "text"))
        rows = self._rows(asked, name, key, text)
        if isinstance(rows, str):
            return self._draw_text(asked, name, key, text, said=rows)
        return self._amend(asked, Amendment(name, rows))

    def drop(self, asked: Asked) -> Answer:
        """Take it back: stations go by what they had themselves."""
        name, key = (str(asked.form.get(each, "")) for each in ("list", "key"))
        if name not in (POLICY, FORMS, TRUST):
            raise StoreFault("not_found")
        return self._amend(asked, Amendment(name, {}, (key,)))

    def _text_now(self, asked: Asked, name: str, key: str) -> str:
        from checkpoint_app.desk.templating import template_text
        from checkpoint_app.shipped_rules import shipped

        body = self._store.list_rows(name).get(key) if name in (POLICY, FORMS) else None
        sheet = sheet_of(key)
        if name == POLICY and key in SiteKind.__members__.values():
            found = read_policy_text(body.decode(), key) if body is not None else shipped(key)
            return policy_text(found if isinstance(found, SitePolicy) else shipped(key))
        if name == FORMS and sheet is not None:
            t, venue = asked.words.translate, key == VENUE
            return body.decode() if body else template_text(sheet, None, t, venue=venue)[0]
        raise StoreFault("not_found")

    def _rows(self, asked: Asked, name: str, key: str, text: str) -> dict[str, bytes] | str:
        """The rows that a text comes to, or what is wrong with it in one sentence."""
        t = asked.words.translate
        if name == POLICY:
            found = read_policy_text(text, key)
            if isinstance(found, PolicyFault):
                return policy_fault_text(found, t)
            rows = handing.policy_rows(found)
        elif name == FORMS:
            rows = handing.form_rows(key, text.replace("\r\n", "\n"))
        else:
            raise StoreFault("not_found")
        refused = handing.checked(name, rows, asked.now)
        return refused_text(refused, t) if refused is not None else rows

    def _draw_text(
        self,
        asked: Asked,
        name: str,
        key: str,
        text: str,
        *,
        said: str = "",
        rows: dict[str, bytes] | None = None,
    ) -> Answer:
        values = {
            "list": name,
            "key": key,
            "heading": f"{asked.words.translate(WHAT[name])} · {self._key_word(name, key, asked)}",
            "text": text,
            "said": said,
            "looked": rows is not None,
            "changes": handing.changes(self._store, name, rows) if rows is not None else [],
            "judged": self._judged(asked, key, text) if rows is not None and name == POLICY else [],
            "here": "orders",
        }
        return Drawn("order_text.html", values, 400 if said else 200)

    def _judged(self, asked: Asked, key: str, text: str) -> list[Any]:
        """Travellers whom the rules would judge otherwise than now."""
        new, old = read_policy_text(text, key), self._text_now(asked, POLICY, key)
        before = read_policy_text(old, key)
        if isinstance(new, PolicyFault) or isinstance(before, PolicyFault):
            return []
        lines = examples(new, before, asked.words.translate, asked.now)
        return [line for line in lines if line.before is not None]

    # -- trust files

    def look_trust(self, asked: Asked) -> Answer:
        """A trust file came: what it holds."""
        upload = asked.form.get("file")
        name, body = upload if isinstance(upload, tuple) else ("", b"")
        parsed = parse_trust_file(str(name), body, asked.now)
        if not isinstance(parsed, TrustFile):
            return self.show(asked, fault_text(str(parsed.code), asked.words.translate))
        values = {
            "name": str(name)[-handing.LONGEST_KEY :],
            "kind": parsed.kind,
            "entries": len(parsed.entries),
            "unread": parsed.refused,
            "dated": f"{parsed.dated.astimezone(asked.now.tzinfo):%Y-%m-%d}",
            "body": base64.b64encode(body).decode(),
            "here": "orders",
        }
        return Drawn("order_trust.html", values)

    def force_trust(self, asked: Asked) -> Answer:
        """Order that codes signed by it are believed."""
        try:
            body = base64.b64decode(str(asked.form.get("body", "")), validate=True)
        except (binascii.Error, ValueError):
            raise StoreFault("malformed") from None
        name = str(asked.form.get("name", ""))
        return self._amend(asked, Amendment(TRUST, handing.trust_rows(name, body, asked.now)))

    # -- whoever signs in at stations

    def add_staff(self, asked: Asked) -> Answer:
        """Somebody new, or a new PIN or role for somebody."""
        name, role, pin = (str(asked.form.get(each, "")) for each in ("name", "role", "pin"))
        problem = pin_problem(pin)
        if problem is not None:
            return self.show(asked, asked.words.translate(problem))
        rows = handing.operator_rows(name, role, pin)
        return self._amend(asked, Amendment(OPERATORS, rows, device=self._station(asked)), name)

    def shut_out(self, asked: Asked) -> Answer:
        """They sign in no longer."""
        device, name = self._station(asked), str(asked.form.get("name", ""))
        people = handing.operators(self._store, device).values()
        found = next((each for each in people if each.name == name), None)
        if found is None:
            raise StoreFault("not_found")
        rows = handing.shut_out_rows(found)
        return self._amend(asked, Amendment(OPERATORS, rows, device=device), name)

    def _station(self, asked: Asked) -> str:
        device = str(asked.form.get("station", ""))
        if device and self._store.device(device) is None:
            raise StoreFault("not_found")
        return device

    # -- all of them

    def _amend(self, asked: Asked, wanted: Amendment, whom: str = "") -> Answer:
        done = handing.amend(self._store, wanted, asked.now)
        if isinstance(done, Refused):
            return self.show(asked, refused_text(done, asked.words.translate))
        about = " ".join([wanted.name, whom or " ".join([*wanted.put, *wanted.drop])])
        self._store.users.note(asked.who.name, "list", about, "", asked.now)
        return Elsewhere("/orders")


WHAT = {POLICY: "Rules", FORMS: "Form of a sheet", TRUST: "Trust list", OPERATORS: "Operators"}
