"""Photos of the roster: whose they are, kept small and encrypted, shown with the pass, printed."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from checkpoint_app.desk.database import Database
from checkpoint_app.desk.people.passes import PassOrder, make_passes, members
from checkpoint_app.desk.people.portraits import forget_strangers, photos_text, take_photos
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.standing import Surface, policy_of
from checkpoint_app.desk.trusting import current_trust
from checkpoint_app.desk.view import LampState
from checkpoint_app.domain.inspection import Itinerary, Outcome, Requirement, TemperatureSource
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.i18n import translator
from checkpoint_app.imports.photos import PhotoFault
from checkpoint_app.settings import Settings
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.station import Station, StoreFault
from checkpoint_app.store.visiting.portraits import LARGEST
from tests.store.retention.pages import decrypted
from tests.store.travellers import MORNING

ENGLISH = translator("en")
PUPILS = (
    RosterEntry(name="林小满", roster_id="S-0107", unit="三年级", photo="lin.jpg"),
    RosterEntry(name="赵一鸣", id_number="410102201203078438", unit="三年级"),
    RosterEntry(name="王伟", roster_id="S-0110"),
    RosterEntry(name="王伟", roster_id="S-0111"),
)


def picture(side: int = 900, form: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.effect_noise((side * 3 // 4, side), 60).convert("RGB").save(made, form)
    return made.getvalue()


@pytest.fixture
def store(data_folder):
    station = Station.open(data_folder, now=MORNING)
    station.lists.put(NewList(ListKind.ROSTER, "花名册", MORNING), PUPILS, MORNING)
    yield station
    station.close()


def taken(store: Station, source: Path, **given):
    return take_photos(lambda job: job(store), source, MORNING, **given)


def test_whose_a_picture_is(store, tmp_path):
    names = ("LIN.JPG", "410102201203078438.png", "王伟.jpg", "S-0111.jpg", "张三.jpg")
    for name in names:
        (tmp_path / name).write_bytes(picture(120))
    found = taken(store, tmp_path)
    assert found.kept == 3
    assert found.refused == [("张三.jpg", PhotoFault.NOBODY), ("王伟.jpg", PhotoFault.SEVERAL)]
    have = [store.portraits.of(each.pass_key) is not None for each in PUPILS]
    assert have == [True, True, False, True]
    assert photos_text(found, ENGLISH).startswith("Photos kept: 3. Refused: 2: 张三.jpg (Nobody")


def test_a_picture_is_kept_small_and_without_what_else_it_carried(store, tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "secret place 34.6N 112.4E"
    made = io.BytesIO()
    Image.effect_noise((3000, 4000), 90).convert("RGB").save(made, "JPEG", exif=exif)
    (tmp_path / "lin.jpg").write_bytes(made.getvalue())
    taken(store, tmp_path)
    kept = store.portraits.of("S-0107")
    assert kept is not None
    assert len(kept) <= LARGEST
    assert b"secret" not in kept
    assert max(Image.open(io.BytesIO(kept)).size) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"MZ\x90\x00 no picture",
        b"\xff\xd8\xff\xe0 torn",
        b"GIF89a",
        picture(200)[:300],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(store, tmp_path, body):
    (tmp_path / "lin.jpg").write_bytes(body)
    found = taken(store, tmp_path)
    assert (found.kept, found.refused) == (0, [("lin.jpg", PhotoFault.UNREADABLE)])
    assert "This is no picture that can be read" in photos_text(found, ENGLISH)


def test_a_picture_that_unpacks_to_far_too_much_is_refused(store, tmp_path):
    made = io.BytesIO()
    Image.new("1", (19000, 19000)).save(made, "PNG")
    (tmp_path / "lin.jpg").write_bytes(made.getvalue())
    assert taken(store, tmp_path).refused == [("lin.jpg", PhotoFault.UNREADABLE)]


def test_it_can_be_cancelled_and_what_was_kept_stays(store, tmp_path):
    for name in ("S-0107.png", "S-0110.png", "S-0111.png"):
        (tmp_path / name).write_bytes(picture(60))
    found = taken(store, tmp_path, told=lambda done, total: done < 2)
    assert (found.kept, found.cancelled, store.portraits.count()) == (2, True, 2)


def test_the_store_takes_nothing_but_small_jpegs(store):
    for body in (b"no picture", b"\xff\xd8\xff" + bytes(LARGEST)):
        with pytest.raises(StoreFault, match="not_storable"):
            store.portraits.keep({"S-0107": body}, MORNING)
    assert store.portraits.count() == 0


def test_whoever_is_no_longer_on_the_roster_leaves_no_photo_behind(store, data_folder, tmp_path):
    (tmp_path / "lin.png").write_bytes(picture(200))
    (tmp_path / "S-0107.png").write_bytes(picture(200))
    taken(store, tmp_path)
    kept = store.portraits.of("S-0107")
    assert kept is not None
    assert forget_strangers(store) == 0
    store.lists.put(NewList(ListKind.ROSTER, "花名册", MORNING), PUPILS[1:], MORNING)
    assert forget_strangers(store) == 1
    assert store.portraits.of("S-0107") is None
    store.retention.scrub()
    assert kept[20:220] not in decrypted(data_folder)


def test_a_zip_of_pictures_and_the_badges_that_carry_them(store, tmp_path):
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr("三年级/lin.jpg", picture(300, "JPEG"))
    taken(store, tmp_path / "p.zip")
    badges = make_passes(
        store, members(store, MORNING), PassOrder(30, "王芳", "城北小学"), ENGLISH, MORNING
    )
    assert isinstance(badges, list)
    assert [each.photo is not None for each in badges] == [True, False, False, False]


@pytest.fixture
def gate(store, tmp_path):
    """The school's gate in gate mode; a pass and a photo for the first two pupils."""
    for name in ("lin.jpg", "410102201203078438.png"):
        (tmp_path / name).write_bytes(picture(150))
    taken(store, tmp_path)
    order = PassOrder(30, "王芳", "城北小学")
    badges = make_passes(store, members(store, MORNING), order, ENGLISH, MORNING)
    assert isinstance(badges, list)
    settings = Settings(language="en", site_kind="school", site_name="城北小学")
    at, trust = [MORNING + timedelta(minutes=1)], current_trust(store, settings, MORNING)
    surface = Surface(Database(store), lambda: at[0], ENGLISH, settings, policy_of(settings), trust)
    desk = Desk(surface, "王芳", lambda: None)
    desk.load()
    return desk, badges, at


