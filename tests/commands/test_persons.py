"""`checkpoint screen --person`: one JSON line in, one out, in order, whatever the lines are."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.domain.list_entries import (
    Entry,
    ReturneeEntry,
    RiskEntry,
    RosterEntry,
    WatchEntry,
)
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.station import Station

AT = "2026-11-23T03:12:00+08:00"
WHO = "11010519491231002X"
CHILD = "110105201806010026"
PERSON: dict[str, Any] = {
    "at": AT,
    "name": "李建国",
    "id_number": WHO,
    "phone": "13812348888",
    "health_code": "green",
    "itinerary_shown": True,
    "cities": [],
    "temperature_c": [36.5],
    "mask": True,
    "symptoms": [],
    "contact": False,
}


def screen(
    capsys: pytest.CaptureFixture[str], folder: Path, people: list[Any], *more: str, code: int = 0
) -> list[dict[str, Any]]:
    file = folder.parent / "people.jsonl"
    lines = (each if isinstance(each, str) else json.dumps(each) for each in people)
    file.write_text("\n".join(lines), "utf-8")
    capsys.readouterr()
    assert main(["screen", "--person", str(file), "--json", "--data", str(folder), *more]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def one(
    capsys: pytest.CaptureFixture[str], folder: Path, *more: str, **facts: Any
) -> dict[str, Any]:
    (answer,) = screen(capsys, folder, [{**PERSON, **facts}], *more)
    return answer


def put(folder: Path, kind: ListKind, *entries: Entry, now: datetime | None = None) -> None:
    now = now or datetime.now(UTC)
    with Station.open(folder, now=now) as station:
        station.lists.put(NewList(kind, "list.xlsx", now, "王芳"), entries, now)


def test_a_normal_person_passes_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    answer = one(capsys, data_folder)
    assert (answer["outcome"], answer["reasons"], answer["case"]) == ("pass", [], None)
    assert answer["versions"] == {
        "policy": "default-1",
        "trust": None,
        "watch": None,
        "risk": None,
        "roster": None,
    }
    assert list(data_folder.iterdir()) == []


def test_nothing_but_the_time_is_known(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    (answer,) = screen(capsys, data_folder, [{"at": AT}])
    assert answer["outcome"] == "incomplete"
    assert answer["missing"] == ["health_code", "itinerary", "mask", "temperature"]


@pytest.mark.parametrize(
    ("facts", "outcome", "reasons"),
    [
        ({"health_code": "red"}, "hand_over", ["red_code"]),
        ({"health_code": "unknown"}, "incomplete", ["code_colour_unknown"]),
        ({"health_code": "none"}, "register", ["no_phone"]),
        (
            {"health_code": "none", "itinerary_shown": None, "cities": None, "from": "郑州"},
            "register",
            ["no_phone"],
        ),
        (
            {"health_code": "none", "itinerary_shown": False, "cities": None},
            "incomplete",
            ["itinerary_missing", "no_phone"],
        ),
        (
            {"health_code": "none", "id_number": None},
            "incomplete",
            ["identity_missing", "no_phone"],
        ),
        (
            {"health_code": "none", "id_number": None, "replacement": "proxy_code"},
            "register",
            ["no_phone"],
        ),
        ({"temperature_c": [37.3]}, "retest", ["fever_unconfirmed"]),
        ({"temperature_c": 37.2}, "pass", []),
        ({"temperature_c": [37.3, 37.3]}, "hand_over", ["fever_confirmed"]),
        ({"temperature_c": [37.6, 36.6]}, "register", ["fever_ruled_out"]),
        ({"temperature_c": [37.6, 44.0, 36.6]}, "register", ["fever_ruled_out"]),
        ({"temperature_c": [44.0, 37.6]}, "retest", ["fever_unconfirmed"]),
        ({"symptoms": ["干咳", "dizzy"]}, "hold", ["symptoms"]),
        ({"contact": True}, "hold", ["contact_declared"]),
        ({"abroad": {"arrived": "2026-11-20"}}, "hand_over", ["returnee_from_abroad"]),
        ({"cities": [{"name": "上海市", "starred": True}]}, "incomplete", ["star_unanswered"]),
        ({"purpose": "ambulance", "health_code": None, "mask": None}, "register", ["emergency"]),
        ({"direction": "out", "health_code": "yellow"}, "hold", ["yellow_code"]),
        ({"direction": "out", "temperature_c": [39, 39], "mask": False}, "pass", []),
        ({"nat": {"result": "positive"}}, "hand_over", ["positive_test"]),
    ],
)
def test_typed_facts(
    capsys: pytest.CaptureFixture[str],
    data_folder: Path,
    facts: dict[str, Any],
    outcome: str,
    reasons: list[str],
) -> None:
    answer = one(capsys, data_folder, **facts)
    assert answer["outcome"] == outcome
    assert answer["reasons"][: len(reasons)] == reasons


def test_missing_certificates_are_named(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    papers = ["release_observation", "double_sampling"]
    answer = one(capsys, data_folder, abroad={"arrived": "2026-11-20", "certificates": papers})
    assert answer["reasons"] == ["returnee_from_abroad", "certificate_missing"]
    assert answer["sentences"][1] == "缺证明：携带物品核酸检测证明"


@pytest.mark.parametrize(
    ("place", "listed"),
    [("上海市", "310115"), ("浦东新区", "310000"), ("310115", "310115"), (310115, "310115003000")],
)
@pytest.mark.parametrize("field", ["cities", "from", "residence"])
def test_places_match_in_either_direction(
    capsys: pytest.CaptureFixture[str], data_folder: Path, place: Any, listed: str, field: str
) -> None:
    put(data_folder, ListKind.RISK, RiskEntry(code=listed, starts=date(2026, 1, 1)))
    said: Any = [{"name": place}] if field == "cities" else place
    facts: dict[str, Any] = {"residence": "410105", field: said}
    answer = one(capsys, data_folder, "--county", "410326", **facts)
    assert (answer["outcome"], answer["reasons"]) == ("turn_back", ["risk_area_not_local"])
    assert answer["versions"]["risk"] is not None
    tested = {"result": "negative", "at": "2026-11-21T03:12:00+08:00"}
    answer = one(capsys, data_folder, "--county", "410326", **facts, nat=tested)
    assert answer["outcome"] == "register"
    elsewhere = one(capsys, data_folder, "--county", "410326", cities=[{"name": "郑州市"}])
    assert elsewhere["outcome"] == "pass"


def test_local_is_who_lives_in_the_county(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    put(data_folder, ListKind.RISK, RiskEntry(code="310115"))
    facts: dict[str, Any] = {"cities": [{"name": "上海"}], "residence": "洛阳市汝阳县城关镇"}
    home = ("--county", "410326")
    assert one(capsys, data_folder, *home, **facts)["outcome"] == "hold"
    accepted = one(capsys, data_folder, *home, **facts, community_acceptance=True)
    assert accepted["reasons"] == ["risk_area_accepted"]
    assert one(capsys, data_folder, "--county", "410327", **facts)["outcome"] == "turn_back"
    unknown = one(capsys, data_folder, *home, **{**facts, "residence": None})
    assert unknown["reasons"] == ["residence_unknown"]
    wide = one(capsys, data_folder, *home, **{**facts, "residence": "河南省"})
    assert wide["reasons"] == ["residence_unknown"]


def test_lists_in_force_are_asked(capsys: pytest.CaptureFixture[str], data_folder: Path) -> None:
    put(data_folder, ListKind.WATCH, WatchEntry(id_number=WHO, source="省推送"))
    answer = one(capsys, data_folder)
    assert (answer["outcome"], answer["reasons"]) == ("hold", ["on_watch_list"])
    assert answer["versions"]["watch"] is not None
    assert answer["versions"]["risk"] is None
    put(data_folder, ListKind.RETURNEE, ReturneeEntry(name="李建国", id_number=WHO))
    both = one(capsys, data_folder)
    assert both["outcome"] == "hand_over"
    assert {"returnee_from_abroad", "on_watch_list"} <= set(both["reasons"])


def test_only_the_roster_is_admitted_to_a_school(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    put(data_folder, ListKind.ROSTER, RosterEntry(name="王芳", id_number="110105199003070021"))
    assert one(capsys, data_folder)["outcome"] == "pass"
    answer = one(capsys, data_folder, "--kind", "school")
    assert answer["reasons"] == ["not_on_roster"]
    assert one(capsys, data_folder, "--kind", "hospital")["outcome"] == "pass"


MING = RosterEntry(name="李建国", id_number=WHO, window="07:10-07:40", household="王强 13800138000")
LATE = "2026-11-23T08:05:00+08:00"


def settle(folder: Path, kind: str, **outcomes: str) -> None:
    file = folder.parent / "policy.json"
    file.write_text(json.dumps({"kind": kind, "outcomes": outcomes}), "utf-8")
    assert main(["policy", "set", str(file), "--data", str(folder)]) == 0


@pytest.mark.parametrize(
    ("at", "settled", "outcome", "reasons"),
    [
        ("2026-11-23T07:40:59+08:00", "register", "pass", []),
        ("2026-11-23T07:41:00+08:00", "pass", "pass", ["outside_window"]),
        (LATE, "pass", "pass", ["outside_window"]),
        (LATE, "register", "register", ["outside_window"]),
    ],
)
def test_somebody_out_of_their_time_is_a_note_or_registered(
    capsys: pytest.CaptureFixture[str],
    data_folder: Path,
    at: str,
    settled: str,
    outcome: str,
    reasons: list[str],
) -> None:
    put(data_folder, ListKind.ROSTER, MING)
    settle(data_folder, "school", outside_window=settled)
    answer = one(capsys, data_folder, "--kind", "school", at=at)
    assert (answer["outcome"], answer["reasons"]) == (outcome, reasons)


@pytest.mark.parametrize("settled", ["pass", "register", "hold"])
def test_somebody_whose_household_is_listed_is_dealt_with_as_settled(
    capsys: pytest.CaptureFixture[str], data_folder: Path, settled: str
) -> None:
    put(data_folder, ListKind.ROSTER, MING)
    on_time = "2026-11-23T07:20:00+08:00"
    assert one(capsys, data_folder, "--kind", "school", at=on_time)["outcome"] == "pass"
    put(data_folder, ListKind.WATCH, WatchEntry(phone="13800138000"))
    answer = one(capsys, data_folder, "--kind", "school", at=on_time)
    assert (answer["outcome"], answer["reasons"]) == ("register", ["household_stopped"])
    assert "王*" in answer["sentences"][0]
    settle(data_folder, "school", household_stopped=settled)
    assert one(capsys, data_folder, "--kind", "school", at=on_time)["outcome"] == settled


def test_an_old_list_is_a_note_and_a_list_never_imported_is_none(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=9)
    put(data_folder, ListKind.WATCH, WatchEntry(id_number="x1234567"), now=long_ago)
    answer = one(capsys, data_folder)
    assert (answer["outcome"], answer["reasons"]) == ("pass", ["list_old"])


def test_a_party_is_judged_together(capsys: pytest.CaptureFixture[str], data_folder: Path) -> None:
    """The red one comes last and is still known of; the child follows the grown-up before it."""
    child = {"at": AT, "id_number": CHILD, "party": "b", "temperature_c": [36.4], "mask": True}
    people = [
        {**PERSON, "party": "a"},
        {**PERSON},
        {**PERSON, "party": "a", "name": "陈明", "health_code": "red"},
        {**PERSON, "party": "b"},
        child,
        {**child, "party": None},
        {**PERSON, "party": "c", "health_code": "grey"},
        {**child, "party": "c"},
    ]
    answers = screen(capsys, data_folder, people)
    assert [(each["outcome"], each["reasons"][:1]) for each in answers] == [
        ("hold", ["companion_stopped"]),
        ("pass", []),
        ("hand_over", ["red_code"]),
        ("pass", []),
        ("pass", []),
        ("incomplete", ["health_code_missing"]),
        ("incomplete", ["grey_code"]),
        ("incomplete", ["follows_guardian"]),
    ]
    assert "陈*" in answers[0]["sentences"][0]


@pytest.mark.parametrize(
    ("line", "error", "field"),
    [
        ("nonsense", "line_not_json", None),
        ("[1]", "line_not_json", None),
        ('{"at":', "line_not_json", None),
        ("[" * 60_000, "line_not_json", None),
        ("\x00\x00", "line_not_json", None),
        ('{"at": "' + "x" * 70_000 + '"}', "line_too_long", None),
        ({}, "field_wrong", "at"),
        ({"at": "tomorrow"}, "field_wrong", "at"),
        ({"at": AT, "id_number": "\ud800"}, "field_wrong", "id_number"),
        ({"at": AT, "cities": [{"name": "上海\udfff"}]}, "field_wrong", "cities.name"),
        ({"at": AT, "symptoms": ["\ud800"]}, "field_wrong", "symptoms"),
        ({"at": 5}, "field_wrong", "at"),
        ({"at": "0001-01-01T00:00:00"}, "field_wrong", "at"),
        ({**PERSON, "name": ["x"]}, "field_wrong", "name"),
        ({**PERSON, "name": "x" * 201}, "field_wrong", "name"),
        ({**PERSON, "mask": "yes"}, "field_wrong", "mask"),
        ({**PERSON, "health_code": "blue"}, "field_wrong", "health_code"),
        ({**PERSON, "health_code": "certificate"}, "field_wrong", "health_code"),
        ({**PERSON, "temperature_c": ["36.5"]}, "field_wrong", "temperature_c"),
        ({**PERSON, "temperature_c": [True]}, "field_wrong", "temperature_c"),
        ({**PERSON, "temperature_c": [36.5] * 21}, "field_wrong", "temperature_c"),
        (json.dumps(PERSON).replace("36.5", "NaN"), "field_wrong", "temperature_c"),
        (json.dumps(PERSON).replace("36.5", "1e999"), "field_wrong", "temperature_c"),
        ({**PERSON, "cities": "上海"}, "field_wrong", "cities"),
        ({**PERSON, "cities": [None]}, "field_wrong", "cities"),
        ({**PERSON, "cities": [{"starred": True}]}, "field_wrong", "cities.name"),
        ({**PERSON, "nat": {"result": "maybe"}}, "field_wrong", "nat.result"),
        ({**PERSON, "nat": {"at": "x"}}, "field_wrong", "nat.at"),
        ({**PERSON, "doses": -1}, "field_wrong", "doses"),
        ({**PERSON, "abroad": {"certificates": ["x"]}}, "field_wrong", "abroad.certificates"),
        ({**PERSON, "direction": "up"}, "field_wrong", "direction"),
        ({**PERSON, "symptoms": "cough"}, "field_wrong", "symptoms"),
    ],
)
def test_a_bad_line_is_told_and_the_rest_go_on(
    capsys: pytest.CaptureFixture[str],
    data_folder: Path,
    line: Any,
    error: str,
    field: str | None,
) -> None:
    answers = screen(capsys, data_folder, [PERSON, line, PERSON], code=1)
    assert [each.get("outcome") for each in answers] == ["pass", None, "pass"]
    told = answers[1]
    assert (told["error"], told["line"], told["field"]) == (error, 2, field)
    assert told["sentence"]


def test_lines_that_were_not_taken_refuse_the_command_in_one_sentence(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    file = data_folder.parent / "people.jsonl"
    file.write_text("nonsense\n{}\n", "utf-8")
    assert main(["screen", "--person", str(file), "--data", str(data_folder)]) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 2
    assert told.err.count("\n") == 1
    assert "2" in told.err


def test_fields_that_nobody_knows_are_named(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    answer = one(capsys, data_folder, healthcode="red")
    assert (answer["outcome"], answer["ignored"]) == ("pass", ["healthcode"])


def test_lines_come_from_standard_input_too(
    capsys: pytest.CaptureFixture[str], data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = f"\ufeff{json.dumps(PERSON)}\r\n\r\n{json.dumps(PERSON)}".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
    assert main(["screen", "--person", "-", "--json", "--data", str(data_folder)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_recorded_persons_are_inspections_of_their_own_time(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    people = [PERSON, {**PERSON, "health_code": "red"}]
    answers = screen(capsys, data_folder, people, "--record")
    assert answers[0]["case"] is None
    now = datetime.now(UTC)
    with Station.open(data_folder, now=now) as station:
        found = station.search("李建国")
        assert {each.confirmed_at for each in found} == {datetime.fromisoformat(AT)}
        assert sorted(each.outcome for each in found) == ["hand_over", "pass"]
        assert answers[1]["case"] is not None
        assert station.verify().ok
    assert screen(capsys, data_folder, [PERSON])[0]["case"] is None
    with Station.open(data_folder, now=now) as station:
        assert len(station.search("李建国")) == 2


def test_a_county_must_be_a_code(capsys: pytest.CaptureFixture[str], data_folder: Path) -> None:
    screen(capsys, data_folder, [PERSON], "--county", "Luoyang", code=1)


def test_a_source_or_persons(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["screen"], ["screen", "demo", "--person", "x"]):
        with pytest.raises(SystemExit, match="2"):
            main(arguments)


def test_what_only_some_lists_ask_for_stands_on_them(
    capsys: pytest.CaptureFixture[str], data_folder: Path, tmp_path: Path
) -> None:
    one(
        capsys,
        data_folder,
        "--record",
        name="麦麦提",
        doses=0,
        unvaccinated="postponed",
        unit="第一中学",
        guardian="李红 13900001111",
    )
    out = tmp_path / "list.json"
    sheet = ("--date", "2026-11-22", "--out", str(out), "--data", str(data_folder))
    assert main(["register", "--kind", "unvaccinated", "--mask", "none", *sheet]) == 0
    line = json.loads(out.read_text("utf-8").splitlines()[0])
    assert line["unvaccinated_reason"] == "暂缓"
    assert (line["unit"], line["guardian"]) == ("第一中学", "李红 13900001111")
    assert main(["register", "--kind", "unvaccinated", "--mask", "partial", *sheet]) == 0
    masked = json.loads(out.read_text("utf-8").splitlines()[0])
    assert "13900001111" not in masked["guardian"]
    assert "李红" not in masked["guardian"]


def test_when_somebody_left_a_risk_area_and_how(
    capsys: pytest.CaptureFixture[str], data_folder: Path, tmp_path: Path
) -> None:
    put(data_folder, ListKind.RISK, RiskEntry(code="530102", name="五华区"))
    one(
        capsys,
        data_folder,
        "--record",
        cities=[{"name": "五华区", "code": "530102"}],
        local=True,
        transport="高铁 G1234",
        left_area_at="11月21日18时",
    )
    out = tmp_path / "list.json"
    words = ["register", "--date", "2026-11-22", "--kind", "risk_contacts", "--out", str(out)]
    assert main([*words, "--data", str(data_folder)]) == 0
    line = json.loads(out.read_text("utf-8").splitlines()[0])
    assert line["left_area_at"] == "2026-11-21T18:00:00"
    assert line["transport"] == "火车 G1234"


def test_a_reason_that_nobody_knows_is_refused_by_its_field(
    capsys: pytest.CaptureFixture[str], data_folder: Path
) -> None:
    (answer,) = screen(capsys, data_folder, [{**PERSON, "unvaccinated": "lazy"}], code=1)
    assert (answer["error"], answer["field"]) == ("field_wrong", "unvaccinated")
