"""A second maker of days at a gate, built on other ideas than `tools/duty_days.py`.

What the first presumes, this one draws: how the thermometer errs and rounds, how old the people are
and how cold it is outside, who stands at the post and in what habits, when the bus comes and when
the network fails. Whoever ticks boxes does so now and then, in some part of the shift, mildly or
without shame. For measuring supervision on days that it was not made for.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from uuid import UUID

from checkpoint_app.domain.duty.turns import Ending, ShiftName, Turn
from checkpoint_app.domain.fever import is_fever
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
    Outcome,
    OutcomeChange,
    RecordedInspection,
    TemperatureReading,
    TemperatureSource,
)
from checkpoint_app.domain.opening import Opening, opening
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.register import Period
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.domain.supervision import Signal
from checkpoint_app.shipped_rules import shipped

_ZONE = timezone(timedelta(hours=8))
_MONDAY = datetime(2026, 11, 23, tzinfo=_ZONE)
_MINUTE = timedelta(minutes=1)


class Habit(StrEnum):
    """How somebody makes a formality of it."""

    COPIED = "one temperature copied through some stretches"
    RETYPED = "the person before typed again"
    LATER = "an hour or more typed in later, at one's ease"
    NO_CARD = "itinerary cards often not asked for"
    NO_RETEST = "fevers let go with no second reading"
    ABSENT = "nobody at the gate for hours"
    RUSHED = "a crowd waved through and clicked off"
    INVENTED = "temperatures made up with care"


# What speaks of a habit; a signal of another kind on the same shift is only luck. Of numbers
# invented with care nothing speaks: they look like measured ones.
_ALIKE = frozenset({Signal.SAME_RUN, Signal.SAME_SHARE, Signal.AS_BEFORE})
SPEAKS = {
    Habit.COPIED: _ALIKE,
    Habit.RETYPED: _ALIKE,
    Habit.LATER: frozenset({Signal.BATCH, Signal.SILENCE, Signal.PACE}),
    Habit.NO_CARD: frozenset({Signal.CODE_MISSING}),
    Habit.NO_RETEST: frozenset({Signal.NO_RETEST}),
    Habit.ABSENT: frozenset({Signal.SILENCE}),
    Habit.RUSHED: frozenset({Signal.PACE}),
    Habit.INVENTED: _ALIKE,
}
HIDDEN = frozenset({Habit.INVENTED})


@dataclass(frozen=True, slots=True)
class Thermometer:
    """How a reading comes from skin: noise, rounding, and a make that pulls all towards 36.5."""

    noise: float
    step: float
    pull: float
    serial: bool

    def shows(self, draw: random.Random, skin: float) -> float:
        """One reading."""
        pulled = 36.5 + (skin - 36.5) * (1 - self.pull) if skin < 37.2 else skin
        return round(round((pulled + draw.gauss(0, self.noise)) / self.step) * self.step, 1)


@dataclass(frozen=True, slots=True)
class Officer:
    """One person at the post, with the pace that is theirs."""

    name: str
    seconds: float  # a usual inspection
    varies: float
    meal_minutes: float
    asks_again: float  # how often a card that does not load is asked for and typed in instead


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of post: its rushes as (hour, spread in hours, people), and who comes besides."""

    site: str
    rushes: tuple[tuple[float, float, float], ...]
    trickle: float  # people an hour besides, while it is open
    night: float  # the same, from 22 to 5
    crews: tuple[tuple[float, float, int], ...]  # from, to, how many at once
    free: float  # how much of all that a free day has


_DAY_AND_NIGHT = ((0.0, 8.0, 1), (8.0, 16.0, 2), (16.0, 24.0, 1))
_KINDS = (
    Kind("road", ((8, 0.8, 160), (17.5, 1.1, 150)), 14, 2.0, _DAY_AND_NIGHT, 0.8),
    Kind("road", ((7, 1.5, 60), (14, 2.5, 60)), 6, 0.4, ((0, 12, 1), (12, 24, 1)), 1.1),
    Kind("school", ((7.4, 0.2, 480), (12.2, 0.3, 30), (13.8, 0.3, 40)), 3, 0, ((6.5, 19, 2),), 0),
    Kind("mall", ((10.5, 1.5, 260), (18.5, 1.6, 330)), 12, 0, ((8, 15, 2), (15, 22, 2)), 1.5),
    Kind("office", ((8.3, 0.4, 90), (13.5, 0.4, 40)), 4, 0, ((7.5, 18.5, 1),), 0),
    Kind("village", ((7, 1.5, 14), (18, 2, 18)), 1.0, 0.1, ((6, 14, 1), (14, 22, 1)), 1.2),
    Kind("hospital", ((8.5, 1.0, 240), (14.5, 1.0, 130)), 9, 2.5, _DAY_AND_NIGHT, 0.5),
)


