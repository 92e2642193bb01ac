"""How the exchange with the hub stands, as plain values; and the quiet sign of the top bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.desk.hub.handing import Refused, read_refused
from checkpoint_app.desk.view import Chip, Tone
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.store.moments import moment
from checkpoint_app.store.syncing import Sync

PAGE = "sync"
REFUSED_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ListHeld:
    """A list that the hub handed down."""

    name: str
    version: str
    rows: int
    dated: datetime | None
    in_force: str = ""  # the version that counts, where it is another one or this one is refused
    refused: Refused | None = None  # why this version is not put in force
    waits: bool = False  # taken, and not yet where the gate looks


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record that the hub set aside; it is kept here and there."""

    place: str  # epoch/number
    reason: str


@dataclass(frozen=True, slots=True)
class HubView:
    """All that the page and the sign show. `fault` is a stable code, "" while all is well."""

    enrolled: bool = False
    name: str = ""
    url: str = ""
    pending: int = 0
    sent: int = 0
    refused: tuple[RefusedRecord, ...] = ()
    last_contact: datetime | None = None
    fault: str = ""
    frozen: bool = False
    lease_lost: bool = False
    lists: tuple[ListHeld, ...] = ()
    busy: bool = False

    @property
    def online(self) -> bool:
        """Whether the last try reached the hub."""
        return self.enrolled and not self.fault and self.last_contact is not None


def view_of(sync: Sync) -> HubView:
    """As the store knows it."""
    hub, status, waiting = sync.hub(), sync.status(), sync.waiting()
    held, counts = sync.lists.held(), sync.lists.in_force()
    return HubView(
        enrolled=hub is not None,
        name=hub.device_name if hub else "",
        url=hub.url if hub else "",
        pending=waiting.pending,
        sent=status.sent,
        refused=tuple(
            RefusedRecord(f"{epoch}/{seq}", reason)
            for epoch, seq, _, reason in sync.refused(REFUSED_SHOWN)
        ),
        last_contact=moment(status.last_contact_us) if status.last_contact_us else None,
        fault=status.last_fault,
        frozen=status.frozen,
        lease_lost=status.lease_lost,
        lists=tuple(
            ListHeld(
                each.name,
                each.version,
                each.rows,
                each.dated,
                counts.get(each.name, "") if each.refused else "",
                read_refused(each.refused),
                each.applied_at is None and not each.refused,
            )
            for each in held
        ),
    )


def hub_chip(view: HubView, translate: Translate) -> tuple[Chip, ...]:
    """The sign; none at a station that has no hub."""
    if not view.enrolled:
        return ()
    if view.frozen:
        return (Chip("hub", translate("Stopped by the hub"), Tone.STOP, PAGE),)
    if view.lease_lost:
        return (Chip("hub", translate("7 days without the hub"), Tone.ATTENTION, PAGE),)
    message = "Online, {count} waiting" if view.online else "Offline, {count} waiting"
    tone = Tone.PASS if view.online else Tone.IDLE
    short = "{count} to send" if view.online else "Offline {count}"
    text, brief = (translate(each, count=view.pending) for each in (message, short))
    return (Chip("hub", text, tone, PAGE, brief=brief, icon="sync" if view.online else ""),)


def trouble(view: HubView, translate: Translate) -> str:
    """What is wrong, in one sentence; "" where nothing is."""
    if view.frozen:
        return translate(
            "Another computer sends records under this station's name: phone the office"
        )
    if view.lease_lost:
        return translate(
            "Not heard of the hub for 7 days: the county's watch list was wiped here for safety, "
            "the desk goes on with its own lists"
        )
    return fault_text(view.fault, translate) if view.fault else ""
