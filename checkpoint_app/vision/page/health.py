"""What a page states of test and vaccination, wherever its province puts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.page import ShownTest, ShownVaccination
from checkpoint_app.vision.page.layout import Layout, Print, near, owner, same_row
from checkpoint_app.vision.page.moments import Clock, dated
from checkpoint_app.vision.page.tables import Tables

_SURE = 0.8
_WINDOWS = frozenset({12, 24, 36, 48, 72, 96, 120, 144, 168})  # hours that pages state
_HEADING = 10  # characters that the heading of a part has at most
_LONG = 18  # characters; a longer line explains something
_NUMERALS = {"首": 1, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}

_HOURS = re.compile(r"(?<!\d)(\d{1,3}) ?(?:小时|[hH](?![a-zA-Z]))")
_DAYS = re.compile(r"(?<!\d)(\d) ?天")
_ASIDE = re.compile(r"[(\[][^)\]]*[)\]]?|20\d\d[-./年][\d\-./: 月日时分]+")  # brackets and dates
_NUMBER = re.compile(r"\D?(\d{2,3})\D?")


@dataclass(frozen=True, slots=True)
class Health:
    """Test and vaccination, with the names of the fields that are not certain."""

    test: ShownTest | None
    vaccination: ShownVaccination | None
    uncertain: frozenset[str]


def health(layout: Layout, tables: Tables, clock: Clock | None, now: datetime) -> Health:
    """What is stated of the bearer's test and vaccination."""
    heads = _heads(layout, tables)
    test, test_sure = _test(layout, tables, heads, clock, now)
    shots, shots_sure = _vaccination(layout, tables, heads, clock, now)
    doubts = [("nat", test, test_sure), ("vaccination", shots, shots_sure)]
    named = frozenset(field for field, value, sure in doubts if value is not None and not sure)
    return Health(test, shots, named)


def _heads(layout: Layout, tables: Tables) -> dict[str, list[Print]]:
    """The headings of the page by what they head."""
    kinds = {"test": "test.about", "vaccination": "vaccination.about", "other": "sections.other"}
    short = [line for line in layout.lines if len(line.text) <= _HEADING or _hours_in(line.text)]
    return {
        part: [line for line in short if tables.has(word, line.text)]
        for part, word in kinds.items()
    }


def _all(heads: dict[str, list[Print]]) -> list[Print]:
    return [line for part in heads.values() for line in part]


def _states(line: Print, tables: Tables) -> bool:
    """Whether a line can state something about the bearer, and explains or asks nothing."""
    said = _ASIDE.sub("", line.text)
    return len(said) <= _LONG and not tables.has("notices.words", said)


# ---- test ---------------------------------------------------------------------------------------


def _test(
    layout: Layout,
    tables: Tables,
    heads: dict[str, list[Print]],
    clock: Clock | None,
    now: datetime,
) -> tuple[ShownTest | None, bool]:
    stated = [line for line in layout.lines if _states(line, tables)]
    negative = [each for each in stated if tables.has("test.negative", each.text)]
    positive = [each for each in stated if tables.has("test.positive", each.text)]
    results = [
        each for each in negative + positive if _about_a_test(each, heads["test"], layout, tables)
    ]
    if not results:
        return None, True
    said = {tables.has("test.positive", each.text) for each in results}
    both = len(said) > 1 or any(each in negative for each in positive)
    result = (
        NatResult.UNKNOWN if both else NatResult.POSITIVE if True in said else NatResult.NEGATIVE
    )
    hours, hours_sure = _window(results, heads["test"], layout, tables)
    moments = [
        (line, moment)
        for line, moment in dated(layout, _all(heads), heads["test"] + results, clock, now)
    ]
    named = [each for each in moments if tables.has("test.dated", each[0].text)] or moments
    at = max((moment.value for _, moment in named if moment.value), key=_sortable, default=None)
    sure = not both and hours_sure and all(each.sure() >= _SURE for each in results)
    sure = sure and all(moment.sure for _, moment in named)
    return ShownTest(result, hours, at, _laboratory(layout, tables, heads)), sure


def _sortable(value: object) -> str:
    return str(value)


def _about_a_test(line: Print, heads: list[Print], layout: Layout, tables: Tables) -> bool:
    """A result counts only beside a test's own words, or with its window in the same line."""
    if tables.has("test.about", line.text) or _HOURS.search(line.text) or _DAYS.search(line.text):
        return True
    reach = max(0.3 * layout.width, 4 * line.height)
    return any(near(line.line, head.line, reach, reach) for head in heads)