@dataclass(slots=True)
class Post:
    """One post with its people, its thermometer and its weather; and one day of it."""

    draw: random.Random
    kind: Kind
    thermometer: Thermometer
    cold: float  # how many degrees the way to the gate takes off a forehead, at the most
    crew: list[Officer]
    day: datetime
    policy: SitePolicy = field(init=False)

    def __post_init__(self) -> None:
        self.policy = shipped(self.kind.site)

    @property
    def opening(self) -> Opening:
        """As the kind of site usually is."""
        return opening("", self.kind.site)

    def rate(self, hour: float) -> float:
        """People an hour at an hour of this day."""
        usual = self.kind.night if hour >= 22 or hour < 5 else self.kind.trickle
        for at, spread, people in self.kind.rushes:
            bell = math.exp(-(((hour - at) / spread) ** 2) / 2)
            usual += people * bell / (spread * math.sqrt(2 * math.pi))
        return usual * (self.kind.free if self.day.weekday() >= 5 else 1.0)


@dataclass(frozen=True, slots=True)
class PostDay:
    """A day at a post, with the day before it."""

    records: list[RecordedInspection]
    before: list[RecordedInspection]
    turns: list[Turn]
    usual: tuple[float, ...]
    post: Post

    @property
    def period(self) -> Period:
        """Midnight to midnight."""
        return Period(self.post.day, self.post.day + timedelta(days=1))


def post_day(seed: int, habit: Habit | None = None) -> PostDay:
    """One day of a post drawn from a seed; with a habit, whoever is busiest has it."""
    draw = random.Random(f"post {seed}")
    post = _post(draw)
    turns = list(_turns(post))
    before = _worked(post, turns)
    records = _worked(post, turns)
    usual = tuple(post.rate(hour + 0.5) * draw.uniform(0.85, 1.15) for hour in range(24))
    if habit is not None and records:
        whose = _busiest(records)
        records = _played(draw, post, records, whose, habit)
        if draw.random() < 0.5:  # a habit is seldom a day old
            before = _played(draw, post, before, whose, habit)
    return PostDay(records, before, turns, usual, post)


def lazy_officer(day: PostDay) -> str:
    """Who has the habit, where somebody has."""
    return _busiest(day.records)


def _post(draw: random.Random) -> Post:
    kind = draw.choice(_KINDS)
    make = draw.choices(
        (
            Thermometer(draw.uniform(0.08, 0.25), 0.1, 0.0, serial=False),
            Thermometer(draw.uniform(0.05, 0.12), 0.1, draw.uniform(0.6, 0.85), serial=False),
            Thermometer(draw.uniform(0.1, 0.2), 0.5, 0.0, serial=False),
            Thermometer(draw.uniform(0.08, 0.2), 0.1, draw.uniform(0, 0.5), serial=True),
        ),
        (50, 25, 10, 15),
    )[0]
    names = ("王芳", "李强", "张敏", "刘洋", "陈静", "杨磊")
    crew = [
        Officer(
            name,
            draw.uniform(5.5, 16),
            draw.uniform(0.25, 0.6),
            draw.uniform(8, 40),
            draw.uniform(0.7, 1.0),
        )
        for name in names
    ]
    closed_weekends = kind.site in ("school", "office")
    day = _MONDAY + timedelta(days=draw.randrange(5 if closed_weekends else 7))
    return Post(draw, kind, make, draw.choice((0.0, 0.0, 0.3, 0.8, 1.5)), crew, day)


