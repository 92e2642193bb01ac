"""Requests of people who mean harm, at a hub as it is delivered: none gets in, none takes it down.

Every kind is tried in turn, each time a little different. What counts: an answer of the hub's own
making, never a fault of it; the ledger, the stations and the users as they were; nothing secret and
nobody else's in what comes back.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.hub.service import service
from checkpoint_app.hub.web.site import pages
from checkpoint_app.store.station import Station
from checkpoint_app.sync import wire
from checkpoint_app.sync.packing import packed
from checkpoint_app.sync.speaking import station_key
from tools.bench.store import traveller
from tools.soak.office import Office

PURPOSES = ("enrol", "hello", "push", "lists", "ask", "ask_above", "repair")
NUMBER = "410102199203078437"
FORMULAS = ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1")
SQL = ("' OR 1=1 --", "'; DROP TABLE records; --", '" UNION SELECT * FROM hub_users --', "%", "\\")
PATHS = (
    "/v1/../hub.json", "/v1/%2e%2e/keys.json", "//etc/passwd", "/v1/push/x",
    "/office/../secrets.bin",
    "/office/style.css/../../hub.json", "/office/%2e%2e/hub.json", "/office/..%2fhub.json",
    "/office/style.css%00.txt", "/schema/../../hub/keys.json",
)  # fmt: skip
_PASSWORD = "north gate 2026"


@dataclass
class HostileTold:
    """What a trial came to."""

    requests: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    got_in: list[str] = field(default_factory=list)
    faults: int = 0  # answers that say that the hub broke
    alive: bool = False
    changed: bool = True

    @property
    def sound(self) -> bool:
        """Nothing got in, nothing broke."""
        return self.alive and not (self.got_in or self.faults or self.changed)


@dataclass
class Besieged:
    """A hub with a station, people of two townships and a case that lies with one of them."""

    office: Office
    station: Station
    app: Any
    draw: random.Random
    told: HostileTold
    heard: list[tuple[str, bytes]] = field(default_factory=list)
    case: str = ""

    @contextmanager
    def browser(self, name: str | None = None, **headers: str) -> Iterator[Any]:
        """Somebody's browser, signed in."""
        from litestar.testing import TestClient

        made: Any = TestClient(self.app, base_url="http://office.example")
        made.headers.update({"accept-language": "zh-CN", "user-agent": "right", **headers})
        if name is not None:
            form = {"name": name, "password": _PASSWORD}
            made.post("/office/sign-in", data=form, follow_redirects=False)
        yield made

    def asked(self, kind: str, answer: Any, *, may: tuple[int, ...]) -> Any:
        """Count an answer; what is not among `may` got in, or broke the hub."""
        self.told.requests += 1
        self.told.kinds[kind] = self.told.kinds.get(kind, 0) + 1
        if answer.status_code >= 500:
            self.told.faults += 1
        elif answer.status_code not in may:
            self.told.got_in.append(f"{kind}: {answer.status_code}")
        return answer

    def stand(self) -> tuple[object, ...]:
        """What must be the same afterwards."""
        store = self.office.store
        stations = tuple((e.device, e.status, e.name) for e in store.devices())
        people = tuple((e.name, e.role, e.active) for e in store.users.listed())
        cases = tuple((e["id"], e["stage"], e["unit"]) for e in _cases(store))
        return (store.records(), store.in_quarantine(), stations, people, cases, store.lists())


def _cases(store: Any) -> list[dict[str, Any]]:
    from checkpoint_app.store.hub import wall

    with store.read() as connection:
        return wall.cases(connection, open_only=False)


def besieged(folder: Path, seed: int) -> Besieged:
    """Make it."""
    office, draw = Office(folder / "office"), random.Random(seed)
    for name, role, scope in (("王芳", "office", ""), ("甲镇", "township", "甲镇"),
                              ("乙镇", "township", "乙镇"), ("孙审", "auditor", "")):  # fmt: skip
        office.store.users.add(name, role, scope, _PASSWORD)
    station = Station.open(folder / "station", now=office.clock())
    made = Besieged(office, station, None, draw, HostileTold())
    office.enrol(station, "东卡点")
    for number, name in enumerate(FORMULAS):
        one = traveller(draw, number)
        person = Person(name=name, id_number=NUMBER)
        station.record(_held(one, person), None)

    def hearing(path: str, body: bytes) -> bytes:
        made.heard.append((path, body))
        return office.post(path, body)

    office.exchange(station, hearing)
    while office.store.show_some():
        pass
    made.app = service(office.answering, *pages(office.store, office.clock))
    _give_case(made)
    return made


