"""The people of the office: who may sign in, in which role."""

from __future__ import annotations

from typing import Any

from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Elsewhere, Frame
from checkpoint_app.hub.web.rail import OFFICE
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub.users import ROLES

ROLE_WORDS = {
    "office": "Command office",
    "township": "Township",
    "supervisor": "Supervisor",
    "auditor": "Auditor",
}


class People:
    """The page of people."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        return [
            self._frame.show("/people", self.show, OFFICE),
            self._frame.take("/people/add", self.add, OFFICE),
            self._frame.take("/people/change", self.change, OFFICE),
        ]

    def show(self, asked: Asked, said: str = "") -> Answer:
        """Everyone, retired ones too."""
        t = asked.words.translate
        people = [
            {
                "name": each.name,
                "role": t(ROLE_WORDS[each.role]),
                "scope": each.scope,
                "active": each.active,
            }
            for each in self._frame.store.users.listed()
        ]
        roles = [(each, t(ROLE_WORDS[each])) for each in ROLES]
        values = {"people": people, "roles": roles, "said": said, "good": False}
        return Drawn("people.html", {**values, "here": "people"})

    def add(self, asked: Asked) -> Answer:
        """Someone new."""
        form, users = asked.form, self._frame.store.users
        name, role, scope, password = (
            str(form.get(each, "")) for each in ("name", "role", "scope", "password")
        )
        try:
            users.add(name, role, scope, password)
        except StoreFault as fault:
            return self.show(asked, asked.words.fault(fault.code))
        users.note(asked.who.name, "person", name, role, asked.now)
        return Elsewhere("/people")

    def change(self, asked: Asked) -> Answer:
        """Retire someone, or take them back; never oneself."""
        name, active = str(asked.form.get("name", "")), asked.form.get("active") == "yes"
        if name != asked.who.name:
            users = self._frame.store.users
            users.change(name, active=active)
            users.note(asked.who.name, "take back" if active else "retire", name, "", asked.now)
        return Elsewhere("/people")
