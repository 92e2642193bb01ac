"""`checkpoint sync enrol|now|status|export|import`: the station and its hub."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkpoint_app import __version__
from checkpoint_app.commands.console import Console, Refused, add_common
from checkpoint_app.desk.hub_lists import hand_on
from checkpoint_app.store.hub_lists import HeldList
from checkpoint_app.store.moments import moment
from checkpoint_app.store.station import Station, Use

if TYPE_CHECKING:
    from checkpoint_app.sync.exchange import Summary


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    group = commands.add_parser("sync", help="the hub").add_subparsers(required=True)
    join = group.add_parser("enrol", help="enrol this station at a hub")
    join.add_argument("url", metavar="URL")
    join.add_argument("--code", required=True, metavar="C", help="the one-time code")
    join.add_argument("--fingerprint", required=True, metavar="F", help="the hub's fingerprint")
    join.set_defaults(run=run_enrol)
    now = group.add_parser("now", help="send what waits, take the hub's lists")
    now.set_defaults(run=run_now)
    status = group.add_parser("status", help="what waits, last contact")
    status.set_defaults(run=run_status)
    out = group.add_parser("export", help="what waits, as a file for the hub")
    out.add_argument("file", metavar="FILE", type=Path)
    out.set_defaults(run=run_export)
    take = group.add_parser("import", help="take a file of the hub")
    take.add_argument("file", metavar="FILE", type=Path)
    take.set_defaults(run=run_import)
    for parser in (join, now, status, out, take):
        add_common(parser)


def run_enrol(console: Console) -> int:
    """Check the fingerprint, give the code, keep the hub's identity."""
    from checkpoint_app.sync.enrolling import Invitation, Site, enrol

    wanted, settings = console.arguments, console.settings
    invited = Invitation(wanted.url, wanted.code, wanted.fingerprint)
    site = Site(settings.site_name, settings.site_kind, settings.county_code, __version__)
    with console.open(Use.COMMAND) as station:
        hub = enrol(station.sync, invited, site, console.now)
        device = station.sync.device
    name = hub.device_name
    answer = {"device": device, "name": name, "url": hub.url}
    console.tell(answer, console.translate("Enrolled as {name}", name=name))
    return 0


def run_now(console: Console) -> int:
    """One exchange."""
    with console.open_kept() as station:
        done = exchange(station)
    answer = {
        key: value
        for key, value in asdict(done).items()
        if key in ("sent", "accepted", "duplicates", "refused", "pending") or value
    }
    translate = console.translate
    sentence = translate(
        "{sent} sent, {accepted} new at the hub, {refused} refused, {pending} waiting",
        sent=done.sent,
        accepted=done.accepted,
        refused=done.refused,
        pending=done.pending,
    )
    if not done.frozen:
        console.tell(answer, sentence)
        return 0
    if console.arguments.json:
        console.tell(answer, "")
    raise Refused(translate("The hub has stopped this station: two of its name sent records"))


def exchange(station: Station) -> Summary:
    """One exchange of an open station with its hub. Raises `SyncFault`."""
    from checkpoint_app.desk.hub.county import NOT_MEANT, catch_up
    from checkpoint_app.sync.exchange import Exchange, hello, link_of, together, with_retries

    sync = station.sync
    with link_of(sync) as link:
        post = with_retries(link, time.sleep)
        done = Exchange(sync, post, _now, time.sleep).run(hello(sync, _now(), __version__))
        if hand_on(station, _now()):  # which is itself on record
            more = Exchange(sync, post, _now, time.sleep).run(hello(sync, _now(), __version__))
            done = together(done, more)
        catch_up(lambda job: job(station), sync, post, NOT_MEANT, _now)
    return done


def run_status(console: Console) -> int:
    """How the exchange stands."""
    with console.open_kept() as station:
        sync = station.sync
        sync.keep_lease(console.now)
        hub, status, waiting, held = sync.hub(), sync.status(), sync.waiting(), sync.lists.held()
    last = moment(status.last_contact_us).astimezone() if status.last_contact_us else None
    answer = {
        "enrolled": hub is not None,
        "url": hub.url if hub else None,
        "name": hub.device_name if hub else None,
        "pending": waiting.pending,
        "refused": waiting.refused,
        "last_contact": last.isoformat() if last else None,
        "last_fault": status.last_fault or None,
        "frozen": status.frozen,
        "lease_lost": status.lease_lost,
        "lists": [_list(each) for each in held],
    }
    translate = console.translate
    if hub is None:
        sentence = translate("Not enrolled at a hub; {pending} waiting", pending=waiting.pending)
    else:
        when = last.strftime("%Y-%m-%d %H:%M") if last else translate("never")
        sentence = translate(
            "{pending} waiting, last contact {time}", pending=waiting.pending, time=when
        )
    console.tell(answer, sentence)
    return 0


def _list(held: HeldList) -> dict[str, object]:
    said = {"name": held.name, "epoch": held.hub_epoch, "number": held.number, "rows": held.rows}
    in_force = held.applied_at is not None
    dated = held.dated.astimezone().isoformat()
    more = {"dated": dated, "in_force": in_force, "refused": json.loads(held.refused or "null")}
    return {**said, **more}


def run_export(console: Console) -> int:
    """For a USB stick: only the hub can read it."""
    from checkpoint_app.sync import files

    file = console.arguments.file
    with console.open_kept() as station:
        body, count = files.export(station.sync, console.now)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    sentence = console.translate("{records} records: {file}", records=count, file=file)
    console.tell({"file": str(file), "records": count}, sentence)
    return 0


def run_import(console: Console) -> int:
    """Acknowledgements and lists."""
    from checkpoint_app.sync import files

    with console.open_kept() as station:
        done = files.take(station.sync, files.read(console.arguments.file), console.now)
        hand_on(station, console.now)
    answer = {"accepted": done.accepted, "lists": done.lists, "pending": done.pending}
    sentence = console.translate(
        "{accepted} acknowledged, {lists} lists, {pending} waiting", **answer
    )
    console.tell(answer, sentence)
    return 0


def _now() -> datetime:
    return datetime.now().astimezone()
