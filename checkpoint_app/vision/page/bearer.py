"""Who a page is of: name, ID number and phone, masked or whole, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from checkpoint_app.divisions import short_name
from checkpoint_app.domain.person import IdCard, read_id_card
from checkpoint_app.vision.page.layout import (
    Area,
    Layout,
    Print,
    below,
    gaps,
    near,
    right_of,
    same_row,
)
from checkpoint_app.vision.page.ocr import Line
from checkpoint_app.vision.page.tables import Tables

_SURE = 0.9  # of a digit's score; below it the number is uncertain
_SURE_NAME = 0.6
_STAR_LIKE = "*×xX※•·●∙水中净米木术☆"  # what stars are taken for when they are small

_PHONE = re.compile(r"(?<![\d*])(1[3-9]\d) ?(\d{4}|[*]{2,6}) ?(\d{4})(?![\d*])")
_ID_WHOLE = re.compile(r"(?<![\d*])(\d{17}[\dXx])(?![\d*])")
_ID_MASKED = re.compile(
    rf"(?<![\d{_STAR_LIKE}])(\d{{0,6}})((?:[{_STAR_LIKE}] ?){{5,20}})"
    rf"(\d{{0,4}}[\dXx]?)(?![\d{_STAR_LIKE}])"
)
_NAME_MASKED = re.compile(
    r"(?<![*\u3400-\u9fff·])([\u3400-\u9fff·]{0,3}\*{1,4}[\u3400-\u9fff·]{0,3})(?![*\u3400-\u9fff·])"
)
_NAME_WHOLE = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{2,8}·[\u3400-\u9fff·]{2,12}")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Read:
    """A field's value, where it stands, and whether it is certain."""

    value: str
    line: Print
    sure: bool


def telling(text: str, tables: Tables) -> bool:
    """Whether a line may hold a name or a number, so that a misread sign would matter."""
    signs = sum(each.isdigit() or each == "*" for each in text)
    return "*" in text or signs >= 9 or _may_be_name(text, tables)


def phone(layout: Layout, tables: Tables) -> Read | None:
    """The bearer's phone, masked with four stars or whole; a service's number is none."""
    for line in layout.lines:
        match = _PHONE.search(line.text)
        if match is None or _of_a_service(line, layout, tables):
            continue
        hidden = "****" if "*" in match[2] else match[2]
        sure = line.sure(match.start(), match.end(), "0123456789") >= _SURE
        return Read(match[1] + hidden + match[3], line, sure)
    return None


def _of_a_service(line: Print, layout: Layout, tables: Tables) -> bool:
    beside = [each for each in layout.lines if same_row(each.line, line.line)]
    return any(tables.has("labels.service", each.text) for each in [line, *beside])


def id_number(layout: Layout, tables: Tables, today: date) -> Read | None:
    """The ID number: whole ones first, then masked ones, their stars filled up to 18 places."""
    for line in layout.lines:
        match = _ID_WHOLE.search(line.text)
        if match is not None:
            sound = isinstance(read_id_card(match[1], today), IdCard)
            sure = sound and line.sure(match.start(), match.end()) >= _SURE
            return Read(match[1].upper(), line, sure)
    found = [each for each in (_masked(line, layout) for line in layout.lines) if each]
    return max(found, key=lambda each: sum(sign.isdigit() for sign in each.value), default=None)


def _masked(line: Print, layout: Layout) -> Read | None:
    match = _ID_MASKED.search(line.text)
    if match is None or _PHONE.search(line.text):
        return None
    head, stars, tail = match[1], match[2].replace(" ", ""), match[3].upper()
    sure = line.sure(match.start(), match.end(), "0123456789Xx") >= _SURE
    if not tail:
        tail, tail_sure = _tail(line, layout)
        sure = sure and tail_sure
    shown = len(head) + len(tail)
    if "*" not in stars or shown == 0 or shown > 14:
        return None
    sure = sure and shown + stars.count("*") == 18  # a sign lost may have been a digit
    return Read(head + "*" * (18 - shown) + tail, line, sure)


def _tail(line: Print, layout: Layout) -> tuple[str, bool]:
    """The last digits where they were read as a line of their own."""
    beside = right_of(layout, line)
    if beside is None or gaps(beside.line, line.line)[0] > line.height:
        return "", True
    match = re.fullmatch(r" ?(\d{1,4}|\d{0,3}[Xx])", beside.text)
    return (match[1].upper(), beside.sure() >= _SURE) if match else ("", True)


