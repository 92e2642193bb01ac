"""A family that walks: joined as a vehicle's people are, and never counted as a vehicle."""

from __future__ import annotations

from checkpoint_app.desk.sheets import SheetOrder, sealed_table
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.passage import VehicleUse
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.sheet import Sheet, Table
from checkpoint_app.i18n import translator
from tests.desk.conftest import Post

A, B, C, D = (f"https://h5.dingtalk.com/healthCode/{letter * 24}" for letter in "abcd")


def made(post: Post, kind: Sheet) -> Table:
    order = SheetOrder(kind, post.desk.period, Mask.NONE, "王芳")
    words = translator("en")
    return sealed_table(post.station, order, post.settings, words, post.clock())[0]


def summary(post: Post) -> dict[str, str]:
    return {row[1]: row[2] for row in made(post, Sheet.SUMMARY).rows}


def party(post: Post, use: VehicleUse, *codes: str) -> None:
    post.desk.open_vehicle("", use)
    for code in codes:
        post.green(code)
        post.desk.confirm()


def test_a_walking_family_is_no_vehicle_and_a_tractor_is_one(post: Post) -> None:
    party(post, VehicleUse.FOOT, A, B)
    view = post.desk.state.vehicle
    assert view is not None
    assert (view.kind, view.plate, view.count) == ("On foot", "", "2 through")
    post.desk.close_vehicle()
    party(post, VehicleUse.CAR, C)
    post.desk.close_vehicle()
    counts = post.station.passages.counts(post.desk.period)
    assert (counts.vehicles, counts.parties_on_foot, counts.people_on_foot) == (1, 1, 2)
    figures = summary(post)
    assert (figures["Persons checked"], figures["Vehicles checked"]) == ("3", "1")


def test_who_turns_back_on_foot_stands_in_one_row_and_is_no_vehicle(post: Post) -> None:
    party(post, VehicleUse.FOOT, A, B)
    post.desk.turn_back_vehicle("No need to come in")
    party(post, VehicleUse.CAR, C)
    post.desk.turn_back_vehicle("No need to come in")
    table = made(post, Sheet.TURNED_BACK)
    plate, people = (_place(table, each) for each in ("Plate", "Persons"))
    assert [(row[plate], row[people]) for row in table.rows] == [
        ("On foot", "2"),
        ("No plate", "1"),
    ]
    assert dict(table.totals) == {"Vehicles": 1, "Persons": 3}
    figures = summary(post)
    assert (figures["Persons turned back"], figures["Vehicles turned back"]) == ("3", "1")


def _place(table: Table, heading: str) -> int:
    return [each.heading for each in table.columns].index(heading)


def test_who_walks_together_is_held_together(post: Post) -> None:
    post.desk.open_vehicle("", VehicleUse.FOOT)
    post.show(A, Colour.RED)
    post.desk.confirm()
    post.green(B)
    verdict = post.desk.state.verdict
    assert verdict is not None
    assert verdict.reasons[0].code is Code.COMPANION_STOPPED
