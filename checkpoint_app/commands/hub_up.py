"""`checkpoint hub up enrol|now`: the county's hub at the province's."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import datetime
from typing import Any

from checkpoint_app import __version__
from checkpoint_app.commands.console import Console


def add(group: Any) -> list[Any]:
    """Add the commands to the parser."""
    join = group.add_parser("enrol", help="enrol this hub at a hub above")
    join.add_argument("url", metavar="URL")
    join.add_argument("--code", required=True, metavar="C")
    join.add_argument("--fingerprint", required=True, metavar="F")
    join.set_defaults(run=run_enrol)
    now = group.add_parser("now", help="send the summary and chosen records, take lists")
    now.set_defaults(run=run_now)
    return [join, now]


def run_enrol(console: Console) -> int:
    """As a station does."""
    from checkpoint_app.commands.hub import opened
    from checkpoint_app.hub.federation import upward
    from checkpoint_app.sync.enrolling import Invitation, Site, enrol

    wanted = console.arguments
    invited = Invitation(wanted.url, wanted.code, wanted.fingerprint)
    with opened(console) as store, upward(store, console.now) as up:
        site = Site(store.state.name, "hub", "", __version__)
        hub = enrol(up.sync, invited, site, console.now)
        answer = {"device": up.sync.device, "name": hub.device_name, "url": hub.url}
    console.tell(answer, console.translate("Enrolled as {name}", name=hub.device_name))
    return 0


def run_now(console: Console) -> int:
    """Report, forward, exchange, hand lists on."""
    from checkpoint_app.commands.hub import opened
    from checkpoint_app.hub.federation import exchange_up

    with opened(console) as store:
        done = exchange_up(store, _now, time.sleep)
    sentence = console.translate(
        "{sent} sent, {accepted} new at the hub, {refused} refused, {pending} waiting",
        sent=done.sent,
        accepted=done.accepted,
        refused=done.refused,
        pending=done.pending,
    )
    console.tell(asdict(done), sentence)
    return 0


def _now() -> datetime:
    return datetime.now().astimezone()