def name(layout: Layout, tables: Tables, numbers: list[Read]) -> Read | None:
    """The bearer's name: beside its label, else masked, else whole next to number or code."""
    labelled = next(_labelled(layout, tables), None)
    if labelled is not None:
        return labelled
    masked = [found for line in layout.lines if (found := _masked_name(line, tables))]
    if masked:
        return min(masked, key=lambda each: _distance(each.line, layout, numbers))
    whole = [line for line in layout.lines if _may_be_name(line.text, tables)]
    beside = [line for line in whole if any(_beside(line, each.line) for each in numbers)]
    if beside:
        best = max(beside, key=lambda line: line.height)
        return _whole_name(best.text, best, tables)
    over = [line for line in whole if _over_code(line, layout)]
    return Read(_bare(over[0].text), over[0], False) if len(over) == 1 else None


def _labelled(layout: Layout, tables: Tables) -> Iterator[Read]:
    for label in layout.lines:
        word = tables.first("labels.name", label.text)
        if word is None or len(label.text.split(word)[0]) > 3:
            continue
        rest = label.text.split(word, 1)[1].strip(" :")
        if rest:
            found = _as_name(rest, label, tables)
        else:
            places = [each for each in (right_of(layout, label), below(layout, label)) if each]
            found = next((f for each in places if (f := _as_name(each.text, each, tables))), None)
        if found is not None:
            yield found


def _as_name(text: str, line: Print, tables: Tables) -> Read | None:
    masked = _NAME_MASKED.search(text)
    if masked and _HAN.search(masked[1]):
        return Read(masked[1], line, line.sure(where=masked[1].replace("*", "")) >= _SURE_NAME)
    return _whole_name(text, line, tables) if _may_be_name(text, tables) else None


def _whole_name(text: str, line: Print, tables: Tables) -> Read:
    """A name without stars; one that is but a long surname has lost its star."""
    bare = _bare(text)
    sure = line.sure() >= _SURE_NAME and bare not in tables.words["names.compound"]
    return Read(bare, line, sure)


def _masked_name(line: Print, tables: Tables) -> Read | None:
    """A masked name standing alone in its line but for a sign before or after it."""
    match = _NAME_MASKED.search(line.text)
    if match is None or not _HAN.search(match[1]) or len(match[1]) > 6:
        return None
    rest = _PHONE.sub("", line.text[: match.start()]) + _PHONE.sub("", line.text[match.end() :])
    if len(rest.strip()) > 3 or tables.has("notices.words", line.text):
        return None
    bare = match[1].replace("*", "")
    if tables.has("names.never", bare) or bare in tables.divisions:
        return None
    return Read(match[1], line, line.sure(where=bare) >= _SURE_NAME)


def _bare(text: str) -> str:
    return re.sub(r"[^\u3400-\u9fff·]", "", text)


def _may_be_name(text: str, tables: Tables) -> bool:
    text, bare = _PHONE.sub("", text), _bare(text)
    if not _NAME_WHOLE.fullmatch(bare) or len(text.strip()) > len(bare) + 2:
        return False
    known = tables.words
    if set(bare[1:]) & set(known["names.characters"]) or short_name(bare) in tables.divisions:
        return False
    if "·" in bare:
        return not tables.has("notices.words", bare)
    begins = bare[:2] in known["names.compound"] and len(bare) > 2
    if not begins and (bare[0] not in known["names.surnames"] or len(bare) > 3):
        return False
    return not tables.has("names.never", bare)


def _beside(line: Print, number: Print) -> bool:
    """Whether a line stands over, under or in one row with a number."""
    tall = max(line.height, number.height)
    return near(line.line, number.line, 8 * tall, 1.3 * tall)


def _over_code(line: Print, layout: Layout) -> bool:
    """Whether a line stands large and close over the code."""
    if layout.code is None or line.line.bottom > layout.code.top:
        return False
    heights = sorted(each.height for each in layout.lines)
    side = layout.code.right - layout.code.left
    close = gaps(line.line, layout.code)[1] < 0.5 * side
    return close and line.height >= 1.1 * heights[len(heights) // 2]


def _distance(line: Print, layout: Layout, numbers: list[Read]) -> float:
    """How far from the bearer's numbers, or else from the code."""
    marks: list[Line | Area] = [each.line.line for each in numbers]
    marks += [layout.code] if layout.code and not marks else []
    return min((sum(gaps(line.line, mark)) for mark in marks), default=line.line.top)
