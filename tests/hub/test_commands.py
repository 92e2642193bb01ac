"""The hub and its stations by the command line, over real TLS, as two programs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING, recorded

ROOT = Path(__file__).parents[2]


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == code
    said = capsys.readouterr()
    if code:
        assert len(said.err.strip().splitlines()) == 1
        return {}
    (line,) = said.out.splitlines()
    answer: dict[str, Any] = json.loads(line)
    return answer


@dataclass
class Running:
    """A hub that serves in a process of its own."""

    folder: Path
    process: subprocess.Popen[str]
    url: str
    fingerprint: str

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        self.process.wait(20)


def start(folder: Path, *words: str) -> Running:
    line = [sys.executable, "-m", "checkpoint_app", "hub", "serve", "--host", "127.0.0.1"]
    line += ["--port", "0", "--data", str(folder), "--json", *words]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    return Running(folder, process, told["url"], told["fingerprint"])


@pytest.fixture
def running(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Running]:
    run(capsys, "hub", "init", "--name", "县指挥部", "--data", str(tmp_path / "hub"))
    hub = start(tmp_path / "hub")
    yield hub
    hub.stop()
    assert hub.process.stdout is not None
    hub.process.stdout.close()


def test_a_station_enrols_sends_and_ends_in_the_hubs_head(
    capsys: pytest.CaptureFixture[str], running: Running, tmp_path: Path
) -> None:
    office, desk = ("--data", str(running.folder)), ("--data", str(tmp_path / "station"))
    with Station.open(tmp_path / "station", now=MORNING) as station:
        for number in range(12):
            station.record(recorded(f"王{number}", minute=number), None)
    given = run(capsys, "hub", "device", "add", "东卡点", *office)
    assert set(given) == {"code", "fingerprint", "url"}
    assert given["fingerprint"] == running.fingerprint
    wrong = "0000" + given["fingerprint"][4:]
    join = ("sync", "enrol", running.url, "--code", given["code"], *desk)
    run(capsys, "sync", "now", *desk, code=1)
    run(capsys, *join, "--fingerprint", wrong, code=1)
    run(capsys, *join, "--fingerprint", given["fingerprint"].lower().replace("-", " "))
    assert run(capsys, "sync", "status", *desk)["pending"] == 13
    done = run(capsys, "sync", "now", *desk)
    assert done == {"sent": 13, "accepted": 13, "duplicates": 0, "refused": 0, "pending": 0}
    found, status = run(capsys, "verify", *desk), run(capsys, "hub", "status", *office)
    (device,) = status["devices"]
    assert device["head"] == found["head"]
    assert (device["name"], device["epoch"], device["seq"]) == ("东卡点", 1, 13)
    assert device["waiting"] == 0
    assert (status["records"], device["records"], status["quarantine"]) == (13, 13, 0)
    run(capsys, "hub", "device", "revoke", "东卡点", *office)
    run(capsys, "sync", "now", *desk, code=1)
    running.stop()
    run(capsys, "sync", "now", *desk, code=1)


def test_a_copied_folder_is_stopped_with_a_sentence(
    capsys: pytest.CaptureFixture[str], running: Running, tmp_path: Path
) -> None:
    one, other = tmp_path / "station", tmp_path / "copy"
    Station.open(one, now=MORNING).close()
    given = run(capsys, "hub", "device", "add", "东卡点", "--data", str(running.folder))
    known = ("--code", given["code"], "--fingerprint", given["fingerprint"])
    run(capsys, "sync", "enrol", running.url, *known, "--data", str(one))
    run(capsys, "sync", "now", "--data", str(one))
    shutil.copytree(one, other)
    for number, folder in enumerate((one, other)):
        with Station.open(folder, now=MORNING) as station:
            station.record(recorded(f"王{number}"), None)
    run(capsys, "sync", "now", "--data", str(one))
    run(capsys, "sync", "now", "--data", str(other), code=1)
    run(capsys, "sync", "now", "--data", str(one), code=1)


def test_a_hub_is_begun_once_and_only_looked_at_where_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = ("--data", str(tmp_path / "hub"))
    run(capsys, "hub", "status", *data, code=1)
    assert not (tmp_path / "hub").exists()
    first = run(capsys, "hub", "init", *data)
    assert main(["hub", "init", *data]) == 1
    assert "指挥部" in capsys.readouterr().err
    given = run(capsys, "hub", "device", "add", "东卡点", *data)
    assert given["fingerprint"] == first["fingerprint"]
    run(capsys, "hub", "device", "add", "", *data, code=1)
    run(capsys, "hub", "device", "revoke", "西卡点", *data, code=1)
    run(capsys, "hub", "status", "--passphrase-file", str(tmp_path / "none"), *data, code=1)


def test_a_port_that_is_in_use_or_none_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = ("--data", str(tmp_path / "hub"))
    run(capsys, "hub", "init", *data)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert main(["hub", "serve", "--host", "127.0.0.1", "--port", port, *data]) == 1
    assert f"端口 {port} " in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["hub", "serve", "--port", "99999", *data])


def test_a_hub_with_a_passphrase_opens_with_it_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data, file = ("--data", str(tmp_path / "hub")), tmp_path / "passphrase"
    file.write_text("指挥部的口令\n", "utf-8")
    begun = run(capsys, "hub", "init", *data, "--passphrase-file", str(file))
    assert begun["recovery_key"]
    run(capsys, "hub", "status", *data, code=1)
    assert run(capsys, "hub", "status", *data, "--passphrase-file", str(file))["records"] == 0
    file.write_text(begun["recovery_key"], "utf-8")
    run(capsys, "hub", "status", *data, "--passphrase-file", str(file))
