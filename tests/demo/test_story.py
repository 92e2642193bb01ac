"""The demo's story against the readers and the rules that it is meant to teach."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from checkpoint_app.codes import ChunkJoiner, Trust, TrustFile, parse_trust_file, read
from checkpoint_app.desk.evidence import absorb, health_code_of, status_of
from checkpoint_app.domain.credential import Colour, Credential
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
    TemperatureReading,
)
from checkpoint_app.domain.person import IdCard, Person, read_id_card
from checkpoint_app.domain.policy import decide
from checkpoint_app.resources import resource
from checkpoint_app.shipped_rules import shipped
from tools.demo import issuers, story

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DEMO = resource("demo")
STORY = json.loads((DEMO / "story.json").read_text("utf-8"))
TRAVELLERS: list[dict[str, Any]] = STORY["travellers"]
ACTIONS = {
    "no_phone", "identity", "itinerary", "temperature", "wait", "park", "reopen", "change",
    "confirm", "clear",
}  # fmt: skip

each_traveller = pytest.mark.parametrize("traveller", TRAVELLERS, ids=lambda each: each["id"])


def demo_trust() -> Trust:
    files = [
        parse_trust_file(file.name, file.read_bytes(), NOW)
        for file in sorted((DEMO / "trust").iterdir())
    ]
    assert all(isinstance(file, TrustFile) and not file.refused for file in files)
    return Trust.of(file for file in files if isinstance(file, TrustFile))


def credentials(traveller: dict[str, Any], at: datetime = NOW) -> list[Credential]:
    """What the codes of a traveller come to, their parts joined."""
    joiner, trust, found = ChunkJoiner(), demo_trust(), []
    for shown in traveller["shown"]:
        whole = joiner.join(shown["text"]).text if shown["text"] else None
        if whole is not None:
            seen = shown["colour"] if shown["colour"] != "grey" else "unknown"
            found.append(read(whole, trust, at, Colour(seen) if seen else None))
    return found


@pytest.mark.skipif("ng" in zlib.ZLIB_RUNTIME_VERSION, reason="zlib-ng packs differently")
def test_drawing_the_story_again_gives_the_same_texts_and_frames() -> None:
    again = story.as_json(story.travellers(), STORY["footage"])
    assert json.loads(again) == STORY


def test_drawing_the_trust_files_again_gives_the_same_bytes(tmp_path: Path) -> None:
    for file in issuers.write_trust(tmp_path):
        assert file.read_bytes() == (DEMO / "trust" / file.name).read_bytes()


def test_twenty_travellers_come_one_after_another() -> None:
    assert len(TRAVELLERS) == 20
    frames = [-1]
    for traveller in TRAVELLERS:
        shown = traveller["shown"]
        frames += [traveller["first_frame"], shown[0]["first_frame"]]
        frames += [shown[-1]["last_frame"], traveller["last_frame"]]
    assert frames == sorted(frames)
    assert frames[-1] < STORY["frames"]


@each_traveller
def test_codes_come_out_as_the_story_says(traveller: dict[str, Any]) -> None:
    expected = [each for each in traveller["shown"] if each["text"]]
    for credential in credentials(traveller):
        assert credential.format == expected[0]["format"]
        assert credential.authenticity == expected[0]["authenticity"]
        if expected[0]["holder"]:
            words = str(credential.holder.name).replace(",", " ").split()
            assert sorted(words) == sorted(expected[0]["holder"]["name"].split())


@each_traveller
def test_codes_read_the_same_years_later(traveller: dict[str, Any]) -> None:
    later = NOW.replace(year=2035)
    files = [file.current_at(later) for file in demo_trust().files]
    for shown in (each for each in traveller["shown"] if each["text"]):
        if not shown["text"].startswith("shc:/1/"):
            credential = read(shown["text"], Trust.of(files), later)
            assert credential.format == shown["format"]


@each_traveller
def test_the_rules_come_to_the_storys_verdict(traveller: dict[str, Any]) -> None:
    inspection = Inspection(UUID(int=1), NOW, person=_person(traveller), mask=True)
    for credential in credentials(traveller):
        status = status_of(credential)
        if status is not None:
            code = health_code_of(credential, status, "f", NOW)
            inspection = absorb(inspection, credential, code)
    now = NOW
    for action in traveller["officer"]:
        assert action["do"] in ACTIONS
        now += timedelta(seconds=action.get("seconds", 1))
        inspection = _after(inspection, action, now)
    verdict = decide(inspection, shipped("road"), now=now)
    # the duplicate is cleared before anything is added: its verdict is the earlier one's
    if traveller["duplicate_of"] is None:
        assert verdict.outcome == traveller["verdict"]


def _person(traveller: dict[str, Any]) -> Person:
    told = any(action["do"] == "identity" for action in traveller["officer"])
    return Person(**traveller["person"]) if told else Person()


def _after(inspection: Inspection, action: dict[str, Any], now: datetime) -> Inspection:
    match action["do"]:
        case "no_phone":
            return replace(inspection, health_code=HealthCode(CodeStatus.NONE))
        case "itinerary":
            cities = tuple(City(name) for name in action["cities"])
            return replace(inspection, itinerary=Itinerary(action["shown"], cities))
        case "temperature":
            reading = TemperatureReading(action["celsius"], now)
            return replace(inspection, temperatures=(*inspection.temperatures, reading))
    return inspection


@each_traveller
def test_numbers_hold_together(traveller: dict[str, Any]) -> None:
    number = traveller["person"].get("id_number")
    assert number is None or isinstance(read_id_card(number, NOW.date()), IdCard)


def test_an_unrecorded_traveller_is_cleared_or_parked() -> None:
    for traveller in TRAVELLERS:
        last = traveller["officer"][-1]["do"]
        assert (last == "confirm") is traveller["recorded"]


def test_every_kind_of_outcome_is_met() -> None:
    outcomes = {traveller["outcome"] for traveller in TRAVELLERS}
    assert outcomes == {"pass", "register", "hold", "hand_over", "incomplete", "turn_back"}