def _window(
    results: list[Print], heads: list[Print], layout: Layout, tables: Tables
) -> tuple[int | None, bool]:
    """Hours that the test covers: in the line of the result, else in the lines around it."""
    for line in results:
        hours = _hours_in(line.text)
        if hours is not None:
            return hours, line.sure(where="0123456789") >= _SURE
    for mark in (*results, *heads):
        found = list(_around(mark, layout, tables))
        if len({hours for hours, _ in found}) == 1:
            return found[0][0], all(line.sure(where="0123456789") >= _SURE for _, line in found)
    return None, True


def _hours_in(text: str) -> int | None:
    hours = _HOURS.search(text)
    days = _DAYS.search(text)
    found = int(hours[1]) if hours else 24 * int(days[1]) if days else None
    return found if found in _WINDOWS else None


def _around(mark: Print, layout: Layout, tables: Tables) -> Iterator[tuple[int, Print]]:
    """Windows in the lines around a result or heading: "24小时内", or a large 24 alone."""
    for line in layout.lines:
        tall = max(line.height, mark.height)
        close = near(line.line, mark.line, 2.0 * tall, 1.6 * tall)
        if line is mark or not (close or same_row(line.line, mark.line)):
            continue
        if not _states(line, tables) or tables.has("sections.other", line.text):
            continue
        alone = _NUMBER.fullmatch(line.text.strip()) if close else None
        hours = int(alone[1]) if alone else _hours_in(line.text)
        if hours in _WINDOWS and hours is not None:
            yield hours, line


def _laboratory(layout: Layout, tables: Tables, heads: dict[str, list[Print]]) -> str | None:
    everything = _all(heads)
    for line in layout.lines:
        if not tables.has("test.laboratory", line.text) or len(line.text) > 40:
            continue
        if line in heads["test"] and tables.first("test.laboratory_labels", line.text) is None:
            continue
        if line in heads["test"] or owner(line.line, everything) in heads["test"]:
            return line.text.split(":")[-1].strip() or None
    return None


# ---- vaccination --------------------------------------------------------------------------------


def _vaccination(
    layout: Layout,
    tables: Tables,
    heads: dict[str, list[Print]],
    clock: Clock | None,
    now: datetime,
) -> tuple[ShownVaccination | None, bool]:
    everything = _all(heads)
    own = [
        line
        for line in layout.lines
        if _states(line, tables)
        and (
            tables.has("vaccination.about", line.text)
            or owner(line.line, everything) in heads["vaccination"]
        )
    ]
    told = [line for line in own if _tells(line, tables)]
    if not told:
        return None, True
    sure = all(line.sure() >= _SURE or line.sure(where="0123456789") >= _SURE for line in told)
    if any(tables.has("vaccination.none", line.text) for line in told):
        clear = all(_doses_in(line, tables) is None for line in told)
        return ShownVaccination(0, False) if clear else ShownVaccination(), sure and clear
    counts = [count for line in told if (count := _doses_in(line, tables)) is not None]
    partial = any(tables.has("vaccination.partial", line.text) for line in told)
    booster = any(tables.has("vaccination.booster", line.text) for line in told) and not partial
    whole = booster or any(tables.has("vaccination.complete", line.text) for line in told)
    complete = False if partial else True if whole else None
    days = dated(layout, everything, heads["vaccination"], clock, now)
    at = max((moment.day for _, moment in days if moment.day), default=None)
    doses = max(counts, default=None)
    listed = len({moment.day for _, moment in days})  # a date a dose: none of them may be missing
    sure = sure and not (partial and whole) and (doses is None or listed <= max(doses, 1))
    return ShownVaccination(doses, complete, booster, at), sure


def _tells(line: Print, tables: Tables) -> bool:
    """Whether a line says something of the vaccination, and is more than its heading."""
    kinds = ("none", "partial", "complete", "booster", "vaccinated")
    told = any(tables.has(f"vaccination.{kind}", line.text) for kind in kinds)
    return told or _doses_in(line, tables) is not None


def _doses_in(line: Print, tables: Tables) -> int | None:
    """Doses stated in a line: 3次, 已接种2剂, 第三针."""
    units = "|".join(sorted(map(re.escape, tables.words["vaccination.units"]), key=len)[::-1])
    match = re.search(rf"(?<!\d)([1-6]|[{''.join(_NUMERALS)}]) ?(?:{units})", line.text)
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else _NUMERALS[match[1]]
