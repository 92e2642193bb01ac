"""The office's pages without a browser: who sees what, and what nobody gets."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from checkpoint_app.hub.web.session import Sessions
from tests.hub.web.conftest import PASSWORD, PEOPLE, Room

EVERY = (
    "wall",
    "cases",
    "records",
    "registers",
    "lists",
    "coverage",
    "signals",
    "map",
    "stations",
    "people",
    "book",
)
MAY = {
    "王芳": set(EVERY),
    "城关镇": {"wall", "cases"},
    "赵督": {"wall", "cases", "records", "coverage", "signals", "map", "stations"},
    "孙审": {"wall", "cases", "records", "coverage", "map", "stations", "book"},
}


def word(page: str) -> str:
    found = re.search(r'name="word" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", [*EVERY, "wall/part", "case/x", "record/x"])
def test_nobody_sees_anything_before_signing_in(room: Room, path: str) -> None:
    client = room.client()
    answer = client.get(f"/office/{path}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/office/sign-in?to=/office/")
    assert client.get(f"/office/{path}", headers={"x-part": "1"}).status_code == 401


@pytest.mark.parametrize("name", MAY)
def test_each_role_has_its_pages(room: Room, name: str) -> None:
    client = room.client(name)
    for path in EVERY:
        assert client.get(f"/office/{path}").status_code == (200 if path in MAY[name] else 403)
    rail = client.get("/office/cases").text
    shown = set(re.findall(r'href="/office/(\w+)"', rail)) & set(EVERY)
    assert shown <= MAY[name]


def test_a_wrong_password_says_no_more_than_that(room: Room) -> None:
    client = room.client()
    for name in ("王芳", "nobody"):
        answer = client.post("/office/sign-in", data={"name": name, "password": "wrong one"})
        assert answer.status_code == 401
        assert "姓名或密码不对" in answer.text
    assert "office=" not in str(answer.headers.get("set-cookie"))


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil", "/a\nb", "x", "/office//evil"]
)
def test_signing_in_leads_nowhere_else(room: Room, to: str) -> None:
    form = {"name": "王芳", "password": PASSWORD, "to": to}
    answer = room.client().post("/office/sign-in", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/office/wall"


def test_a_cookie_is_good_for_its_own_browser_and_day(own_room: Room) -> None:
    client = own_room.client("王芳")
    cookie = client.cookies["office"]
    thief = own_room.client()
    thief.headers["user-agent"] = "another browser"
    thief.cookies.set("office", cookie)
    assert thief.get("/office/wall", follow_redirects=False).status_code == 303
    flags = own_room.client().post(
        "/office/sign-in", data={"name": "王芳", "password": PASSWORD}, follow_redirects=False
    )
    said = flags.headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said
    own_room.office.clock.forward(timedelta(hours=11))
    assert client.get("/office/wall", follow_redirects=False).status_code == 303


def test_a_new_password_and_retiring_end_what_was_signed_in(own_room: Room) -> None:
    users = own_room.office.store.users
    client, auditor = own_room.client("王芳"), own_room.client("孙审")
    users.change("王芳", password="a new one 77")
    users.change("孙审", active=False)
    assert client.get("/office/wall", follow_redirects=False).status_code == 303
    assert auditor.get("/office/wall", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "a" * 700, "AAAA", "=" * 40, "\u00e9"])
def test_a_made_up_cookie_is_nobody(room: Room, cookie: str) -> None:
    sessions = Sessions(room.office.store.secrets.signing)
    assert sessions.whose(cookie, "", room.office.clock()) is None


@pytest.mark.parametrize("path", ["stations/add", "people/add", "people/change", "stations/revoke"])
def test_a_form_of_another_site_is_not_taken(room: Room, path: str) -> None:
    client = room.client("王芳")
    form = {"name": "x", "device": "x", "password": "12345678", "role": "office"}
    assert client.post(f"/office/{path}", data=form).status_code == 403
    page = client.get("/office/people").text
    elsewhere = {"origin": "https://evil.example"}
    good = {**form, "word": word(page)}
    assert client.post(f"/office/{path}", data=good, headers=elsewhere).status_code == 403


def test_the_wall_tells_every_station_and_what_is_new(room: Room) -> None:
    page = room.client("赵督").get("/office/wall").text
    assert "东卡点" in page
    assert "西卡点" in page
    assert "红码" in page
    assert page.index("西卡点") < page.index("在线")
    assert "张三丰" not in page
    assert "张*丰" in page


def test_markup_in_a_name_stays_text(room: Room) -> None:
    for path in ("wall", "cases", "records"):
        page = room.client("王芳").get(f"/office/{path}").text
        assert "<b>王五" not in page


def test_a_whole_number_is_shown_with_a_reason_alone(room: Room) -> None:
    client = room.client("王芳")
    found = client.get("/office/records", params={"text": "李"}).text
    assert "410102199203078437" not in found
    (path,) = set(re.findall(r'href="(/office/record/[^"]+)"', found))
    page = client.get(path).text
    assert "410102199203078437" not in page
    assert "410102199203078437" not in client.post(path, data={"word": word(page)}).text
    whole = client.post(path, data={"word": word(page), "reason": "流调核实"}).text
    assert "410102199203078437" in whole
    look = room.office.store.users.looks()[0]
    assert (look.who, look.action, look.reason) == ("王芳", "record", "流调核实")
    assert "流调核实" in room.client("孙审").get("/office/book").text


def test_an_auditor_never_sees_a_whole_number(room: Room) -> None:
    client = room.client("孙审")
    found = client.get("/office/records", params={"text": "李"}).text
    (path,) = set(re.findall(r'href="(/office/record/[^"]+)"', found))
    assert 'name="reason"' not in client.get(path).text
    page = client.get("/office/cases").text
    form = {"word": word(page), "reason": "好奇"}
    assert client.post(path, data=form).status_code == 403


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"text": "8437"}, 1),
        ({"text": "张三"}, 1),
        ({"outcome": "hand_over"}, 1),
        ({"outcome": "nonsense"}, 3),
        ({"from": "2099-01-01"}, 0),
        ({"from": "not a day", "to": "9999-12-31"}, 3),
        ({"text": "%' OR 1=1 --"}, 0),
        ({"text": "_"}, 0),
    ],
)
def test_records_are_found(room: Room, asked: dict[str, str], names: int) -> None:
    page = room.client("王芳").get("/office/records", params=asked).text
    assert len(set(re.findall(r'href="(/office/record/[^"]+)"', page))) == names


def test_a_case_goes_its_way_between_office_and_township(room: Room) -> None:
    office, township, other = (room.client(each) for each in ("王芳", "城关镇", "南乡"))
    page = office.get("/office/cases", params={"text": "张"}).text
    path = re.findall(r'href="(/office/case/[^"]+)"', page)[0]
    for client in (township, other):
        assert client.get(path).status_code == 400
    page = office.get(path).text
    form = {"word": word(page), "event": "reported", "unit": "城关镇", "person": "李镇长"}
    assert office.post(f"{path}/step", data={**form, "unit": ""}).status_code == 400
    assert office.post(f"{path}/step", data=form).status_code == 200
    assert other.get(path).status_code == 400
    mine = township.get(path).text
    receive = {"word": word(mine), "event": "received", "unit": "城关镇", "person": "王主任"}
    answer = township.post(f"{path}/step", data={**receive, "receipt": "回-17"})
    if answer.status_code == 400:  # whoever is held is handed over first
        hand_over = {**form, "event": "handed_over"}
        assert office.post(f"{path}/step", data=hand_over).status_code == 200
        answer = township.post(f"{path}/step", data={**receive, "receipt": "回-17"})
    assert answer.status_code == 200
    assert "回-17" in office.get(path).text
    assert len(township.get("/office/cases").text.split("/office/case/")) == 2


def test_a_code_for_a_station_is_shown_once(room: Room) -> None:
    client = room.client("王芳")
    page = client.get("/office/stations").text
    answer = client.post("/office/stations/add", data={"word": word(page), "name": "南卡点"}).text
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", answer)
    assert "data:image/png;base64," in answer
    again = client.post("/office/stations/add", data={"word": word(page), "name": "东卡点"})
    assert again.status_code == 400


def test_a_station_is_shut_out(own_room: Room) -> None:
    client = own_room.client("王芳")
    page = client.get("/office/stations").text
    device = next(each.device for each in own_room.office.store.devices() if each.name == "东卡点")
    client.post("/office/stations/revoke", data={"word": word(page), "device": device})
    known = own_room.office.store.device(device)
    assert known is not None
    assert known.status == "revoked"


def test_people_are_added_and_retired(room: Room) -> None:
    client = room.client("王芳")
    page = client.get("/office/people").text
    new = {"word": word(page), "name": "新人", "role": "auditor", "password": "a password 1"}
    client.post("/office/people/add", data=new)
    assert "已被使用" in client.post("/office/people/add", data=new).text
    client.post("/office/people/change", data={**new, "active": "no"})
    client.post("/office/people/change", data={"word": word(page), "name": "王芳", "active": "no"})
    active = {each.name: each.active for each in room.office.store.users.listed()}
    assert active["新人"] is False
    assert all(active[name] for name, _, _ in PEOPLE)


def test_every_page_is_closed_to_scripts_and_frames_of_others(room: Room) -> None:
    answer = room.client("王芳").get("/office/wall")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert "style=" not in answer.text
    assert "onclick" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/office/../secrets.bin", "/office/style.css/../../hub.json", "/office/%2e%2e/hub.json"],
)
def test_no_path_leads_out(room: Room, path: str) -> None:
    assert room.client("王芳").get(path).status_code == 404
