"""Tables for the tests of the sheets, with the columns that the offices use."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from checkpoint_app.domain.register import Column, Period, Sheet, Table
from checkpoint_app.registers.templates import template_for

HERE = timezone(timedelta(hours=8))
HEADINGS = (
    "序号",
    "时间",
    "姓名",
    "性别",
    "证件号",
    "电话",
    "现住址",
    "车牌号",
    "出发地",
    "目的地",
    "目的地接收人及电话",
    "途经/旅居史",
    "健康码",
    "行程卡",
    "体温",
    "口罩",
    "核酸(采样时间、结果)",
    "疫苗",
    "处置措施",
    "登记人",
    "备注",
)
CENTRED = {"序号", "时间", "性别", "健康码", "行程卡", "体温", "口罩", "疫苗"}
COLUMNS = tuple(
    Column(
        f"c{number}",
        word,
        1.0 + 2.0 * (word in ("现住址", "备注")),
        "centre" if word in CENTRED else "left",
    )
    for number, word in enumerate(HEADINGS)
)
NAMES = (
    "王建国", "李䶮", "欧阳雪梅", "张㛃", "𠅤春生", "刘𬍛", "𨭎一一", "Łukasz Żółć", "Γιώργος",
    "阿卜杜热西提·麦麦提艾力", "买买提依明·阿布都热合曼·玉素甫江·吐尔逊尼牙",
)  # fmt: skip
ADDRESSES = (
    "凤凰县沱江镇虹桥路 18 号",
    "湖南省湘西土家族苗族自治州凤凰县沱江镇南华社区虹桥中路一百二十八号金水湾小区第十二栋三单元一千五百零二室王家",
    "吉首市乾州街道",
    "广东省东莞市长安镇乌沙村江贝新村 Block 3, Flat 12B",
)
PLATES = ("湘U·A1234", "粤B·D12345", "", "京A·F00001学")


def row(number: int) -> tuple[str, ...]:
    """One traveller's row, the same for the same number."""
    return (
        str(number), f"{6 + number % 17:02d}:{number % 60:02d}", NAMES[number % len(NAMES)],
        "男女"[number % 2], f"4331231990{number:08d}", f"138{number:08d}",
        ADDRESSES[number % len(ADDRESSES)], PLATES[number % len(PLATES)],
        ("东莞市", "上海市浦东新区")[number % 2], ("凤凰县沱江镇", "山江镇黄毛坪村")[number % 2],
        ("", "杨志明 13700000021")[number % 2], ("无", "上海市、杭州市*、长沙市")[number % 2],
        ("绿码", "黄码", "签名证书")[number % 3], ("绿卡", "未出示")[number % 2],
        f"36.{number % 10}", ("戴", "未戴")[number % 2],
        ("11-22 08:30 阴性", "未查到")[number % 2], ("3针", "未接种")[number % 2],
        ("放行", "登记放行", "临时留观并上报")[number % 3], ("王芳", "石磊")[number % 2],
        ("", "已通知社区接人", "第二次测温 36.8，正常；与前次间隔 6 分钟")[number % 3],
    )  # fmt: skip


def table(count: int, **changes: object) -> Table:
    """A daily register of so many travellers."""
    plain = Table(
        sheet=Sheet.DAILY,
        title=template_for(Sheet.DAILY, None, venue=False)[0].title,
        site="凤凰县城北高速口疫情防控卡点",
        period=Period(datetime(2026, 11, 23, tzinfo=HERE), datetime(2026, 11, 24, tzinfo=HERE)),
        columns=COLUMNS,
        rows=tuple(row(number) for number in range(1, count + 1)),
        totals=(("放行", count), ("劝返", 0)),
        check_code="K7QF-2M9D-4T",
        version=3,
        recipient="凤凰县疫情防控指挥部",
        operator="王芳",
        printed_at=datetime(2026, 11, 23, 18, 22, tzinfo=HERE),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
