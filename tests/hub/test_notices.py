"""A gate-runner, or somebody to be called back, is told to the other stations for a day."""

from __future__ import annotations

from datetime import timedelta

from checkpoint_app.desk.cases.noticing import notice_strip, sounds
from checkpoint_app.desk.hub_lists import hand_on
from checkpoint_app.desk.lists.looking import look_up
from checkpoint_app.domain.inspection import Inspection, Journey, Outcome
from checkpoint_app.domain.lists import Wanted
from checkpoint_app.domain.notice import NoticeKind
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.runner import Runner, RunnerKind
from checkpoint_app.settings import Settings
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.identity import uuid7
from tests.hub.test_showing import show_all
from tests.store.travellers import MORNING, recorded
from tools.soak.office import Office


def exchange(office: Office, *stations) -> None:
    for station in stations:
        office.exchange(station)
    show_all(office)
    office.store.tell_notices(office.clock())
    for station in stations:
        office.exchange(station)
        hand_on(station, office.clock())


def two(office: Office, new_station):
    east, west = new_station("东卡点"), new_station("西卡点")
    office.enrol(east, "东卡点")
    office.enrol(west, "西卡点")
    return east, west


def ran(now, plate: str | None = "豫A12345") -> Runner:
    return Runner(uuid7(now), now, RunnerKind.RAN, "王强", plate)


def test_who_ran_a_gate_is_stopped_at_the_next(office: Office, new_station) -> None:
    east, west = two(office, new_station)
    runner = east.runners.record(ran(MORNING))
    exchange(office, east, west)
    (notice,) = west.lists.notices(MORNING)
    assert (notice.kind, notice.station, notice.plate) == (NoticeKind.RAN, "东卡点", "豫A12345")
    assert east.lists.notices(MORNING) == []  # one's own is no news
    current = Inspection(uuid7(MORNING), MORNING, journey=Journey(plate="豫A·12345"))
    hits = look_up(west, current, Settings(), MORNING).hits
    verdict = decide(current, shipped("road"), now=MORNING, hits=hits)
    assert verdict.outcome is Outcome.HOLD
    assert Code.NOTICED_ELSEWHERE in {each.code for each in verdict.reasons}
    assert west.lists.hits(Wanted(plate="豫A54321"), MORNING).noticed == ()
    assert west.lists.hits(Wanted(plate="豫A12345"), MORNING + timedelta(hours=25)).noticed == ()
    void = Runner(runner.id, MORNING, RunnerKind.RAN, "王强", supersedes=runner.id, void=True)
    east.runners.record(void)
    exchange(office, east, west)
    assert west.lists.notices(MORNING) == []


def test_whoever_must_be_called_back_is_known_by_the_number(office: Office, new_station) -> None:
    east, west = two(office, new_station)
    saved = recorded("李红", Outcome.PASS)
    east.record(saved, None)
    east.cases.raise_case(saved.inspection.id, Code.ON_WATCH_LIST, "省推送", "王强", MORNING)
    exchange(office, east, west)
    (notice,) = west.lists.notices(MORNING)
    assert notice.kind is NoticeKind.RECALL
    assert "李红" not in str(notice)  # masked
    person = saved.inspection.person
    assert person.id_number is not None
    rows = west.sync.lists.rows("notices")
    assert person.id_number.encode() not in b"".join(rows.values())
    assert west.lists.hits(Wanted(id_number=person.id_number), MORNING).noticed == (notice,)
    assert west.lists.hits(Wanted(phone="13912345670"), MORNING).noticed == ()


def test_the_same_notices_are_no_new_list_and_old_ones_are_gone(
    office: Office, new_station
) -> None:
    east, west = two(office, new_station)
    east.runners.record(ran(MORNING))
    exchange(office, east, west)
    assert not office.store.tell_notices(MORNING + timedelta(minutes=5))
    for number in range(30):
        east.runners.record(ran(MORNING, f"豫A000{number:02}"))
        office.exchange(east)
        show_all(office)
        assert office.store.tell_notices(MORNING)
    assert office.store.tell_notices(MORNING + timedelta(days=2))
    office.exchange(west)  # from thirty versions back: all of it
    assert west.lists.notices(MORNING) == []
    (state,) = office.store.lists()
    assert (state.rows, state.number) == (0, 32)


def test_the_desk_shows_them_quietly_and_sounds_once(office: Office, new_station) -> None:
    east, west = two(office, new_station)
    east.runners.record(ran(MORNING))
    exchange(office, east, west)
    heard = west.lists.notices(MORNING)

    def say(text: str, **values: object) -> str:
        return text.format(**values)

    strip = notice_strip(heard, (), say)
    assert strip is not None
    assert strip.sentence.startswith("东卡点: Ran the gate 豫A")
    assert notice_strip(heard, {heard[0].id}, say) is None
    assert sounds(heard, (), MORNING)
    assert not sounds(heard, {heard[0].id}, MORNING)
    assert not sounds(heard, (), MORNING + timedelta(hours=2))
