"""`checkpoint hub init|serve|user|device|backup|restore|status`: the command office's service."""

from __future__ import annotations

import argparse
import errno
from dataclasses import asdict
from pathlib import Path
from typing import Any

from checkpoint_app.commands import hub_lists, hub_up, hub_users
from checkpoint_app.commands.console import Console, Refused, add_common
from checkpoint_app.store.hub.home import HubState
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.identity import new_device

PORT = 8766


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    hub = commands.add_parser("hub", help="the command office over many checkpoints")
    group = hub.add_subparsers(required=True)
    parsers = [
        _init(group),
        _serve(group),
        *_device(group.add_parser("device", help="stations").add_subparsers(required=True)),
        *hub_users.add(group.add_parser("user", help="people").add_subparsers(required=True)),
        _status(group),
        *_keeping(group),
        *hub_lists.add_lists(group.add_parser("list", help="lists").add_subparsers(required=True)),
        *hub_lists.add_staff(group.add_parser("staff", help="staff").add_subparsers(required=True)),
        *hub_up.add(group.add_parser("up", help="a hub above").add_subparsers(required=True)),
    ]
    for parser in parsers:
        add_common(parser)


def _init(group: Any) -> Any:
    parser = group.add_parser("init", help="begin a hub in the data folder")
    parser.add_argument("--name", default="", help="what the office is called")
    parser.add_argument("--url", default="", help="the address that stations will use")
    parser.add_argument("--database", default="", metavar="URL", help="PostgreSQL address")
    parser.set_defaults(run=run_init)
    return parser


def _serve(group: Any) -> Any:
    parser = group.add_parser("serve", help="run the hub")
    parser.add_argument("--host", default="0.0.0.0")  # noqa: S104
    parser.add_argument("--port", type=_port, default=PORT, metavar="N")
    parser.add_argument("--database", metavar="URL", help="another database, this time")
    parser.add_argument("--plain-http", action="store_true", help="no TLS: a proxy ends it")
    parser.set_defaults(run=run_serve)
    return parser


def _port(text: str) -> int:
    """A port; 0 takes a free one."""
    port = int(text)
    if not 0 <= port <= 0xFFFF:
        raise argparse.ArgumentTypeError("0 to 65535")
    return port


def _device(group: Any) -> list[Any]:
    new = group.add_parser("add", help="a one-time code for a station")
    new.set_defaults(run=run_device_add)
    revoke = group.add_parser("revoke", help="shut a station out for good")
    revoke.set_defaults(run=run_device_revoke)
    release = group.add_parser("release", help="let a frozen station go on in a new epoch")
    release.set_defaults(run=run_device_release)
    for parser in (new, revoke, release):
        parser.add_argument("name", metavar="NAME")
    return [new, revoke, release]


def _status(group: Any) -> Any:
    parser = group.add_parser("status", help="all stations and how far their records are here")
    parser.set_defaults(run=run_status)
    return parser


def _keeping(group: Any) -> list[Any]:
    backup = group.add_parser("backup", help="write an encrypted copy of the hub's data")
    backup.add_argument("file", metavar="FOLDER", nargs="?", help="where to")
    backup.set_defaults(run=run_backup)
    restore = group.add_parser("restore", help="put a backup in force, here or in PostgreSQL")
    restore.add_argument("file", metavar="FOLDER")
    restore.add_argument("--database", metavar="URL", help='into this one; "" is SQLite')
    restore.set_defaults(run=run_restore)
    take = group.add_parser("import", help="take a station's file; writes the answer for it")
    take.add_argument("file", metavar="FILE", type=Path)
    take.add_argument("--out", required=True, metavar="FILE", type=Path, help="the answer")
    take.set_defaults(run=run_import)
    purge = group.add_parser("purge", help="erase for good what has been kept long enough")
    purge.set_defaults(run=run_purge)
    return [backup, restore, take, purge]


def opened(console: Console, database: str | None = None) -> HubStore:
    """The hub of the data folder."""
    return console.with_passphrase(
        lambda given: HubStore.open(console.folder, passphrase=given, database=database)
    )


def run_init(console: Console) -> int:
    """Make keys, authority and database."""
    from checkpoint_app.hub import authority
    from checkpoint_app.sync.link import fingerprint_of

    wanted, hub = console.arguments, new_device()
    url = wanted.url or f"https://{_own_name()}:{PORT}"
    state = HubState(hub, wanted.name or _own_name(), url, wanted.database)
    made = authority.new_secrets(hub)
    passphrase = _passphrase(console)
    recovery = HubStore.create(console.folder, state, made, passphrase, console.now)
    fingerprint = fingerprint_of(authority.identity(hub, made))
    answer = {"hub": hub, "url": url, "fingerprint": fingerprint, "recovery_key": recovery}
    translate = console.translate
    lines = [translate("The hub is ready. Its fingerprint: {fingerprint}", fingerprint=fingerprint)]
    if recovery:
        lines.append(translate("Recovery key, print it and lock it away: {key}", key=recovery))
    console.tell({key: value for key, value in answer.items() if value}, "\n".join(lines))
    return 0


