"""What came down, in words."""

from __future__ import annotations

from checkpoint_app.desk.hub.handing import Refused
from checkpoint_app.desk.hub.telling import list_name, refused_lists, shown_lists, state_word
from checkpoint_app.desk.hub.view import ListHeld
from checkpoint_app.i18n import translator

ZH = translator("zh_CN")
WRONG = Refused("policy_number", "road", "fever_threshold_c", "37–38")


def held(name: str, **more: object) -> ListHeld:
    return ListHeld(name, "1.5", 3, None, **more)  # type: ignore[arg-type]


def test_orders_stand_first_and_keys_nowhere() -> None:
    lists = [held(name) for name in ("above-keys", "risk", "county", "watch@X", "policy", "new")]
    assert [each.name for each in shown_lists(lists)] == [
        "policy",
        "county",
        "watch@X",
        "risk",
        "new",
    ]
    assert list_name("watch@X", ZH) == list_name("watch", ZH)
    assert list_name("above-3", ZH) == "上级布控名单（密文）"


def test_whether_a_list_counts() -> None:
    assert state_word(held("risk"), ZH) == "已生效"
    assert state_word(held("risk", waits=True), ZH) == "尚未生效"
    assert state_word(held("policy", refused=WRONG, in_force="1.4"), ZH) == "未采用，仍用 1.4"
    assert state_word(held("policy", refused=WRONG), ZH) == "未采用"


def test_why_it_does_not() -> None:
    (said,) = refused_lists([held("risk"), held("policy", refused=WRONG)], ZH)
    assert "37–38" in said
    assert "fever_threshold_c" in said
    assert "1.5" in said