def _turns(post: Post) -> Iterator[Turn]:
    people = iter(post.crew)
    for start, end, count in post.kind.crews:
        for _ in range(count):
            began, ended = (post.day + timedelta(hours=each) for each in (start, end))
            shift = ShiftName.DAY if 6 <= start < 18 else ShiftName.NIGHT
            number = UUID(int=post.draw.getrandbits(128))
            yield Turn(number, next(people).name, shift, began, ended, Ending.HANDED_OVER)


# -- who comes, and when they are seen to


def _arrivals(post: Post) -> list[tuple[datetime, int]]:
    """Poisson, minute by minute, on days that are busier or quieter; now and then a bus."""
    draw, busy = post.draw, post.draw.lognormvariate(0, 0.25)
    found: list[tuple[datetime, int]] = []
    opened = list(post.opening.spans(post.day, post.day + timedelta(days=1)))
    for minute in range(24 * 60):
        at = post.day + minute * _MINUTE
        if not any(start <= at < end for start, end in opened):
            continue
        for _ in range(_poisson(draw, post.rate(minute / 60) * busy / 60)):
            found.append((at + draw.random() * _MINUTE, 1 + (draw.random() < 0.15)))
    if post.kind.site == "road":
        for _ in range(draw.randrange(4)):
            bus = post.day + timedelta(hours=draw.uniform(6, 21))
            found.append((bus, draw.randint(15, 48)))
    return sorted(found)


def _poisson(draw: random.Random, mean: float) -> int:
    limit, count, product = math.exp(-mean), 0, draw.random()
    while product > limit:
        count, product = count + 1, product * draw.random()
    return count


def _worked(post: Post, turns: list[Turn]) -> list[RecordedInspection]:
    """An honest day: everyone is seen to by whoever is free first and not at table."""
    draw = post.draw
    free = {turn.operator: turn.began_at for turn in turns}
    away = {turn.operator: _away(post, turn) for turn in turns}
    officers = {each.name: each for each in post.crew}
    outage = _outage(post)
    records: list[RecordedInspection] = []
    for came, party in _arrivals(post):
        for _ in range(party):
            there = [turn for turn in turns if turn.covers(came)]
            if not there:
                break
            name = min((turn.operator for turn in there), key=lambda who: max(free[who], came))
            begins = max(free[name], came)
            for start, end in away[name]:
                begins = end if start <= begins < end else begins
            officer = officers[name]
            takes = officer.seconds * draw.lognormvariate(0, officer.varies)
            takes = max(3.0 if post.thermometer.serial else 4.2, takes)
            done = begins + timedelta(seconds=takes)
            free[name] = done
            cut = outage is not None and outage[0] <= done < outage[1]
            if done < post.day + timedelta(days=1):
                records.append(_seen(post, officer, (begins, done), cut))
    return sorted(records, key=lambda each: each.confirmed_at)


def _away(post: Post, turn: Turn) -> list[tuple[datetime, datetime]]:
    """A meal in a long turn, and minutes here and there."""
    draw, officer = post.draw, next(o for o in post.crew if o.name == turn.operator)
    assert turn.ended_at is not None
    long = (turn.ended_at - turn.began_at) / timedelta(hours=1)
    spans = [(draw.uniform(0.3, 0.7) * long, officer.meal_minutes)] if long >= 6 else []
    spans += [(draw.uniform(0, long), draw.uniform(3, 10)) for _ in range(int(long / 3))]
    return [
        (turn.began_at + timedelta(hours=at), turn.began_at + timedelta(hours=at, minutes=minutes))
        for at, minutes in spans
    ]


def _outage(post: Post) -> tuple[datetime, datetime] | None:
    if post.draw.random() > 0.2:
        return None
    start = post.day + timedelta(hours=post.draw.uniform(6, 20))
    return start, start + timedelta(minutes=post.draw.uniform(10, 150))


# -- one person


def _skin(post: Post, at: datetime) -> float:
    """A forehead: by age, by the hour, and by the cold that it comes out of."""
    draw = post.draw
    age = draw.choices((0.15, 0.0, -0.15), (20, 60, 20))[0]
    hour = 0.15 * math.sin((at.hour - 10) / 24 * 2 * math.pi)
    dawn = 1.0 if at.hour < 9 or at.hour > 19 else 0.4
    return 36.5 + age + hour + draw.gauss(0, 0.18) - post.cold * dawn * draw.betavariate(1.3, 3)


