"""Who may sign in at the command office."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from checkpoint_app.__main__ import main
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub.users import User
from tests.store.travellers import MORNING
from tools.soak.office import Office

GOOD = "north gate 2026"


def test_a_password_opens_for_its_own_name_alone(office: Office) -> None:
    users = office.store.users
    made = users.add("王芳", "office", "", GOOD)
    users.add("李强", "auditor", "", "another one 9")
    assert users.check(" 王芳 ", GOOD, MORNING) == made
    assert users.check("李强", GOOD, MORNING) is None
    assert users.check("nobody", GOOD, MORNING) is None
    assert users.find(made.id) == made


def test_wrong_passwords_make_the_next_one_wait(office: Office) -> None:
    users = office.store.users
    users.add("王芳", "office", "", GOOD)
    for _ in range(3):
        assert users.check("王芳", "wrong password", MORNING) is None
    assert users.check("王芳", GOOD, MORNING) == timedelta(seconds=5)
    assert isinstance(users.check("王芳", GOOD, MORNING + timedelta(seconds=6)), User)


def test_retired_people_and_old_passwords_are_out(office: Office) -> None:
    users = office.store.users
    before = users.add("王芳", "township", "城关镇", GOOD)
    users.change("王芳", password="a new one 77")
    after = users.find(before.id)
    assert after is not None
    assert after.stamp != before.stamp
    assert users.check("王芳", GOOD, MORNING) is None
    users.change("王芳", active=False)
    assert users.check("王芳", "a new one 77", MORNING) is None


@pytest.mark.parametrize(
    ("name", "role", "scope", "password", "code"),
    [
        ("", "office", "", GOOD, "not_storable"),
        ("a\nb", "office", "", GOOD, "not_storable"),
        ("王芳", "king", "", GOOD, "not_storable"),
        ("王芳", "township", "", GOOD, "not_storable"),
        ("王芳", "office", "城关镇", GOOD, "not_storable"),
        ("王芳", "office", "", "short", "password_short"),
        ("王芳", "office", "", "x" * 201, "password_short"),
        ("有人", "office", "", GOOD, "name_taken"),
    ],
)
def test_what_cannot_be_a_user(
    office: Office, name: str, role: str, scope: str, password: str, code: str
) -> None:
    office.store.users.add("有人", "office", "", GOOD)
    with pytest.raises(StoreFault) as met:
        office.store.users.add(name, role, scope, password)
    assert met.value.code == code


def test_looks_are_kept_newest_first(office: Office) -> None:
    users = office.store.users
    users.note("王芳", "record", "a" * 300, "核实", MORNING)
    users.note("李强", "export", "2022-03-14", "", MORNING + timedelta(minutes=1))
    first, second = users.looks()
    assert (first.who, first.action) == ("李强", "export")
    assert len(second.subject) == 200
    assert users.looks(before=MORNING) == []


def test_users_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, folder = tmp_path / "password", ["--data", str(tmp_path / "hub")]
    file.write_text(GOOD + "\n", "utf-8")
    assert main(["hub", "init", *folder]) == 0
    new = ["hub", "user", "add", "王芳", "--role", "township", "--township", "城关镇"]
    assert main([*new, "--password-file", str(file), *folder]) == 0
    assert main([*new, "--password-file", str(file), *folder]) == 1
    assert main(["hub", "user", "retire", "王芳", *folder]) == 0
    capsys.readouterr()
    assert main(["hub", "user", "list", "--json", *folder]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"name": "王芳", "role": "township", "township": "城关镇", "active": False}