@pytest.mark.parametrize("number", [0, 1])
def test_the_photo_is_shown_when_the_pass_is_scanned(gate, store, number):
    desk, badges, at = gate
    desk.set_gate_mode(True)
    desk.scan(badges[number].code, "qr", None)
    kept = store.portraits.of(PUPILS[number].pass_key)
    assert desk.state.portrait == kept
    desk.set_itinerary(Itinerary(shown=True))
    at[0] += timedelta(seconds=1)
    desk.take_reading(36.5, TemperatureSource.SERIAL)
    assert [each.outcome for each in store.recorded(desk.period)] == [Outcome.PASS]
    assert desk.state.portrait == kept  # for a moment yet, beside the name
    at[0] += timedelta(seconds=4)
    assert desk.state.portrait is None


def test_who_has_a_pass_is_asked_for_no_itinerary(gate, store):
    desk, badges, at = gate
    desk.set_gate_mode(True)
    desk.scan(badges[0].code, "qr", None)
    lamp = next(each for each in desk.state.lamps if each.requirement is Requirement.ITINERARY)
    assert lamp.state is LampState.NOT_NEEDED
    at[0] += timedelta(seconds=1)
    desk.take_reading(36.5, TemperatureSource.SERIAL)
    assert [each.outcome for each in store.recorded(desk.period)] == [Outcome.PASS]


def test_nobody_without_a_photo_borrows_one(gate):
    desk, badges, _ = gate
    desk.scan(badges[0].code, "qr", None)
    desk.clear()
    assert desk.state.portrait is None
    desk.scan(badges[2].code, "qr", None)
    assert desk.state.portrait is None