def _seen(
    post: Post, officer: Officer, span: tuple[datetime, datetime], cut: bool
) -> RecordedInspection:
    draw, (begins, done) = post.draw, span
    fever = draw.random() < 0.003
    source = TemperatureSource.SERIAL if post.thermometer.serial else TemperatureSource.TYPED
    first = post.thermometer.shows(draw, draw.gauss(38, 0.4) if fever else _skin(post, done))
    readings = [TemperatureReading(first, done, source)]
    if is_fever(readings[0], post.policy):
        done += timedelta(minutes=draw.uniform(5.1, 15))
        again = first if fever else post.thermometer.shows(draw, 36.5)
        readings.append(TemperatureReading(again, done, source))
    elif first < post.policy.plausible_from_c:  # cold skin: at the wrist, at once
        readings.append(TemperatureReading(36.2, done, source))
    inspection = Inspection(
        id=UUID(int=draw.getrandbits(128)),
        opened_at=begins,
        health_code=_code(draw, begins, cut),
        itinerary=_card(draw, officer, cut),
        temperatures=tuple(readings),
        mask=True,
        symptoms=(),
        contact=False,
    )
    return _decided(post, inspection, officer.name, done)


def _code(draw: random.Random, at: datetime, cut: bool) -> HealthCode:
    failed = cut and draw.random() < 0.8
    return HealthCode(CodeStatus.TIMED_OUT if failed else CodeStatus.GREEN, seen_at=at)


def _card(draw: random.Random, officer: Officer, cut: bool) -> Itinerary | None:
    """Without network the card does not load: most ask and type it in; a few never have one."""
    if cut and draw.random() < 0.5:
        asked = draw.random() < officer.asks_again
        return Itinerary(shown=False, cities=(City("郑州市"),)) if asked else None
    return Itinerary(shown=True) if draw.random() > 0.002 else None


def _decided(post: Post, inspection: Inspection, operator: str, at: datetime) -> RecordedInspection:
    """What is not complete or not on the roster is let through by the officer's word."""
    verdict = decide(inspection, post.policy, now=at)
    recorded = RecordedInspection(inspection, verdict, verdict.outcome, operator, at)
    if verdict.outcome in (Outcome.INCOMPLETE, Outcome.RETEST, Outcome.TURN_BACK):
        change = OutcomeChange(Outcome.PASS, "已核实", operator)
        recorded = replace(recorded, outcome=Outcome.PASS, change=change)
    return recorded


def _again(post: Post, old: RecordedInspection, **changed: object) -> RecordedInspection:
    inspection = replace(old.inspection, **changed)  # type: ignore[arg-type]
    return _decided(post, inspection, old.operator, old.confirmed_at)


# -- habits


def _busiest(records: list[RecordedInspection]) -> str:
    counted: dict[str, int] = {}
    for each in records:
        counted[each.operator] = counted.get(each.operator, 0) + 1
    return max(sorted(counted), key=lambda name: counted[name]) if counted else ""


def _played(
    draw: random.Random,
    post: Post,
    records: list[RecordedInspection],
    whose: str,
    habit: Habit,
) -> list[RecordedInspection]:
    """The same day, as somebody with a habit wrote it down."""
    if habit is Habit.ABSENT:
        return _absent(draw, records, whose)
    own = [each for each in records if each.operator == whose]
    others = [each for each in records if each.operator != whose]
    if own:
        own = _PLAYED[habit](draw, post, own)
    return sorted([*others, *own], key=lambda each: each.confirmed_at)


Played = Callable[[random.Random, Post, list[RecordedInspection]], list[RecordedInspection]]


def _typed(post: Post, old: RecordedInspection, celsius: float) -> RecordedInspection:
    reading = TemperatureReading(round(celsius, 1), old.confirmed_at)
    return _again(post, old, temperatures=(reading,))


def _copied(
    draw: random.Random, post: Post, own: list[RecordedInspection]
) -> list[RecordedInspection]:
    """Lazy spells and honest ones by turns; in a lazy one a reading is taken now and then."""
    value, lazy, made = draw.choice((36.2, 36.3, 36.4, 36.5, 36.6)), True, []
    left, real = draw.randint(15, 60), draw.uniform(0.0, 0.08)
    for each in own:
        made.append(_typed(post, each, value) if lazy and draw.random() > real else each)
        left -= 1
        if not left:
            lazy, left = not lazy, draw.randint(15, 60)
    return made


