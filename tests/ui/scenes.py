"""States of a desk as a night brings them, for looking at and for testing the page.

Words are given in Chinese and English, as the desk would give them; nobody here exists.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import UUID

from checkpoint_app.desk import (
    Card,
    Chip,
    DayLine,
    DeskState,
    Lamp,
    LampState,
    Strip,
    Tone,
    TrayItem,
)
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    Direction,
    HealthCode,
    Inspection,
    Itinerary,
    Journey,
    ListVersions,
    Outcome,
    Requirement,
    TemperatureReading,
    Verdict,
)
from checkpoint_app.domain.person import Person

NOW = datetime(2026, 11, 23, 3, 12, 20, tzinfo=timezone(timedelta(hours=8)))
VERSIONS = ListVersions("default-1")


def _id(number: int) -> UUID:
    return UUID(int=number)


def _words(chinese: str, english: str, language: str) -> str:
    return chinese if language == "zh_CN" else english


class Night:
    """Makes the states in one language."""

    def __init__(self, language: str = "zh_CN") -> None:
        self.language = language

    def say(self, chinese: str, english: str) -> str:
        return _words(chinese, english, self.language)

    def person(self) -> Inspection:
        return Inspection(
            id=_id(1),
            opened_at=NOW,
            person=Person(name="李建国", id_number="410103197611238839", phone="13812348888"),
            journey=Journey(
                plate="豫A·88888", origin="上海市 浦东新区", destination="城关镇 南街村"
            ),
            health_code=HealthCode(CodeStatus.GREEN),
            itinerary=Itinerary(True, (City("上海市", starred=True),)),
        )

    def lamps(self, **states: tuple[LampState, str]) -> tuple[Lamp, ...]:
        usual = {
            Requirement.HEALTH_CODE: (LampState.OK, self.say("绿码", "Green")),
            Requirement.ITINERARY: (LampState.ATTENTION, self.say("上海市*", "Shanghai*")),
            Requirement.TEST: (LampState.OK, self.say("48h 阴", "48 h neg.")),
            Requirement.MASK: (LampState.OK, self.say("佩戴", "Worn")),
            Requirement.SYMPTOMS: (LampState.OK, self.say("无", "None")),
            Requirement.TEMPERATURE: (LampState.WAITING, self.say("等待…", "Waiting…")),
        }
        for name, value in states.items():
            usual[Requirement(name)] = value
        return tuple(Lamp(of, *value) for of, value in usual.items())

    def lines(self) -> tuple[DayLine, ...]:
        passed = self.say("放行", "Passed")
        registered = self.say("登记放行", "Registered, passed")
        rows = (
            (11, Tone.PASS, "赵*", "36.4 ℃", passed),
            (10, Tone.PASS, "孙*军", "36.6 ℃", passed),
            (
                8,
                Tone.STOP,
                "陈*",
                self.say("红码", "Red code"),
                self.say("移交 待接收", "Handed over, open"),
            ),
            (5, Tone.ATTENTION, "周*", "37.5→36.9 ℃", registered),
            (
                2,
                Tone.STOP,
                "沪C·5**21",
                self.say("3 人", "3 people"),
                self.say("劝返", "Turned back"),
            ),
            (-2, Tone.PASS, "吾***·艾**", "36.5 ℃", passed),
            (-9, Tone.ASK, "刘*", self.say("无手机", "No phone"), registered),
        )
        return tuple(
            DayLine(_id(100 + at), NOW + timedelta(minutes=minute - 12), tone, title, detail, word)
            for at, (minute, tone, title, detail, word) in enumerate(rows)
        )

    def tray(self, people: int = 3) -> tuple[TrayItem, ...]:
        kinds = (
            (Tone.ATTENTION, self.say("复测", "Retest"), "周*", "37.5 ℃", 130),
            (
                Tone.STOP,
                self.say("留观", "On hold"),
                "陈*",
                self.say("县医院", "County hospital"),
                None,
            ),
            (
                Tone.ASK,
                self.say("待核验", "To check"),
                "沪C·5**21",
                self.say("补行程卡", "No itinerary"),
                None,
            ),
        )
        made = []
        for at in range(people):
            tone, kind, title, detail, due = kinds[at % 3]
            due_at = NOW + timedelta(seconds=due - 160 * (at // 3)) if due else None
            parked = NOW - timedelta(seconds=170 + 97 * at)
            made.append(TrayItem(_id(200 + at), tone, kind, title, detail, parked, due_at))
        return tuple(made)

    def chips(self) -> tuple[Chip, ...]:
        return (
            Chip("link", self.say("已联网 · 待传 0", "Online · 0 to send"), Tone.PASS),
            Chip(
                "risk",
                self.say("风险地区 今日 06:00 版", "Risk areas 06:00 today"),
                page="settings",
            ),
        )

    def star(self) -> DeskState:
        """The state of the drawing: all there but the temperature."""
        say = self.say
        return DeskState(
            inspection=self.person(),
            credential=None,
            verdict=Verdict(
                Outcome.INCOMPLETE, (), (Requirement.TEMPERATURE,), Outcome.REGISTER, VERSIONS
            ),
            card=Card(
                Tone.ASK,
                say("待测温", "Take temperature"),
                say("体温正常即可：登记放行", "With a normal temperature: register and pass"),
                (
                    say(
                        "7 天内途经 上海市（风险地区名单第 12 号）",
                        "In Shanghai within 7 days (risk-area list no. 12)",
                    ),
                    say(
                        "48 小时内核酸阴性，采样 11-21 09:40",
                        "Negative test within 48 h, sampled 11-21 09:40",
                    ),
                ),
            ),
            lamps=self.lamps(),
            temperature_entry="36.",
            can_confirm=False,
            confirm_caption=say("等待体温", "Waiting for temperature"),
            tray=self.tray(),
            lines=self.lines(),
            counts=(
                (Outcome.PASS, 396),
                (Outcome.REGISTER, 11),
                (Outcome.HOLD, 2),
                (Outcome.TURN_BACK, 3),
            ),
            strips=(),
            undo_until=None,
            tags=(
                ("name", say("屏幕所见 李*国", "On screen 李*国"), Tone.ASK),
                ("phone", say("两码一致", "Both codes agree"), Tone.ASK),
            ),
            chips=self.chips(),
        )

    def idle(self) -> DeskState:
        """Nobody at the desk, somebody just saved, nobody parked."""
        say = self.say
        state = self.star()
        waiting = (LampState.WAITING, say("等待…", "Waiting…"))
        lines = (replace(state.lines[0], saving=True), *state.lines[1:])
        return replace(
            state,
            inspection=None,
            verdict=None,
            card=Card(
                Tone.IDLE,
                say("请出示健康码", "Ready"),
                say(
                    "对准摄像头，或按 F3 手工录入",
                    "Show a health code to the camera, or press F3 to type",
                ),
                (),
            ),
            lamps=self.lamps(**{str(each): waiting for each in Requirement}),
            temperature_entry="",
            confirm_caption=say("等待扫码", "Waiting for a code"),
            tray=(),
            tags=(),
            lines=lines,
            undo_until=NOW + timedelta(seconds=8),
        )

    def passing(self) -> DeskState:
        """Everything in order: Enter passes."""
        say = self.say
        person = replace(self.person(), temperatures=(TemperatureReading(36.5, NOW),))
        return replace(
            self.star(),
            inspection=person,
            verdict=Verdict(Outcome.PASS, (), (), Outcome.PASS, VERSIONS),
            card=Card(Tone.PASS, say("放行", "Pass"), say("可以通过", "May go through"), ()),
            lamps=self.lamps(
                itinerary=(LampState.OK, say("无异常", "Nothing special")),
                mask=(LampState.PRESUMED, say("佩戴", "Worn")),
                symptoms=(LampState.PRESUMED, say("无", "None")),
                temperature=(LampState.OK, "36.5 ℃"),
            ),
            temperature_entry="",
            can_confirm=True,
            confirm_caption=say("确认放行", "Confirm"),
        )

    def stop(self) -> DeskState:
        """A red code: handed over, with the sentence to say and the number to call."""
        say = self.say
        return replace(
            self.passing(),
            verdict=Verdict(Outcome.HAND_OVER, (), (), Outcome.HAND_OVER, VERSIONS),
            card=Card(
                Tone.STOP,
                say("移交", "Hand over"),
                say(
                    "请其留在车内，通知接收单位", "Keep the person in the car and call the receiver"
                ),
                (
                    say("健康码为红码", "Red health code"),
                    say(
                        "体温 37.8 ℃，5 分钟后复测仍为 37.6 ℃",
                        "37.8 ℃, and 37.6 ℃ again after 5 minutes",
                    ),
                ),
                say=say(
                    "请在车内等候，工作人员马上联系您。",
                    "Please wait in your car; someone will speak to you at once.",
                ),
                phone=say("县疾控中心 0379-6000 0000", "County CDC 0379-6000 0000"),
            ),
            lamps=self.lamps(
                health_code=(LampState.STOP, say("红码", "Red")),
                temperature=(LampState.ATTENTION, "37.6 ℃"),
            ),
            inspection=replace(
                self.person(),
                temperatures=(TemperatureReading(37.8, NOW), TemperatureReading(37.6, NOW)),
            ),
            confirm_caption=say("确认移交", "Confirm hand-over"),
            chips=(
                Chip("link", say("离线 · 待传 128", "Offline · 128 to send"), Tone.ATTENTION),
                Chip(
                    "trust",
                    say("信任列表 9 天前", "Trust list 9 days old"),
                    Tone.ATTENTION,
                    "settings",
                ),
                Chip(
                    "unprotected",
                    say("数据未加密保护", "Data not protected"),
                    Tone.STOP,
                    "settings",
                ),
            ),
            strips=(
                Strip(
                    "camera_lost",
                    say("摄像头断开，正在重连（第 3 次）", "Camera lost, reconnecting (try 3)"),
                    say("换一个", "Change camera"),
                ),
                Strip(
                    "store_disk_full",
                    say(
                        "磁盘已满，记录暂存在内存中，请清理磁盘",
                        "The disk is full; records wait in memory until there is room",
                    ),
                    say("重试", "Try again"),
                    Tone.STOP,
                ),
            ),
        )

    def crowded(self) -> DeskState:
        """Many reasons, many people parked, leaving, a code shown before."""
        say = self.say
        state = self.star()
        many = tuple(
            say(
                f"第 {at} 条：14 天内到过 某某省某某市某某区某某街道某某小区"
                f"（风险地区名单第 {at} 号），请核实",
                f"No. {at}: within 14 days in a district of some city of some province "
                f"(risk list {at}), please check",
            )
            for at in range(1, 9)
        )
        return replace(
            state,
            card=Card(
                Tone.ATTENTION,
                say("登记放行", "Register and pass"),
                say(
                    "登记去向后放行，通知目的地社区",
                    "Register where they go, tell the community there",
                ),
                many,
                notice=say("14:03 已放行（二号台）", "Already passed at 14:03 (desk 2)"),
            ),
            tray=self.tray(8),
            direction=Direction.OUT,
            can_confirm=True,
            confirm_caption=say("登记放行", "Register and pass"),
            inspection=replace(
                self.person(),
                person=Person(
                    name="吾麦尔江·艾则孜·买买提依明",
                    id_number="653121199001011230",
                    phone="13900001111",
                ),
            ),
        )

    def changing(self) -> DeskState:
        """F8 on a stop."""
        return replace(self.stop(), asking=Outcome.HAND_OVER, strips=())

    def all(self) -> dict[str, DeskState]:
        return {
            "star": self.star(),
            "idle": self.idle(),
            "passing": self.passing(),
            "stop": self.stop(),
            "crowded": self.crowded(),
            "changing": self.changing(),
        }