def run_serve(console: Console) -> int:
    """Run until stopped."""
    from checkpoint_app.hub.serving import Serving, serve

    wanted = console.arguments
    where = Serving(wanted.host, wanted.port, tls=not wanted.plain_http)
    with opened(console, wanted.database) as store:
        try:
            serve(store, where, console.tell, console.translate, console.settings)
        except OSError as fault:
            if fault.errno != errno.EADDRINUSE:
                raise
            raise _port_in_use(console) from None
    return 0


def _port_in_use(console: Console) -> Refused:
    return Refused(
        console.translate(
            "Port {port} is in use by another program: choose another one with --port",
            port=console.arguments.port,
        )
    )


def run_device_add(console: Console) -> int:
    """A code, to be given to one station."""
    from checkpoint_app.hub import authority
    from checkpoint_app.sync.link import fingerprint_of

    with opened(console) as store:
        code = store.new_code(console.arguments.name, console.now)
        identity = authority.identity(store.state.hub, store.secrets)
        answer = {"code": code, "fingerprint": fingerprint_of(identity), "url": store.state.url}
    sentence = console.translate(
        "On the station: checkpoint sync enrol {url} --code {code} --fingerprint {fingerprint}",
        **answer,
    )
    console.tell(answer, sentence)
    return 0


def run_device_revoke(console: Console) -> int:
    """From now on the hub does not know it."""
    with opened(console) as store:
        device = store.revoke(console.arguments.name, console.now)
    name = console.arguments.name
    console.tell({"revoked": device}, console.translate("{name} is shut out", name=name))
    return 0


def run_device_release(console: Console) -> int:
    """After a fork: it goes on under fresh numbers."""
    with opened(console) as store:
        device, epoch = store.release(console.arguments.name)
    name = console.arguments.name
    sentence = console.translate("{name} may go on, in epoch {epoch}", name=name, epoch=epoch)
    console.tell({"released": device, "epoch": epoch}, sentence)
    return 0


def run_backup(console: Console) -> int:
    """Beside a running hub, too."""
    with opened(console) as store:
        target = Path(console.arguments.file or store.folder / "backups")
        written = store.backup(target, console.now)
    console.tell({"file": str(written)}, console.translate("Written: {file}", file=written))
    return 0


def run_restore(console: Console) -> int:
    """In a later epoch; stations then send what it has not got."""
    source, database = Path(console.arguments.file), console.arguments.database
    state = console.with_passphrase(
        lambda given: HubStore.restore(
            source, console.folder, passphrase=given, database=database, now=console.now
        )
    )
    answer = {"restored": str(source), "epoch": state.epoch}
    console.tell(answer, console.translate("Restored: {file}", file=source))
    return 0


def run_import(console: Console) -> int:
    """The same answers as over the network, in a file that only that station can read."""
    from datetime import UTC, datetime

    from checkpoint_app.hub.answering import Answering
    from checkpoint_app.hub.files import take
    from checkpoint_app.sync import files

    wanted = console.arguments
    with opened(console) as store:
        answering = Answering(store, lambda: datetime.now(UTC))
        done = take(store, answering, files.read(wanted.file))
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    wanted.out.write_bytes(done.answer)
    answer = {
        "name": done.name,
        "accepted": done.accepted,
        "duplicates": done.duplicates,
        "refused": done.refused,
        "file": str(wanted.out),
    }
    sentence = console.translate("{name}: {accepted} records taken; answer: {file}", **answer)
    console.tell(answer, sentence)
    return 0


def run_purge(console: Console) -> int:
    """By the terms in the data folder's settings; `hub serve` does it by itself every night."""
    from checkpoint_app.desk.rights.erasing import terms_of
    from checkpoint_app.hub.nightly import sentence, told

    with opened(console) as store:
        done = store.erase(terms_of(console.settings), "checkpoint hub purge", console.now)
    console.tell(told(done), sentence(done, console.translate))
    return 0


def run_status(console: Console) -> int:
    """One object: all records, every station, what stands aside."""
    with opened(console) as store:
        lines, aside, records = store.lines(), store.in_quarantine(), store.records()
        erased = store.last_erasure()
    devices = [{**asdict(each), "seen_at": each.seen_at.isoformat()} for each in lines]
    translate = console.translate
    said = [translate("{records} records, {aside} set aside", records=records, aside=aside)]
    said += [
        translate(
            "{name}: {records} records, last heard of {time}",
            name=each.name,
            records=each.records,
            time=each.seen_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        )
        for each in lines
    ]
    if erased is not None:
        time = erased.at.astimezone().strftime("%Y-%m-%d %H:%M")
        said.append(translate("last erasure: {time}", time=time))
    last = erased.at.isoformat() if erased is not None else None
    answer = {"records": records, "devices": devices, "quarantine": aside, "erased_at": last}
    console.tell(answer, "\n".join(said))
    return 0


def _passphrase(console: Console) -> str | None:
    file = console.arguments.passphrase_file
    return console.secret(file) if file else None


def _own_name() -> str:
    import socket

    return socket.gethostname() or "localhost"
