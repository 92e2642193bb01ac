"""`checkpoint hub user add|list|password|retire`: who may sign in at the office's pages."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from checkpoint_app.commands.console import Console
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.users import ROLES
from checkpoint_app.store.station import StoreFault


def add(group: Any) -> list[Any]:
    """Add the commands to `checkpoint hub user`; the parsers that were made."""
    new = group.add_parser("add", help="let someone sign in")
    new.add_argument("--role", choices=ROLES, default="office")
    new.add_argument("--township", default="", help="whose cases a township user sees")
    new.set_defaults(run=run_add)
    word = group.add_parser("password", help="give someone a new password")
    word.set_defaults(run=run_password)
    retire = group.add_parser("retire", help="let someone sign in no longer")
    retire.set_defaults(run=run_retire)
    listed = group.add_parser("list", help="who may sign in")
    listed.set_defaults(run=run_list)
    for parser in (new, word):
        parser.add_argument("--password-file", metavar="FILE", help="read the password from here")
    for parser in (new, word, retire):
        parser.add_argument("name", metavar="NAME")
    return [new, word, retire, listed]


def run_add(console: Console) -> int:
    """Someone new."""
    wanted = console.arguments
    password = _password(console)
    with _opened(console) as store:
        made = store.users.add(wanted.name, wanted.role, wanted.township, password)
    said = console.translate("{name} may sign in", name=made.name)
    console.tell({"name": made.name, "role": made.role, "township": made.scope}, said)
    return 0


def run_password(console: Console) -> int:
    """A new password; whoever is signed in with the old one is out."""
    name, password = console.arguments.name, _password(console)
    with _opened(console) as store:
        store.users.change(name, password=password)
    console.tell({"changed": name}, console.translate("{name} has a new password", name=name))
    return 0


def run_retire(console: Console) -> int:
    """Nobody is deleted: what they looked at stays on record."""
    name = console.arguments.name
    with _opened(console) as store:
        store.users.change(name, active=False)
    console.tell({"retired": name}, console.translate("{name} is shut out", name=name))
    return 0


def run_list(console: Console) -> int:
    """Everyone, retired ones too."""
    with _opened(console) as store:
        users = store.users.listed()
    for each in users:
        told = {"name": each.name, "role": each.role, "township": each.scope}
        console.tell({**told, "active": each.active}, f"{each.name}  {each.role}  {each.scope}")
    return 0


def _opened(console: Console) -> HubStore:
    return console.with_passphrase(lambda given: HubStore.open(console.folder, passphrase=given))


def _password(console: Console) -> str:
    file = console.arguments.password_file
    if file:
        return console.secret(file)
    if not sys.stdin.isatty():
        raise StoreFault("password_short")
    return getpass.getpass(console.translate("Password: "))