def _retyped(
    draw: random.Random, post: Post, own: list[RecordedInspection]
) -> list[RecordedInspection]:
    often, made = draw.uniform(0.4, 0.9), own[:1]
    for each in own[1:]:
        last = made[-1].inspection.temperatures[0].celsius
        lazy = draw.random() < often and last < 37.3
        made.append(_typed(post, each, last) if lazy else each)
    return made


def _later(
    draw: random.Random, post: Post, own: list[RecordedInspection]
) -> list[RecordedInspection]:
    """From one to four hours in the busier half of the turn, typed in when there is time."""
    first = draw.randrange(max(1, len(own) // 2))
    start = own[first].confirmed_at
    end = start + timedelta(hours=draw.uniform(1, 4))
    pace, at, made = draw.uniform(6, 25), end, []
    for each in own:
        if not start <= each.confirmed_at < end:
            made.append(each)
            continue
        at += timedelta(seconds=pace * draw.lognormvariate(0, 0.4))
        opened = at - timedelta(seconds=4)
        made.append(
            replace(each, inspection=replace(each.inspection, opened_at=opened), confirmed_at=at)
        )
    return sorted(made, key=lambda each: each.confirmed_at)


def _no_card(
    draw: random.Random, post: Post, own: list[RecordedInspection]
) -> list[RecordedInspection]:
    often = draw.uniform(0.08, 0.5)
    return [_again(post, each, itinerary=None) if draw.random() < often else each for each in own]


def _no_retest(
    draw: random.Random, post: Post, own: list[RecordedInspection]
) -> list[RecordedInspection]:
    """One to three; half of them with a lower figure typed at once, which proves nothing."""
    whose = set(draw.sample(range(len(own)), min(len(own), draw.randint(1, 3))))
    made = []
    for n, each in enumerate(own):
        if n not in whose:
            made.append(each)
            continue
        at, hot = each.confirmed_at, draw.uniform(37.4, 38.6)
        readings = [TemperatureReading(round(hot, 1), at - timedelta(seconds=20))]
        if draw.random() < 0.5:
            readings.append(TemperatureReading(36.7, at))
        made.append(_again(post, each, temperatures=tuple(readings)))
    return made


def _absent(
    draw: random.Random, records: list[RecordedInspection], whose: str
) -> list[RecordedInspection]:
    """The post is left, or asleep: whoever stands there with them goes too."""
    own = [each for each in records if each.operator == whose]
    first = draw.randrange(max(1, 2 * len(own) // 3))
    start = own[first].confirmed_at
    end = start + timedelta(hours=draw.uniform(1.5, 4))
    return [each for each in records if not start < each.confirmed_at < end]


def _rushed(
    draw: random.Random, post: Post, own: list[RecordedInspection]
) -> list[RecordedInspection]:
    """Thirty to a hundred people of a rush at one to three seconds each."""
    much = min(len(own), draw.randint(30, 100))
    first = draw.randrange(len(own) - much + 1)
    at, made = own[first].confirmed_at, list(own)
    for n in range(first, first + much):
        at += timedelta(seconds=draw.uniform(1, 3))
        celsius = made[n].inspection.temperatures[0].celsius
        moved = _typed(post, replace(made[n], confirmed_at=at), celsius)
        opened = replace(moved.inspection, opened_at=at - timedelta(seconds=1))
        made[n] = replace(moved, inspection=opened)
    return sorted(made, key=lambda each: each.confirmed_at)


def _invented(
    draw: random.Random, post: Post, own: list[RecordedInspection]
) -> list[RecordedInspection]:
    values = (36.2, 36.3, 36.4, 36.5, 36.6, 36.7)
    return [_typed(post, each, draw.choice(values)) for each in own]


_PLAYED: dict[Habit, Played] = {
    Habit.COPIED: _copied,
    Habit.RETYPED: _retyped,
    Habit.LATER: _later,
    Habit.NO_CARD: _no_card,
    Habit.NO_RETEST: _no_retest,
    Habit.RUSHED: _rushed,
    Habit.INVENTED: _invented,
}
