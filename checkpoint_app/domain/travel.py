"""How somebody came and when they left a risk area, out of what was typed in a hurry.

What cannot be read stays as it was typed: on a list of the office a word is better than a gap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from checkpoint_app.domain.person import narrow, plain_text


class Transport(StrEnum):
    """Means of transport (交通工具); values are the messages that name them."""

    CAR = "By road"
    COACH = "Coach"
    TRAIN = "Train"
    FLIGHT = "Flight"
    SHIP = "Ship"
    TAXI = "Taxi"
    LORRY = "Lorry"
    FOOT = "On foot"


@dataclass(frozen=True, slots=True)
class Travelled:
    """A means where one was understood, and the rest: 车次, 航班, or the words themselves."""

    means: Transport | None
    number: str = ""


_WORDS: dict[str, Transport] = {
    **dict.fromkeys(("自驾", "小车", "轿车", "私家车", "汽车", "car"), Transport.CAR),
    **dict.fromkeys(("大巴", "客车", "班车", "长途汽车", "coach", "bus"), Transport.COACH),
    **dict.fromkeys(("高铁", "动车", "火车", "列车", "train"), Transport.TRAIN),
    **dict.fromkeys(("飞机", "航班", "flight", "plane"), Transport.FLIGHT),
    **dict.fromkeys(("轮船", "船", "ship", "ferry"), Transport.SHIP),
    **dict.fromkeys(("出租车", "网约车", "的士", "taxi"), Transport.TAXI),
    **dict.fromkeys(("货车", "卡车", "lorry", "truck"), Transport.LORRY),
    **dict.fromkeys(("步行", "on foot", "walk"), Transport.FOOT),
}
_LONGEST_FIRST = sorted(_WORDS, key=len, reverse=True)
_TRAIN_NO = re.compile(r"[GDCZTKYLS]\d{1,4}(?:次)?", re.IGNORECASE)
_FLIGHT_NO = re.compile(r"(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])\d{3,4}[A-Z]?", re.IGNORECASE)


def read_transport(text: str | None) -> Travelled:
    """The means of transport and its number: 高铁 G1234, or only G1234, or only 自驾."""
    said = plain_text(narrow(text or "")).strip()
    word = next((each for each in _LONGEST_FIRST if said.lower().startswith(each)), "")
    number = said[len(word) :].strip(" ,，、:：")
    if word:
        return Travelled(_WORDS[word], number)
    for shape, means in ((_TRAIN_NO, Transport.TRAIN), (_FLIGHT_NO, Transport.FLIGHT)):
        if shape.fullmatch(number):
            return Travelled(means, number.upper())
    return Travelled(None, number)


_DAYS_AGO = {"今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2}
_WHEN = re.compile(
    r"(?:(?P<year>\d{4})[-/.年])?(?:(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?号?|(?P<word>[^\W\d]+))"
    r"(?:[ T]*(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})|[时点](?:(?P<minutes>\d{1,2})分?)?))?"
)


def tidy_moment(text: str | None, today: date) -> str:
    """A day, or a minute, as it is kept: 2022-03-12 or 2022-03-12 18:00; else what was typed.

    A day without a year is the last such day that is not after today.
    """
    said = plain_text(narrow(text or "")).strip()
    found = _WHEN.fullmatch(said)
    at = _moment(found, today) if found is not None else None
    if found is None or at is None:
        return said
    return f"{at:%Y-%m-%d %H:%M}" if found["hour"] else f"{at:%Y-%m-%d}"


def _moment(found: re.Match[str], today: date) -> datetime | None:
    minute = int(found["minute"] or found["minutes"] or 0)
    try:
        at = datetime.combine(today, time(int(found["hour"] or 0), minute))
        if found["word"]:
            ago = _DAYS_AGO.get(found["word"].lower())
            return None if ago is None or found["year"] else at - timedelta(days=ago)
        year = int(found["year"] or today.year)
        at = at.replace(year=year, month=int(found["month"]), day=int(found["day"]))
        if not found["year"] and at.date() > today:
            at = at.replace(year=year - 1)
    except ValueError:
        return None
    return at


def kept_moment(text: str | None) -> datetime | None:
    """The moment that `tidy_moment` has kept, without a zone; None where it is only words."""
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None
