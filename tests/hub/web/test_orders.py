"""Rules, forms, trust files and operators on the office's page: looked at, ordered, taken back."""

from __future__ import annotations

import html
import re
from pathlib import Path

from checkpoint_app.desk.hub_lists import hand_on
from checkpoint_app.hub import handing
from tests.hub.web.conftest import Room
from tests.hub.web.test_lists import device_of
from tests.hub.web.test_pages import word
from tests.store.travellers import MORNING


def send(client, path: str, **form: str):
    page = client.get("/office/orders").text
    return client.post(f"/office/orders{path}", data={"word": word(page), **form})


def text_of(page: str) -> str:
    found = re.search(r'class="text">\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def test_rules_are_looked_at_and_then_ordered(room: Room) -> None:
    client = room.client("王芳")
    text = text_of(client.get("/office/orders/text?list=policy&key=school").text)
    stricter = text.replace("fever_threshold_c = 37.3", "fever_threshold_c = 37.0")
    assert stricter != text
    looked = send(client, "/look", list="policy", key="school", text=stricter).text
    assert "fever_threshold_c" in looked
    assert "37.3" in looked
    assert room.office.store.list_rows("policy") == {}
    wrong = text.replace("fever_threshold_c = 37.3", "fever_threshold_c = 45")
    refused = send(client, "/force", list="policy", key="school", text=wrong)
    assert refused.status_code == 400
    assert "37–38" in refused.text
    assert wrong.strip() in html.unescape(refused.text)  # nothing typed is lost
    send(client, "/force", list="policy", key="school", text=stricter)
    assert set(room.office.store.list_rows("policy")) == {"school"}
    assert "学校" in client.get("/office/orders").text
    send(client, "/drop", list="policy", key="school")
    assert room.office.store.list_rows("policy") == {}
    looks = [each.subject for each in room.office.store.users.looks()]
    assert "policy school" in looks


def test_a_form_is_ordered_as_it_is_written(room: Room) -> None:
    client = room.client("王芳")
    text = text_of(client.get("/office/orders/text?list=templates&key=abnormal").text)
    assert "异常人员" in text
    ours = text.replace('title = "', 'title = "宜阳县', 1)
    assert send(client, "/look", list="templates", key="abnormal", text=ours).status_code == 200
    send(client, "/force", list="templates", key="abnormal", text=ours)
    assert "宜阳县".encode() in room.office.store.list_rows("templates")["abnormal"]
    wrong = send(client, "/force", list="templates", key="abnormal", text="title = 1")
    assert wrong.status_code == 400
    for key in ("nothing", "../abnormal"):
        assert client.get(f"/office/orders/text?list=templates&key={key}").status_code == 400
    assert client.get("/office/orders/text?list=county&key=road").status_code == 400
    send(client, "/drop", list="templates", key="abnormal")


def test_a_trust_file_is_looked_at_and_then_ordered(room: Room) -> None:
    client = room.client("王芳")
    file = next(iter(sorted(Path("resources/demo/trust").iterdir())))
    page = client.get("/office/orders").text
    files = {"file": (file.name, file.read_bytes())}
    looked = client.post("/office/orders/trust/look", data={"word": word(page)}, files=files).text
    form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', looked))
    client.post("/office/orders/trust/force", data={k: html.unescape(v) for k, v in form.items()})
    assert list(room.office.store.list_rows("trust")) == [file.name]
    files = {"file": ("a.json", b"{}")}
    bad = client.post("/office/orders/trust/look", data={"word": word(page)}, files=files)
    assert bad.status_code == 400
    assert send(client, "/trust/force", name="a", body="%%").status_code == 400
    send(client, "/drop", list="trust", key=file.name)


def test_operators_are_added_and_shut_out(room: Room) -> None:
    client, device = room.client("王芳"), device_of(room, "东卡点")
    assert send(client, "/staff/add", name="李梅", role="operator", pin="12").status_code == 400
    send(client, "/staff/add", name="李梅", role="operator", pin="4321")
    send(client, "/staff/add", name="赵云", role="lead", pin="4321", station=device)
    page = client.get("/office/orders").text
    assert "李梅" in page
    assert "4321" not in page
    assert "argon2" not in page
    send(client, "/staff/out", name="李梅", station="")
    (known,) = handing.operators(room.office.store).values()
    assert not known.active
    wrong = send(client, "/staff/add", name="孙七", role="king", pin="4321")
    assert wrong.status_code == 400
    unknown = send(client, "/staff/add", name="孙七", role="lead", pin="4321", station="X")
    assert unknown.status_code == 400


def test_what_a_station_refused_is_told(room: Room) -> None:
    client = room.client("王芳")
    room.office.store.publish("templates", {"daily": b"title ="}, room.office.clock())
    room.office.exchange(room.east)
    hand_on(room.east, MORNING)
    room.office.exchange(room.east)
    page = client.get("/office/orders").text
    assert "东卡点 · 表样" in page
    assert "TOML" in page
    send(client, "/drop", list="templates", key="daily")


def test_only_the_office_orders(room: Room) -> None:
    for name in ("赵督", "孙审", "城关镇"):
        client = room.client(name)
        assert client.get("/office/orders").status_code == 403
        page = client.get("/office/cases").text
        form = {"word": word(page), "name": "李梅", "role": "lead", "pin": "4321"}
        assert client.post("/office/orders/staff/add", data=form).status_code == 403
    client = room.client("王芳")
    assert client.post("/office/orders/drop", data={"list": "policy"}).status_code == 403
