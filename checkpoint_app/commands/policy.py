"""`checkpoint policy show` and `set FILE`: the screening rules of a kind of site, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checkpoint_app.commands.console import Console, Refused, add_common
from checkpoint_app.desk.rules import policy_of, policy_text, read_policy_file
from checkpoint_app.domain.policy_data import PolicyFault, as_data
from checkpoint_app.domain.site import SiteKind, SitePolicy
from checkpoint_app.i18n.rules import policy_fault_text
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.station import SavedPolicy, Use

OPERATOR = "command line"
KINDS = [each.value for each in SiteKind]


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    policy = commands.add_parser("policy", help="the screening rules").add_subparsers(required=True)
    show = policy.add_parser("show", help="the rules in force, as a file that `set` takes")
    show.add_argument("--history", action="store_true", help="every version saved, newest first")
    show.add_argument("--default", action="store_true", help="the shipped rules")
    show.set_defaults(run=run_show)
    put = policy.add_parser("set", help="put rules in force, as a new version")
    put.add_argument("file", metavar="FILE", type=Path, help="TOML or JSON")
    put.set_defaults(run=run_set)
    for parser in (show, put):
        parser.add_argument("--kind", choices=KINDS, help="whose rules; the station's own if left")
        add_common(parser)


def run_show(console: Console) -> int:
    """The policy in force, or all versions of it."""
    kind = console.arguments.kind or console.settings.site_kind
    versions: list[SavedPolicy] = []
    in_force: SitePolicy | None = None
    if console.has_store and not console.arguments.default:
        with console.open(Use.READ) as station:
            versions = station.policies.history(kind)
            in_force = station.policies.current(kind)
    if console.arguments.history:
        for each in versions:
            console.tell({**_told(each.policy), **_saved(each)}, _line(each))
        return 0
    policy = in_force or _unsaved(console, kind)
    console.tell(_told(policy), f"# {policy.version}\n{policy_text(policy)}".rstrip())
    return 0


def _unsaved(console: Console, kind: str) -> SitePolicy:
    """What holds where nothing was saved: the station's own two figures are in its settings."""
    own = kind == console.settings.site_kind and not console.arguments.default
    return policy_of(console.settings) if own else shipped(kind)


def run_set(console: Console) -> int:
    """Take a file; nothing changes where it is refused."""
    wanted = console.arguments
    found = read_policy_file(wanted.file, wanted.kind, console.settings.site_kind)
    if isinstance(found, PolicyFault):
        raise Refused(policy_fault_text(found, console.translate))
    with console.open(Use.COMMAND) as station:
        saved = station.policies.save(found, OPERATOR, console.now)
    console.tell(
        _told(saved),
        console.translate("Rules {version} are in force", version=saved.version),
    )
    return 0


def _told(policy: SitePolicy) -> dict[str, Any]:
    return {"version": policy.version, **as_data(policy)}


def _saved(each: SavedPolicy) -> dict[str, Any]:
    said = {"saved_at": each.saved_at.isoformat(), "officer": each.officer}
    return {**said, "office": each.office} if each.office else said


def _line(each: SavedPolicy) -> str:
    return f"{each.version}  {each.saved_at.astimezone():%Y-%m-%d %H:%M}  {each.officer}"
