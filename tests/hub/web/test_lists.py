"""Lists, registers, signals, coverage and the map on the office's pages."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pypdf
import pytest

from checkpoint_app.hub.web.chart import HIGH, WIDE
from tests.hub.web.conftest import NUMBER, Room
from tests.hub.web.test_pages import word

ROWS = (f"李明,{NUMBER},13800001111", "查无此人,41010219920307812X,", "坏号,410102199203078431,")
WATCH = "\n".join(("姓名,证件号,电话", *ROWS)) + "\n"


def look(room: Room, client, kind: str, station: str, name: str, body: bytes):
    page = client.get("/office/lists").text
    form = {"word": word(page), "kind": kind, "station": station}
    return client.post("/office/lists/look", data=form, files={"file": (name, body)})


def hidden(page: str) -> dict[str, str]:
    form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="(map\.[^"]+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form[name] = chosen[1] if chosen else ""
    return form


def device_of(room: Room, name: str) -> str:
    return next(each.device for each in room.office.store.devices() if each.name == name)


def test_a_list_is_looked_at_and_then_put_in_force(room: Room) -> None:
    client, device = room.client("王芳"), device_of(room, "东卡点")
    page = look(room, client, "watch", device, "名单.csv", WATCH.encode("gbk")).text
    figures = re.findall(r'<div class="figure">\s*(\d+)', page)
    assert figures == ["2", "1"]
    assert not [e for e in room.office.store.lists() if e.name.startswith("watch")]
    client.post("/office/lists/force", data=hidden(page))
    (state,) = [e for e in room.office.store.lists() if e.name == f"watch@{device}"]
    assert state.rows == 2
    again = client.post("/office/lists/force", data=hidden(page))
    assert again.status_code == 400  # the file is gone


def test_the_countys_list_goes_out_as_tokens(room: Room) -> None:
    client = room.client("王芳")
    page = look(room, client, "watch", "county", "a.csv", WATCH.encode()).text
    client.post("/office/lists/force", data=hidden(page))
    kinds = {each.name: each.kind for each in room.office.store.lists()}
    assert kinds["county"] == "tokens"
    page = client.get("/office/coverage").text
    assert "50.0 %" in page


def test_columns_that_are_not_known_are_asked_for(room: Room) -> None:
    client = room.client("王芳")
    odd = f"谁,号\n李明,{NUMBER}\n".encode()
    page = look(room, client, "watch", "county", "a.csv", odd).text
    assert 'formaction="/office/lists/force"' not in page
    form = hidden(page) | {"map.name": "谁", "map.id_number": "号"}
    page = client.post("/office/lists/again", data=form).text
    assert 'formaction="/office/lists/force"' in page


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.exe", b"MZ"),
        ("a.csv", b""),
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("../../a.csv", b"\x00\x01\x02"),
        ("a.json", b"{"),
    ],
)
def test_bad_files_are_a_sentence(room: Room, name: str, body: bytes) -> None:
    answer = look(room, room.client("王芳"), "watch", "county", name, body)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("ticket", ["../hub.json", "x", "a" * 32 + ".csv", ""])
def test_nobody_puts_in_force_what_they_did_not_bring(room: Room, ticket: str) -> None:
    client = room.client("王芳")
    form = {"word": word(client.get("/office/lists").text), "kind": "watch", "station": "county"}
    answer = client.post("/office/lists/force", data={**form, "ticket": ticket})
    assert answer.status_code == 400


def take(client, **form: str):
    base = {"sheet": "daily", "day": "2022-03-14", "station": "", "whole": "no", "form": "xlsx"}
    page = client.get("/office/registers").text
    return client.post("/office/registers", data={**base, "word": word(page), **form})


def test_registers_of_all_stations_as_files(room: Room) -> None:
    client = room.client("王芳")
    answer = take(client)
    assert answer.headers["content-disposition"].startswith("attachment")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert sum("王五" in each or "张*丰" in each for each in cells) >= 1
    assert NUMBER not in cells
    text = "".join(p.extract_text() for p in pypdf.PdfReader(
        io.BytesIO(take(client, form="pdf", sheet="abnormal").content)).pages)  # fmt: skip
    assert "异常人员" in text
    assert take(client, form="csv", sheet="summary").status_code == 200
    assert "export" in {each.action for each in room.office.store.users.looks()}


def test_whole_numbers_leave_with_a_reason_alone(room: Room) -> None:
    client = room.client("王芳")
    assert take(client, whole="yes").status_code == 400
    answer = take(client, whole="yes", reason="上报市局")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert NUMBER in [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "上报市局" in {each.reason for each in room.office.store.users.looks()}


@pytest.mark.parametrize(
    "form", [{"sheet": "nonsense"}, {"form": "exe"}, {"day": "soon"}, {"station": "nobody"}]
)
def test_a_register_of_nothing_is_a_sentence(room: Room, form: dict[str, str]) -> None:
    assert take(room.client("王芳"), **form).status_code == 400


def test_signals_name_every_station(room: Room) -> None:
    page = room.client("赵督").get("/office/signals", params={"day": "2022-03-14"}).text
    assert "东卡点" in page
    assert room.client("赵督").get("/office/signals", params={"day": "x"}).status_code == 200
    assert date.fromisoformat("2022-03-14").isoformat() in page


def test_stations_stand_on_the_map_where_they_stand(room: Room) -> None:
    client = room.client("王芳")
    page = client.get("/office/map").text
    for name, north, east in (("东卡点", "34.15", "112.60"), ("西卡点", "34.10", "112.40")):
        form = {"device": device_of(room, name), "latitude": north, "longitude": east}
        client.post("/office/map", data={"word": word(page), **form})
    page = client.get("/office/map").text
    circles = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="9"/><text', page)
    places = [(float(x), float(y)) for x, y in circles]
    assert len(places) == 2
    assert all(0 < x < WIDE and 0 < y < HIGH for x, y in places)
    (east, west) = places
    assert east[0] > west[0]
    assert east[1] < west[1]


@pytest.mark.parametrize("north", ["nan", "91", "", "x", "1e999"])
def test_a_place_that_is_none(room: Room, north: str) -> None:
    client = room.client("王芳")
    form = {"device": device_of(room, "东卡点"), "latitude": north, "longitude": "1"}
    page = client.get("/office/map").text
    assert client.post("/office/map", data={"word": word(page), **form}).status_code == 400