def _held(one: Any, person: Person) -> Any:
    inspection = replace(one.inspection, person=person)
    verdict = replace(one.verdict, outcome=Outcome.HOLD, reasons=(Reason(Code.RED_CODE),))
    return replace(one, inspection=inspection, verdict=verdict, outcome=Outcome.HOLD)


def _give_case(made: Besieged) -> None:
    """A case that lies with one township, so that another may try to reach it."""
    with made.browser("王芳") as client:
        found = re.findall(r'href="(/office/case/[^"]+)"', client.get("/office/cases").text)
        made.case = found[0]
        form = {"word": _word(client.get(made.case).text), "event": "reported", "unit": "甲镇"}
        answer = client.post(f"{made.case}/step", data={**form, "person": "李镇长"})
        if answer.status_code != 200:
            raise RuntimeError("the case could not be given")


def _word(page: str) -> str:
    found = re.search(r'name="word" value="([^"]+)"', page)
    return found[1] if found else ""


# --- the kinds ------------------------------------------------------------------------------------


def envelope(station: Station, hub: str, draw: random.Random) -> bytes:
    """An envelope with something wrong about it."""
    kind = draw.randrange(7)
    bodies = (
        b"",
        draw.randbytes(60),
        packed(bytes(1 << 22)),
        msgspec.msgpack.encode(["'; DROP TABLE records; --"] * 12),
        wire.encode(wire.Push(1, 1, 1, bytes(32), bytes(32), b"x")),
        wire.encode(wire.Want("../../etc/passwd")),
        wire.encode(wire.Ask(-1)),
    )
    made = wire.Envelope(
        draw.choice((wire.VERSION, 0, 99)),
        draw.choice((*PURPOSES, "../x", "")),
        draw.choice((station.sync.device, "NOBODY0000", "'--", "")),
        draw.choice((hub, "OTHERHUB00")),
        draw.randrange(3),
        draw.randrange(5),
        draw.choice(bodies),
        draw.randbytes(64),
    )
    if kind < 3:
        return wire.signed(made, station_key(station.sync))
    return wire.encode(made) if kind < 6 else draw.randbytes(200)


def _garbage(made: Besieged) -> None:
    body = envelope(made.station, made.office.store.state.hub, made.draw)
    with made.browser() as client:
        path = f"/v1/{made.draw.choice(PURPOSES)}"
        made.asked("envelope", client.post(path, content=body), may=(200, 400))


def _said(made: Besieged, purpose: str, message: wire.Message, key: Any = None) -> bytes:
    sender, hub = made.station.sync.device, made.office.store.state.hub
    number = made.draw.randrange(1 << 20, 1 << 40)
    body = wire.encode(message)
    said = wire.Envelope(wire.VERSION, purpose, sender, hub, 1, number, body)
    return wire.signed(said, key or station_key(made.station.sync))


def _bomb(made: Besieged) -> None:
    """Few bytes that unpack to many, rightly signed."""
    shape = {"count": 2, "shapes": packed(bytes(1 << made.draw.randrange(26, 29)))}
    body = msgspec.msgpack.encode(
        [2, shape["shapes"], packed(b"\0\0"), packed(b"{}"), {}, packed(b""), b""]
    )
    push = wire.Push(9, 1, 2, bytes(32), bytes(32), body)
    with made.browser() as client:
        answer = client.post("/v1/push", content=_said(made, "push", push))
        made.asked("bomb", answer, may=(200, 400))
        large = made.draw.randbytes(1 << 20) * 9
        made.asked("bomb", client.post("/v1/push", content=large), may=(413,))


def _replay(made: Besieged) -> None:
    path, body = made.draw.choice(made.heard)
    with made.browser() as client:
        answer = made.asked("replay", client.post(path, content=body), may=(200,))
    told = wire.opened(answer.content)
    if path != "/v1/push" and told.purpose != "refusal":
        made.told.got_in.append(f"replay of {path}")


def _forged(made: Besieged) -> None:
    """What only the station may say, signed by somebody else."""
    messages = {
        "hello": wire.Hello((wire.Place(1, 1, bytes(32)),)),
        "push": wire.Push(1, 1, 1, bytes(32), bytes(32), b"x"),
        "ask": wire.Ask(7),
        "lists": wire.Want("risk"),
    }
    purpose = made.draw.choice(sorted(messages))
    body = _said(made, purpose, messages[purpose], Ed25519PrivateKey.generate())
    with made.browser() as client:
        answer = made.asked("forged", client.post(f"/v1/{purpose}", content=body), may=(200,))
    if wire.opened(answer.content).purpose != "refusal":
        made.told.got_in.append(f"forged {purpose}")


