"""A thousand hostile requests at a real application: none gets in, none takes it down."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from litestar import Litestar
from litestar.testing import TestClient

from checkpoint_app.hub.service import service
from checkpoint_app.store.station import Station
from checkpoint_app.sync import wire
from tests.hub.test_exchange import add
from tests.store.travellers import MORNING
from tools.soak.hostile import PURPOSES, envelope
from tools.soak.office import Office


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Station]]:
    home = tmp_path_factory.mktemp("besieged")
    office = Office(home / "office")
    with Station.open(home / "station", now=MORNING) as station:
        office.enrol(station, "东卡点")
        add(station, 3)
        office.exchange(station)
        yield office, station
    office.close()


@pytest.fixture(scope="module")
def app(besieged: tuple[Office, Station]) -> Litestar:
    return service(besieged[0].answering)


def test_what_schemathesis_makes_of_the_description(app: Litestar) -> None:
    schema = schemathesis.openapi.from_asgi("/schema/openapi.json", app)
    paths = set(schema.raw_schema["paths"])
    assert {f"/v1/{each}" for each in PURPOSES} <= paths

    for path in sorted(paths):
        assert path.startswith("/v1/")
    for operation in schema.get_all_operations():
        made = operation.ok().as_strategy()
        _knock_all(made)


def _knock_all(made: Any) -> None:
    from hypothesis import given

    @given(made)
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def knock(case: Any) -> None:
        answer = case.call()
        assert answer.status_code < 500

    knock()


def test_hand_made_requests_change_nothing(besieged: tuple[Office, Station], app: Litestar) -> None:
    office, station = besieged
    before = (office.store.records(), office.store.in_quarantine(), len(office.store.devices()))
    draw = random.Random(7)
    with TestClient(app) as client:
        for _ in range(300):
            path = f"/v1/{draw.choice(PURPOSES)}"
            answer = client.post(path, content=envelope(station, office.store.state.hub, draw))
            assert answer.status_code in (200, 400), answer.text
            if answer.status_code == 200:
                assert wire.opened(answer.content).purpose in ("refusal", "push", "hello", "ask")
        assert client.post("/v1/push", content=os.urandom(9 << 20)).status_code == 413
        for path in ("/v1/../hub.json", "/v1/%2e%2e/keys.json", "//etc/passwd", "/v1/push/x"):
            assert client.get(path).status_code in (404, 405)
        assert client.get("/v1/push").status_code == 405
        assert client.get("/v1/alive").text == "alive"
    after = (office.store.records(), office.store.in_quarantine(), len(office.store.devices()))
    assert after == before
    add(station, 2, 50)
    assert office.exchange(station).accepted == 2


def test_nothing_secret_is_served(app: Litestar, besieged: tuple[Office, Station]) -> None:
    office, _ = besieged
    secrets = office.store.secrets
    with TestClient(app) as client:
        served = client.get("/schema/openapi.json").content + client.get("/v1/identity").content
    for each in (secrets.signing, secrets.token_key, secrets.authority_key):
        assert each not in served
