"""`checkpoint hub list put|drop|show`, `hub staff add|shut-out|show`: what is handed down.

`list put` takes lists of persons and areas as well as rules, trust files and forms; nothing is
handed down that does not check, and `--preview` only says what would be.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checkpoint_app.commands.console import Console, Refused
from checkpoint_app.desk.hub.telling import list_name
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.policy_data import PolicyFault
from checkpoint_app.domain.roles import Role
from checkpoint_app.i18n.rules import policy_fault_text
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.values import ListState

COUNTY = "county"  # the whole county's watch list goes out as tokens
ENTRIES = (*(kind.value for kind in ListKind), COUNTY)
ORDERS = {"policy": "policy", "trust": "trust", "form": "templates"}  # word -> list


def add_lists(group: Any) -> list[Any]:
    """Add the commands to `checkpoint hub list`; the parsers that were made."""
    put = group.add_parser("put", help="hand a list, rules, a trust file or a form down")
    put.add_argument("kind", choices=(*ENTRIES, *ORDERS))
    put.add_argument("file", metavar="FILE", type=Path)
    put.add_argument("--sheet", metavar="NAME", help="whose form it is; the file's name if left")
    put.add_argument("--preview", action="store_true", help="only say what would be")
    put.set_defaults(run=run_put)
    drop = group.add_parser("drop", help="take rules, a trust file or a form back")
    drop.add_argument("kind", choices=tuple(ORDERS))
    drop.add_argument("name", metavar="NAME", help="kind of site, file or sheet")
    drop.set_defaults(run=run_drop)
    show = group.add_parser("show", help="what is handed down, and who has not put it in force")
    show.set_defaults(run=run_show)
    put.add_argument("--station", metavar="NAME", help="for this station alone")
    return [put, drop, show]


def add_staff(group: Any) -> list[Any]:
    """Add the commands to `checkpoint hub staff`; the parsers that were made."""
    new = group.add_parser("add", help="let somebody sign in at the stations")
    new.add_argument("--role", choices=[each.value for each in Role], default="operator")
    new.add_argument("--pin-file", metavar="FILE", help="read the first PIN from here")
    new.set_defaults(run=run_staff_add)
    out = group.add_parser("shut-out", help="let somebody sign in no longer")
    out.set_defaults(run=run_shut_out)
    listed = group.add_parser("show", help="whom the office lets sign in")
    listed.set_defaults(run=run_staff)
    for parser in (new, out):
        parser.add_argument("name", metavar="NAME")
    for parser in (new, out, listed):
        parser.add_argument("--station", metavar="NAME", help="at this station alone")
    return [new, out, listed]


# --- lists ----------------------------------------------------------------------------------------


def run_put(console: Console) -> int:
    """Nothing changes where it is refused."""
    with _opened(console) as store:
        entries = console.arguments.kind in ENTRIES
        return _put_entries(console, store) if entries else _put_order(console, store)


def _put_entries(console: Console, store: HubStore) -> int:
    from checkpoint_app.commands.lists import file_sentence
    from checkpoint_app.desk.lists.importing import knows
    from checkpoint_app.hub.listing import publish_county, publish_entries
    from checkpoint_app.imports import FileFault, examine, plan_of, read

    wanted, county = console.arguments, console.arguments.kind == COUNTY
    kind = ListKind.WATCH if county else ListKind(wanted.kind)
    try:
        plan = plan_of(wanted.file, kind)
        preview = examine(plan, knows(console.now))
        if preview.lacking or wanted.preview:
            return _tell_preview(console, preview)
        entries = [each for batch in read(plan, knows(console.now)) for each in batch.entries]
    except FileFault as fault:
        raise Refused(file_sentence(console, fault)) from None
    if not entries:
        raise console.refuse("list_nothing_taken")
    device = _device(store, wanted.station)
    if not (county or device or kind is ListKind.RISK):
        raise Refused(console.translate("Say for which station this list is"))
    _note(console, store, f"{wanted.kind} {device or '*'}")
    if county:
        state = publish_county(store, entries, console.now)
    else:
        state = publish_entries(store, kind, entries, console.now, device)
    return _tell(console, state)


def _tell_preview(console: Console, preview: Any) -> int:
    lacking = [console.translate(each) for each in preview.lacking]
    answer = {
        "would_take": preview.taken,
        "would_refuse": len(preview.refusals),
        "whole": preview.whole,
        "lacking": lacking,
    }
    sentence = console.translate(
        "{taken} would be taken, {refused} refused",
        taken=preview.taken,
        refused=answer["would_refuse"],
    )
    console.tell(answer, "\n".join([sentence, *lacking]))
    return 1 if lacking else 0


def _put_order(console: Console, store: HubStore) -> int:
    from checkpoint_app.desk.hub.handing import Refused as No
    from checkpoint_app.hub.handing import Amendment, amend, checked

    wanted, name = console.arguments, ORDERS[console.arguments.kind]
    if wanted.station:
        raise Refused(console.translate("This goes to all stations"))
    rows = _rows(console)
    if wanted.preview:
        refused = checked(name, rows, console.now)
        return _no(console, refused) if refused is not None else _tell_changes(console, store, rows)
    _note(console, store, f"{name} {' '.join(rows)}")
    done = amend(store, Amendment(name, rows), console.now)
    return _no(console, done) if isinstance(done, No) else _tell(console, done)


def _rows(console: Console) -> dict[str, bytes]:
    from checkpoint_app.desk.rules import read_policy_file
    from checkpoint_app.hub import handing

    wanted = console.arguments
    try:
        if wanted.kind == "policy":
            found = read_policy_file(wanted.file)
            if isinstance(found, PolicyFault):
                raise Refused(policy_fault_text(found, console.translate))
            return handing.policy_rows(found)
        body = wanted.file.read_bytes()
    except OSError:
        raise console.refuse("unreadable") from None
    if wanted.kind == "trust":
        return handing.trust_rows(wanted.file.name, body, console.now)
    return {wanted.sheet or wanted.file.stem: body}


def _tell_changes(console: Console, store: HubStore, rows: dict[str, bytes]) -> int:
    from checkpoint_app.hub.handing import changes

    found = changes(store, ORDERS[console.arguments.kind], rows)
    lines = [f"{each.field}: {each.before or '—'} → {each.after or '—'}" for each in found]
    answer = {"changes": [[each.field, each.before, each.after] for each in found]}
    console.tell(answer, "\n".join(lines) or console.translate("Nothing would change"))
    return 0


def run_drop(console: Console) -> int:
    """Stations go back to what they had themselves."""
    from checkpoint_app.desk.hub.handing import Refused as No
    from checkpoint_app.hub.handing import Amendment, amend

    wanted, name = console.arguments, ORDERS[console.arguments.kind]
    with _opened(console) as store:
        if wanted.name not in store.list_rows(name):
            raise console.refuse("not_found")
        _note(console, store, f"{name} -{wanted.name}")
        done = amend(store, Amendment(name, {}, (wanted.name,)), console.now)
    return _no(console, done) if isinstance(done, No) else _tell(console, done)


def run_show(console: Console) -> int:
    """One object a list."""
    from checkpoint_app.hub.handing import refusals

    with _opened(console) as store:
        states, no = store.lists(), refusals(store)
    for each in states:
        told = {name: why.code for name, why in no.get(each.name, {}).items()}
        answer = {"name": each.name, "rows": each.rows, "epoch": each.hub_epoch}
        answer |= {"number": each.number, "refused": told}
        refused = " ".join(f"{name}!{why}" for name, why in told.items())
        line = f"{each.name}  {each.hub_epoch}.{each.number}  {each.rows}  {refused}"
        console.tell(answer, line.rstrip())
    return 0


# --- whoever signs in -----------------------------------------------------------------------------


def run_staff_add(console: Console) -> int:
    """With a first PIN, which they may change at the station; again with another: a new one."""
    from checkpoint_app.hub.handing import operator_rows

    wanted = console.arguments
    rows = operator_rows(wanted.name, wanted.role, _pin(console))
    return _amend_staff(console, rows)


def run_shut_out(console: Console) -> int:
    """At every station that has the list, as soon as it hears of it."""
    from checkpoint_app.hub.handing import operators, shut_out_rows

    wanted = console.arguments
    with _opened(console) as store:
        people = operators(store, _device(store, wanted.station)).values()
    found = next((each for each in people if each.name == wanted.name), None)
    if found is None:
        raise console.refuse("not_found")
    return _amend_staff(console, shut_out_rows(found))


def run_staff(console: Console) -> int:
    """Everybody of the list, those shut out too."""
    from checkpoint_app.hub.handing import operators

    with _opened(console) as store:
        people = operators(store, _device(store, console.arguments.station))
    for each in people.values():
        told = {"name": each.name, "role": each.role, "active": each.active}
        out = "" if each.active else console.translate("shut out")
        console.tell(told, f"{each.name}  {each.role}  {out}".rstrip())
    return 0


def _amend_staff(console: Console, rows: dict[str, bytes]) -> int:
    from checkpoint_app.desk.hub.handing import OPERATORS
    from checkpoint_app.desk.hub.handing import Refused as No
    from checkpoint_app.hub.handing import Amendment, amend

    wanted = console.arguments
    with _opened(console) as store:
        device = _device(store, wanted.station)
        _note(console, store, f"{OPERATORS} {wanted.name}")
        done = amend(store, Amendment(OPERATORS, rows, device=device), console.now)
    return _no(console, done) if isinstance(done, No) else _tell(console, done)


def _pin(console: Console) -> str:
    import getpass
    import sys

    from checkpoint_app.desk.office import pin_problem

    file = console.arguments.pin_file
    if file:
        pin = console.secret(file).strip()
    elif sys.stdin.isatty():
        pin = getpass.getpass("PIN: ")
    else:
        pin = ""
    problem = pin_problem(pin)
    if problem is not None:
        raise Refused(console.translate(problem))
    return pin


# --- all of them ----------------------------------------------------------------------------------


def _opened(console: Console) -> HubStore:
    return console.with_passphrase(lambda given: HubStore.open(console.folder, passphrase=given))


def _device(store: HubStore, name: str | None) -> str:
    if not name:
        return ""
    return store.device_named(name).device


def _note(console: Console, store: HubStore, subject: str) -> None:
    store.users.note("command line", "list", subject, "", console.now)


def _tell(console: Console, state: ListState) -> int:
    answer = {"name": state.name, "rows": state.rows, "epoch": state.hub_epoch}
    answer |= {"number": state.number}
    version = f"{state.hub_epoch}.{state.number}"
    name = list_name(state.name, console.translate)
    said = console.translate("{name}, version {version}", name=name, version=version)
    console.tell(answer, said)
    return 0


def _no(console: Console, refused: Any) -> int:
    from checkpoint_app.desk.hub.handing import refused_text

    raise Refused(refused_text(refused, console.translate))
