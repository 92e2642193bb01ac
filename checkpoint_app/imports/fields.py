"""What a list of each kind has: its fields, and the headings under which offices write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.person import narrow


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `label` is the English message for its name, headings as they are met."""

    name: str
    label: str
    headings: tuple[str, ...]
    needed: bool = False


def _field(name: str, label: str, headings: str, needed: bool = False) -> Field:
    return Field(name, label, tuple(headings.split()), needed)


_NAMES = "姓名 人员姓名 名字 被推送人姓名 学生姓名 name"
_NAME = _field("name", "Name", _NAMES)
_NEEDED_NAME = _field("name", "Name", _NAMES, needed=True)
_NUMBER = _field(
    "id_number",
    "ID or passport number",
    "证件号 证件号码 身份证 身份证号 身份证号码 身份证件号码 公民身份号码 有效证件号 "
    "有效证件号码 证件编号 护照号 护照号码 id_number idnumber id passport document",
)
_PHONE = _field(
    "phone",
    "Phone",
    "电话 电话号码 联系电话 联系方式 手机 手机号 手机号码 本人电话 phone mobile tel",
)
_PLATE = _field("plate", "Number plate", "车牌 车牌号 车牌号码 车辆号牌 号牌号码 plate")
_RESIDENCE = _field(
    "residence",
    "Residence",
    "现住址 住址 居住地 现居住地 居住地址 家庭住址 地址 详细地址 现住地址 户籍地 residence address",
)
_NOTE = _field("note", "Remark", "备注 说明 风险描述 推送原因 note remark")

FIELDS: dict[ListKind, tuple[Field, ...]] = {
    ListKind.WATCH: (
        _NAME,
        _NUMBER,
        _PHONE,
        _PLATE,
        _field("source", "Source", "来源 推送单位 推送来源 数据来源 信息来源 来源单位 source"),
        _RESIDENCE,
        _field(
            "due",
            "To be checked by",
            "核查期限 截止时间 核查时限 反馈时限 完成时限 反馈期限 due",
        ),
        _NOTE,
    ),
    ListKind.ROSTER: (
        _NEEDED_NAME,
        _field("roster_id", "Staff or pupil number", "工号 学号 编号 人员编号 roster_id"),
        _NUMBER,
        _PHONE,
        _field("unit", "Department or class", "单位 部门 班级 科室 楼栋 房号 unit"),
        _field("role", "Post held", "岗位 角色 人员类别 类别 身份 职务 role"),
        _RESIDENCE,
        _PLATE,
        _field("household", "Household", "同住人 同住人员 同住亲属 共同居住人 household"),
        _field("guardian", "Guardian", "监护人 家长 家长姓名 guardian"),
        _field("window", "Comes between", "入校时段 到岗时段 时段 入场时段 window"),
        _field(
            "test_every_h",
            "Test at least every",
            "检测频次 核酸频次 核酸周期 检测周期 核酸检测频次 test_every_h",
        ),
        _field(
            "tested_at",
            "Newest test",
            "最近核酸时间 核酸采样时间 最近一次核酸 最近采样时间 tested_at",
        ),
        _field("host", "Host", "被访人 接待人 host"),
        _field("photo", "Photo", "照片 photo"),
        _NOTE,
    ),
    ListKind.RETURNEE: (
        _NEEDED_NAME,
        _NUMBER,
        _PHONE,
        _field(
            "from_country", "Comes from", "来源国 出发国家 来自国家 国家 出发地 国家或地区 country"
        ),
        _field("arrives", "Arrives", "入境时间 到达时间 抵达时间 预计到达时间 入境日期 arrives"),
        _field("entry_place", "Place of entry", "入境地点 入境口岸 口岸 入境城市 entry_place"),
        _field("transport", "Transport", "交通工具 航班 航班号 车次 车次/航班 班次 行程 transport"),
        _field(
            "receiver", "Receiving unit", "接收单位 接收点 集中隔离点 留观点 集中留观点 receiver"
        ),
        _RESIDENCE,
        _PLATE,
        _NOTE,
    ),
    ListKind.RISK: (
        _field(
            "code",
            "Division code",
            "行政区划代码 区划代码 地区代码 行政代码 代码 code division_code",
        ),
        _field("name", "Area", "地区 地区名称 风险地区 区域 名称 区划名称 area name"),
        _field("level", "Level", "等级 风险等级 级别 level"),
        _field(
            "starts",
            "Counts from",
            "起始日期 开始日期 生效日期 起始时间 开始时间 公布日期 starts from",
        ),
        _field(
            "ends",
            "Counts until",
            "截止日期 结束日期 解除日期 终止日期 截止时间 结束时间 ends until",
        ),
    ),
}


def field_names(kind: ListKind) -> tuple[str, ...]:
    """Names of a kind's fields, as `--map` takes them."""
    return tuple(field.name for field in FIELDS[kind])


def bare(heading: str) -> str:
    """A heading without what differs from office to office: spaces, stars, brackets, case."""
    text = re.sub(r"[（(【\[].*?[）)】\]]", "", narrow(heading))
    return re.sub(r"[\s*＊:：_/\\-]+", "", text).lower()


def known(kind: ListKind) -> dict[str, str]:
    """Bare heading -> field."""
    return {bare(each): field.name for field in FIELDS[kind] for each in field.headings}