def _stolen(made: Besieged) -> None:
    """A cookie in another browser, and one with a letter changed."""
    with made.browser("王芳") as owner:
        cookie = owner.cookies["office"]
    at = made.draw.randrange(len(cookie))
    other = cookie[:at] + ("A" if cookie[at] != "A" else "B") + cookie[at + 1 :]
    tries = ((cookie, "thief"), (other, "right")) if at < len(cookie) - 1 else ((cookie, "thief"),)
    for tried, browser in tries:
        with made.browser(**{"user-agent": browser}) as thief:
            thief.cookies.set("office", tried)
            answer = thief.get("/office/wall", follow_redirects=False)
            made.asked("stolen cookie", answer, may=(303, 401, 403))


def _across(made: Besieged) -> None:
    """One township at another's case, and at pages that are not its own."""
    with made.browser("乙镇") as client:
        word = _word(client.get("/office/cases").text)
        made.asked("cross-township", client.get(made.case), may=(400, 403, 404))
        step = {"word": word, "event": "received", "unit": "甲镇", "person": "x", "receipt": "1"}
        answer = client.post(f"{made.case}/step", data=step)
        made.asked("cross-township", answer, may=(400, 403, 404))
        page = made.draw.choice(("records", "registers", "lists", "people", "stations", "book"))
        answer = client.get(f"/office/{page}", follow_redirects=False)
        made.asked("cross-township", answer, may=(303, 400, 403, 404))


def _paths(made: Besieged) -> None:
    path = made.draw.choice(PATHS)
    with made.browser("王芳") as client:
        made.asked("path", client.get(path, follow_redirects=False), may=(303, 400, 404, 405))


def _sql(made: Besieged) -> None:
    text = made.draw.choice(SQL)
    with made.browser() as client:
        form = {"name": text, "password": text}
        answer = client.post("/office/sign-in", data=form, follow_redirects=False)
        made.asked("sql", answer, may=(400, 401, 403, 429))
    with made.browser("孙审") as client:
        answer = client.get("/office/records", params={"text": text, "station": text})
        made.asked("sql", answer, may=(200, 400))
        if NUMBER in answer.text:
            made.told.got_in.append("sql: a whole number for an auditor")


def _formulas(made: Besieged) -> None:
    """Names that a spreadsheet would work out; they come as text."""
    with made.browser("王芳") as client:
        form = {"sheet": made.draw.choice(("abnormal", "daily")), "day": "2026-01-05",
                "station": "", "whole": "yes", "reason": "核对", "form": "csv",
                "word": _word(client.get("/office/registers").text)}  # fmt: skip
        answer = made.asked("formula", client.post("/office/registers", data=form), may=(200,))
    if not any(each in answer.text for each in FORMULAS[:2]):
        made.told.got_in.append("no name in the CSV to judge by")
    cells = re.split(r"[,\r\n]", answer.content.decode("utf-8-sig", "replace"))
    if any(cell.strip('"')[:1] in ("=", "@", "+", "\t") for cell in cells):
        made.told.got_in.append("a formula in a CSV")


_KINDS: tuple[Callable[[Besieged], None], ...] = (
    _garbage, _bomb, _replay, _forged, _stolen, _across, _paths, _sql, _formulas, _garbage, _forged,
)  # fmt: skip


def _described(made: Besieged, examples: int) -> None:
    """What schemathesis makes of the description that the hub serves."""
    import schemathesis

    schema = schemathesis.openapi.from_asgi("/schema/openapi.json", made.app)
    operations: Any = schema.get_all_operations()
    for operation in operations:
        _knock(made, operation.ok().as_strategy(), examples)


def _knock(made: Besieged, cases: Any, examples: int) -> None:
    calm = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )

    @calm
    @given(cases)
    def knock(case: Any) -> None:
        made.asked("schemathesis", case.call(), may=(200, 204, 400, 404, 405, 406, 413, 415))

    knock()


def trial(folder: Path, requests: int, seed: int = 1) -> HostileTold:
    """At least so many requests, a third of them schemathesis'."""
    made = besieged(folder, seed)
    before = made.stand()
    _described(made, max(1, requests // 3 // len(PURPOSES)))
    turn = 0
    while made.told.requests < requests or turn < len(_KINDS):
        _KINDS[turn % len(_KINDS)](made)
        turn += 1
    with made.browser() as client:
        made.told.alive = client.get("/v1/alive").text == "alive"
    made.told.changed = made.stand() != before
    made.station.record(traveller(made.draw, 99), None)
    made.told.alive &= made.office.exchange(made.station).accepted == 1
    made.station.close()
    made.office.close()
    return made.told
