"""`checkpoint trust import|list`, `checkpoint pass issue|revoke|sheet`: keys, lists, passes."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from checkpoint_app.codes import Fault
from checkpoint_app.commands.console import Console, Refused, add_common
from checkpoint_app.desk.passes import NewPass, issue
from checkpoint_app.desk.people.passes import PassOrder, make_passes, members
from checkpoint_app.desk.people.passes import sheet as draw
from checkpoint_app.desk.people.portraits import take_photos
from checkpoint_app.desk.trusting import import_trust
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.imports import FileFault
from checkpoint_app.store.station import Station, Use

OPERATOR = "console"
PASS_ID = re.compile(r"[0-9a-f]{16}")


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    trust = commands.add_parser("trust", help="trust lists").add_subparsers(required=True)
    bring = trust.add_parser("import", help="take key lists, certificates, revocation lists")
    bring.add_argument("files", nargs="+", metavar="FILE", type=Path)
    bring.set_defaults(run=run_import)
    show = trust.add_parser("list", help="what is imported, with its age")
    show.set_defaults(run=run_list)
    passes = commands.add_parser("pass", help="site passes").add_subparsers(required=True)
    give = passes.add_parser("issue", help="sign a site pass and draw its code")
    give.add_argument("--name", required=True)
    give.add_argument("--roster-id", default="")
    give.add_argument("--days", type=int, default=365, help="valid for so many days")
    give.add_argument("--out", type=Path, metavar="FILE.png", help="draw the code here")
    give.set_defaults(run=run_issue)
    revoke = passes.add_parser("revoke", help="a pass that no longer counts")
    revoke.add_argument("pass_id", metavar="PASS")
    revoke.set_defaults(run=run_revoke)
    sheet = passes.add_parser("sheet", help="passes for the roster on paper, ten a page")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    sheet.add_argument("--find", default="", metavar="WORDS", help="only who fits: class, name")
    sheet.add_argument("--days", type=int, default=365, help="valid for so many days")
    sheet.add_argument("--photos", type=Path, metavar="DIR|ZIP", help="keep these photos first")
    sheet.add_argument("--label", action="store_true", help="on labels of 62 × 40 mm")
    sheet.add_argument("--new", action="store_true", help="only for those without a pass")
    sheet.set_defaults(run=run_sheet)
    for parser in (bring, show, give, revoke, sheet):
        add_common(parser)


def run_import(console: Console) -> int:
    """One object a file; exit code 1 if any was refused."""
    with console.open(Use.COMMAND) as station:
        done = import_trust(station, console.arguments.files, console.now)
    for each in done:
        if each.info is None:
            sentence = fault_text(each.refused or "malformed", console.translate)
            console.tell({"file": each.file, "refused": each.refused}, f"{each.file}: {sentence}")
        else:
            console.tell({"file": each.file, **_listed(each.info)}, _line(console, each.info))
    return 1 if any(each.info is None for each in done) else 0


def run_list(console: Console) -> int:
    """One object a list, newest first."""
    with console.open_kept() as station:
        lists = station.trust_lists()
    for info in lists:
        console.tell(_listed(info), _line(console, info))
    return 0


def _listed(info: Any) -> dict[str, Any]:
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in asdict(info).items()
    }


def _line(console: Console, info: Any) -> str:
    age = console.now - info.dated
    return console.translate(
        "{source}: {entries} keys, version {version}, {days} days old",
        source=info.source,
        entries=info.entries,
        version=info.version,
        days=max(age.days, 0),
    )


def run_issue(console: Console) -> int:
    """Sign a pass with the station's key."""
    wanted = console.arguments
    if not 0 < wanted.days <= 3660:
        raise Refused(console.translate("A pass is valid for 1 to 3660 days"))
    new = NewPass(wanted.name, wanted.roster_id, timedelta(days=wanted.days))
    with console.open(Use.COMMAND) as station:
        issued = issue(station, new, console.now)
        if isinstance(issued, Fault):
            raise console.refuse(issued.code)
    if wanted.out:
        wanted.out.write_bytes(issued.png)
    console.tell(
        {"pass": issued.pass_id, "text": issued.text, "valid_until": issued.until.isoformat()},
        console.translate("Pass {number} issued", number=issued.pass_id),
    )
    return 0


def run_sheet(console: Console) -> int:
    """New passes for the roster; whoever had one gets another, and the old one counts no more."""
    wanted, settings = console.arguments, console.settings
    if not 0 < wanted.days <= 3660:
        raise Refused(console.translate("A pass is valid for 1 to 3660 days"))
    order = PassOrder(wanted.days, OPERATOR, settings.site_name, wanted.label)
    with console.open_kept() as station:
        photos = _photos(console, station)
        found = members(station, console.now, wanted.find)
        chosen = [each for each in found if not (wanted.new and each.handed_out)]
        if not chosen:
            raise Refused(console.translate("Nobody on the roster fits that."))
        badges = make_passes(station, chosen, order, console.translate, console.now)
    if isinstance(badges, Fault):
        raise console.refuse(badges.code)
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    wanted.out.write_bytes(draw(badges, label=wanted.label))
    answer = {"file": str(wanted.out), "passes": len(badges), **photos}
    console.tell(answer, console.translate("Written: {file}", file=wanted.out))
    return 0


def _photos(console: Console, station: Station) -> dict[str, Any]:
    """Keep the photos that were named, if any; whose they are is told by the roster."""
    source = console.arguments.photos
    if source is None:
        return {}
    try:
        taken = take_photos(lambda job: job(station), source, console.now)
    except FileFault as fault:
        raise console.refuse(fault.code) from None
    refused = [{"file": name, "reason": why.value} for name, why in taken.refused]
    return {"photos": taken.kept, "refused_photos": refused}


def run_revoke(console: Console) -> int:
    """From now on the pass does not count at this station."""
    if not PASS_ID.fullmatch(console.arguments.pass_id):
        raise Refused(console.translate("A pass number has 16 digits and letters a to f"))
    with console.open(Use.COMMAND) as station:
        station.revoke_pass(console.arguments.pass_id, console.now)
    number = console.arguments.pass_id
    console.tell({"revoked": number}, console.translate("Pass {number} revoked", number=number))
    return 0
