"""Names, identity numbers, documents and phones, as people write them."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.person import (
    NAME_LIMIT,
    DocumentKind,
    IdCard,
    NumberFault,
    Person,
    age_on,
    check_digit,
    identified,
    narrow,
    plain_text,
    read_document,
    read_id_card,
    read_phone,
    tidy_name,
)

TODAY = date(2026, 11, 23)
EXAMPLE = "11010519491231002X"  # the standard's own


def number(region: str = "410103", born: str = "19761123", order: str = "883") -> str:
    body = region + born + order
    return body + check_digit(body)


def test_the_example_of_the_standard() -> None:
    assert read_id_card(EXAMPLE, TODAY) == IdCard(EXAMPLE, "110105", date(1949, 12, 31), "F")
    assert check_digit("34052419800101001") == "X"


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ",
        " 110105 19491231 002X ",
        "110105-19491231-002x",
        "11010519491231002X\r\n",
        "\u200e11010519491231002X\u202c",
        "110105\u300019491231002X",
    ],
)
def test_ways_to_write_it(written: str) -> None:
    found = read_id_card(written, TODAY)
    assert isinstance(found, IdCard)
    assert found.number == EXAMPLE


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", NumberFault.LENGTH),
        ("   ", NumberFault.LENGTH),
        ("1101051949123100", NumberFault.LENGTH),
        ("11010519491231002", NumberFault.LENGTH),
        ("11010519491231002XX", NumberFault.LENGTH),
        ("1" * 10_000, NumberFault.LENGTH),
        ("11010519491231O02X", NumberFault.CHARACTERS),
        ("1101051949123100XX", NumberFault.CHARACTERS),
        ("11010519491231002Y", NumberFault.CHARACTERS),
        ("X1010519491231002X", NumberFault.CHARACTERS),
        ("11010549123100X", NumberFault.CHARACTERS),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", NumberFault.CHARACTERS),  # digits, but not ours
        ("001010519491231002", NumberFault.REGION),
        (number(region="990105"), NumberFault.REGION),
        (number(region="170105"), NumberFault.REGION),
        (number(born="19490230"), NumberFault.BIRTH_DATE),
        (number(born="19491301"), NumberFault.BIRTH_DATE),
        (number(born="00000101"), NumberFault.BIRTH_DATE),
        (number(born="20261124"), NumberFault.BIRTH_DATE),  # tomorrow
        (number(born="29990101"), NumberFault.BIRTH_DATE),
        ("440524188001010014", NumberFault.BIRTH_DATE),  # 146 years old
        (number(born="20230229"), NumberFault.BIRTH_DATE),
        ("110105194912310021", NumberFault.CHECK_DIGIT),
        ("110105194912310020", NumberFault.CHECK_DIGIT),
        ("110106194912310020", NumberFault.CHECK_DIGIT),
        ("110105190000001", NumberFault.BIRTH_DATE),
    ],
)
def test_what_is_wrong_with_it(text: str, fault: NumberFault) -> None:
    assert read_id_card(text, TODAY) is fault


@pytest.mark.parametrize(
    ("text", "born", "sex"),
    [
        (number(order="001"), date(1976, 11, 23), "M"),
        (number(order="002"), date(1976, 11, 23), "F"),
        (number(born="20261123"), TODAY, "M"),  # born today
        (number(born="18961231"), date(1896, 12, 31), "M"),
        (number(born="20240229"), date(2024, 2, 29), "M"),
        (number(region="810000", born="19900101"), date(1990, 1, 1), "M"),
        (number(region="830000", born="19900101"), date(1990, 1, 1), "M"),
        (number(region="931392", born="19900101"), date(1990, 1, 1), "M"),  # foreigner, Shanghai
        ("110105491231002", date(1949, 12, 31), "F"),
        ("110105491231003", date(1949, 12, 31), "M"),
    ],
)
def test_what_it_says_of_its_bearer(text: str, born: date, sex: str) -> None:
    found = read_id_card(text, TODAY)
    assert isinstance(found, IdCard)
    assert (found.birth_date, found.sex, found.region) == (born, sex, text[:6])


births = st.dates(date(1900, 1, 1), TODAY)
orders = st.integers(0, 999).map("{:03d}".format)


@given(births, orders)
def test_every_number_that_holds_together_is_read(born: date, order: str) -> None:
    found = read_id_card(number(born=f"{born:%Y%m%d}", order=order), TODAY)
    assert isinstance(found, IdCard)
    assert found.birth_date == born


@given(births, orders, st.integers(0, 17), st.sampled_from("0123456789"))
def test_every_single_wrong_digit_is_noticed(born: date, order: str, at: int, digit: str) -> None:
    right = number(born=f"{born:%Y%m%d}", order=order)
    wrong = right[:at] + digit + right[at + 1 :]
    if wrong != right:
        assert isinstance(read_id_card(wrong, TODAY), NumberFault)


@given(births, orders, st.integers(0, 16))
def test_every_swap_of_neighbours_is_noticed(born: date, order: str, at: int) -> None:
    right = number(born=f"{born:%Y%m%d}", order=order)
    wrong = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
    if wrong != right:
        assert isinstance(read_id_card(wrong, TODAY), NumberFault)


@given(st.text(max_size=60))
def test_reading_numbers_never_raises(text: str) -> None:
    read_id_card(text, TODAY)
    read_phone(text)
    for kind in DocumentKind:
        read_document(kind, text, TODAY)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 11, 23), TODAY, 14),
        (date(2012, 11, 24), TODAY, 13),
        (date(2026, 11, 23), TODAY, 0),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (TODAY + timedelta(1), TODAY, -1),
    ],
)
def test_age(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


# ---- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (None, None),
        ("", None),
        (" \t\u3000\u200b", None),
        ("···", None),
        ("王小明", "王小明"),
        (" 王小明 ", "王小明"),
        ("王 小\u3000明", "王小明"),
        ("王小明\n", "王小明"),
        ("王\x00小\x1b明", "王小明"),
        ("\u202e明小王\u202c", "明小王"),
        ("王\ufeff小明", "王小明"),
        ("王\ud800小明", "王小明"),
        ("王小明\uffff", "王小明"),
        # every middle dot is the same
        ("吾麦尔江·艾力", "吾麦尔江·艾力"),
        ("吾麦尔江•艾力", "吾麦尔江·艾力"),
        ("吾麦尔江・艾力", "吾麦尔江·艾力"),
        ("吾麦尔江‧艾力", "吾麦尔江·艾力"),
        ("吾麦尔江∙艾力", "吾麦尔江·艾力"),
        ("吾麦尔江 · 艾力", "吾麦尔江·艾力"),
        ("吾麦尔江.艾力", "吾麦尔江·艾力"),
        ("吾麦尔江．艾力", "吾麦尔江·艾力"),
        ("吾麦尔江 . 艾力", "吾麦尔江·艾力"),
        ("·吾麦尔江··艾力·", "吾麦尔江·艾力"),
        # rare characters stay as they are
        ("䶮㛃", "䶮㛃"),
        ("𠅤𬍛", "𠅤𬍛"),
        ("𠅤 𬍛", "𠅤𬍛"),
        ("王\ue863", "王\ue863"),
        ("王\U000323af", "王\U000323af"),
        ("﨎", "﨎"),
        # letters
        ("Gabriele  Mustermann", "Gabriele Mustermann"),
        ("Ｇａｂｉ", "Gabi"),
        ("Jean-Luc d'Artagnan", "Jean-Luc d'Artagnan"),
        ("J. R. Müller", "J. R. Müller"),
        ("王 John", "王 John"),
        # markup stays, as plain text
        ("<b>王</b>&amp;", "<b>王</b>&amp;"),
    ],
)
def test_names(written: str | None, kept: str | None) -> None:
    assert tidy_name(written) == kept


@given(st.text(max_size=200))
def test_a_tidy_name_is_tidy(text: str) -> None:
    name = tidy_name(text)
    if name is not None:
        assert tidy_name(name) == name
        assert name == name.strip()
        assert len(name) <= NAME_LIMIT
        # what this Python's Unicode does not know yet may be a rare character of a name
        unseen = [each for each in name if not each.isprintable()]
        assert {unicodedata.category(each) for each in unseen} <= {"Cn", "Co"}
        assert not set(name) & set("\n\r\t\x00\u202e\u200b")


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=20))
def test_han_names_are_kept_whole(name: str) -> None:
    assert tidy_name(name) == name
    assert tidy_name(" ".join(name)) == name


@given(st.text(max_size=2000), st.integers(1, 300))
def test_plain_text_is_one_line(text: str, limit: int) -> None:
    found = plain_text(text, limit)
    assert len(found) <= limit
    assert len(found.splitlines()) <= 1
    assert found == " ".join(found.split())


def test_narrow_leaves_han_alone() -> None:
    assert narrow("ＡＢＣ１２３　！～王﨎Å") == "ABC123 !~王﨎Å"


# ---- documents and phones -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (DocumentKind.ID_CARD, "11010519491231002x", EXAMPLE),
        (DocumentKind.ID_CARD, "110105194912310021", None),
        (DocumentKind.PASSPORT, "e12345678", "E12345678"),
        (DocumentKind.PASSPORT, " E 1234 5678 ", "E12345678"),
        (DocumentKind.PASSPORT, "C01X00T47", "C01X00T47"),
        (DocumentKind.PASSPORT, "1234", None),
        (DocumentKind.PASSPORT, "E1234567890123456", None),
        (DocumentKind.PASSPORT, "E1234567王", None),
        (DocumentKind.TRAVEL_PERMIT, "H12345678", "H12345678"),
        (DocumentKind.TRAVEL_PERMIT, "m1234567801", "M1234567801"),
        (DocumentKind.TRAVEL_PERMIT, "12345678", "12345678"),
        (DocumentKind.TRAVEL_PERMIT, "1234567890", "1234567890"),
        (DocumentKind.TRAVEL_PERMIT, "1234567890B", "1234567890B"),
        (DocumentKind.TRAVEL_PERMIT, "H1234567", None),
        (DocumentKind.TRAVEL_PERMIT, "K12345678", None),
        (DocumentKind.OTHER, "户 0123", "户0123"),
        (DocumentKind.OTHER, "<script>", None),
        (DocumentKind.OTHER, "x" * 41, None),
        (DocumentKind.OTHER, "", None),
        (DocumentKind.OTHER, None, None),
    ],
)
def test_documents(kind: DocumentKind, written: str | None, kept: str | None) -> None:
    assert read_document(kind, written, TODAY) == kept


def test_who_is_identified() -> None:
    assert identified(Person(name="李建国", id_number=EXAMPLE), TODAY)
    assert not identified(Person(name="李建国"), TODAY)
    assert not identified(Person(id_number=EXAMPLE), TODAY)
    assert not identified(Person(name="\u200b", id_number=EXAMPLE), TODAY)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13812348888", "13812348888"),
        ("138 1234 8888", "13812348888"),
        ("138-1234-8888", "13812348888"),
        ("１３８１２３４８８８８", "13812348888"),
        ("+86 13812348888", "13812348888"),
        ("+86-138-1234-8888", "13812348888"),
        ("0086 13812348888", "13812348888"),
        ("8613812348888", "13812348888"),
        ("19912348888", "19912348888"),
        ("12812348888", None),
        ("1381234888", None),
        ("138123488888", None),
        ("0371-12345678", "037112345678"),
        ("(0371) 1234567", "03711234567"),
        ("010 12345678", "01012345678"),
        ("12345678", None),
        ("+852 1234 5678", "+85212345678"),
        ("00852 1234 5678", "+85212345678"),
        ("+1 650 253 0000", "+16502530000"),
        ("+123456", None),
        ("+1234567890123456", None),
        ("138abcd8888", None),
        ("١٣٨١٢٣٤٨٨٨٨", None),
        ("", None),
        (None, None),
    ],
)
def test_phones(written: str | None, kept: str | None) -> None:
    assert read_phone(written) == kept


@given(st.text(max_size=60))
def test_what_is_kept_reads_the_same_again(text: str) -> None:
    kept = read_phone(text)
    assert kept is None or read_phone(kept) == kept
