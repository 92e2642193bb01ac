"""HC1 codes: who signed, within which limits and times; and what is read out of them."""

from __future__ import annotations

import zlib
from datetime import date, datetime, timedelta
from typing import Any

import base45
import cbor2
import pytest

from checkpoint_app.codes import Trust, read
from checkpoint_app.codes.trust import TrustFile
from checkpoint_app.domain.credential import (
    Authenticity,
    Basis,
    Credential,
    Format,
    NatResult,
    Vaccination,
)

from .makers import (
    DAY,
    DOSE,
    KID,
    TEST,
    Hcert,
    Papers,
    authority_list,
    curve_key,
    dcc,
    dcc_list,
    hc1,
    kid_map,
    revocation_list,
    rsa_key,
    utc,
)
from .vectors import TODAY

CURRENT = "1.3.6.1.4.1.1847.2021.1."
OLDER = "1.3.6.1.4.1.0.1847.2021.1."


def shown(text: str | Hcert, *files: TrustFile, at: datetime = TODAY) -> Credential:
    return read(text if isinstance(text, str) else text.text(), Trust.of(files), at)


def outcome(found: Credential) -> tuple[str, str, list[str]]:
    reasons = [reason.code.value for reason in found.reasons]
    return found.authenticity.value, found.basis.value, reasons


def test_a_good_certificate_is_read() -> None:
    found = shown(Hcert(content=dcc(v=[DOSE], t=[TEST])), dcc_list())
    assert outcome(found) == ("valid", "signed", [])
    assert (found.format, found.issuer) == (Format.EU_DCC, "XA")
    assert (found.holder.name, found.holder.birth_date) == ("Änne Müller", "1980-02-03")
    assert (found.valid_from, found.valid_until) == (TODAY - DAY, TODAY + DAY)
    assert found.vaccination == Vaccination(2, False, date(2026, 5, 4), Basis.SIGNED)
    assert found.test is not None
    assert found.test.result is NatResult.NEGATIVE
    assert found.test.sampled_at == utc("2026-11-22T12:30")
    assert found.test.basis is Basis.SIGNED


def test_rsa_signatures_are_read() -> None:
    assert outcome(shown(Hcert(rsa_key()), dcc_list(rsa_key()))) == ("valid", "signed", [])


def test_an_altered_certificate_is_forged_and_only_observed() -> None:
    message = Hcert().message().replace(b"1980-02-03", b"2008-02-03")
    assert outcome(shown(hc1(message), dcc_list())) == (
        "bad_signature",
        "observed",
        ["bad_signature"],
    )


def test_another_key_under_the_same_kid_is_forged() -> None:
    assert outcome(shown(Hcert(), dcc_list(curve_key("other"))))[0] == "bad_signature"


def test_an_algorithm_that_the_key_is_not_for_is_forged() -> None:
    bent = Hcert(protected={1: -37, 4: KID})
    assert outcome(shown(bent, dcc_list()))[0] == "bad_signature"
    assert outcome(shown(Hcert(protected={1: -8, 4: KID}), dcc_list()))[0] == "bad_signature"


def test_all_keys_under_a_kid_are_tried() -> None:
    keys = [Papers(curve_key(name)).der() for name in ("other", "first", "third")]
    assert outcome(shown(Hcert(), kid_map(*((KID, der) for der in keys))))[0] == "valid"


@pytest.mark.parametrize(
    ("protected", "unprotected"),
    [
        ({1: -7}, {4: KID}),
        ({1: -7, 4: KID}, {4: b"wrong"}),
        (None, {}),
        ({}, {1: -7, 4: KID}),
    ],
)
def test_the_kid_may_stand_in_either_header(protected: Any, unprotected: Any) -> None:
    bent = Hcert(protected=protected, unprotected=unprotected)
    assert outcome(shown(bent, dcc_list()))[0] == "valid"


@pytest.mark.parametrize("tags", [(), (18,), (18, 61), (61,)])
def test_the_tags_of_cose_and_cwt_are_optional(tags: tuple[int, ...]) -> None:
    assert outcome(shown(Hcert(tags=tags), dcc_list()))[0] == "valid"


@pytest.mark.parametrize("tags", [(17,), (18, 55799), (61, 18), (18, 18), (4, 18)])
def test_other_tags_are_refused(tags: tuple[int, ...]) -> None:
    assert outcome(shown(Hcert(tags=tags), dcc_list()))[0] == "malformed"


@pytest.mark.parametrize("root", [CURRENT, OLDER])
@pytest.mark.parametrize(("use", "kind"), [("1", "t"), ("2", "v"), ("3", "r")])
def test_a_signer_is_held_to_its_kinds(root: str, use: str, kind: str) -> None:
    entries: dict[str, Any] = {"t": [TEST], "v": [DOSE], "r": [{"tg": "840539006"}]}
    limited = dcc_list(uses=(root + use, "1.3.6.1.5.5.7.3.2"))
    for each, entry in entries.items():
        found = shown(Hcert(content=dcc(**{"v": None, each: entry})), limited)
        expected = (
            ("valid", "signed", [])
            if each == kind
            else (
                "unknown_issuer",
                "observed",
                ["key_usage_wrong"],
            )
        )
        assert outcome(found) == expected


def test_unrelated_key_usages_are_no_limit() -> None:
    assert outcome(shown(Hcert(), dcc_list(uses=("1.3.6.1.5.5.7.3.2",))))[0] == "valid"


@pytest.mark.parametrize(
    ("claims", "papers", "expected"),
    [
        ({4: TODAY.timestamp()}, {}, ("valid", "signed", [])),
        ({4: TODAY.timestamp() - 0.5}, {}, ("expired", "signed", ["certificate_expired"])),
        ({6: TODAY.timestamp() + 1}, {}, ("not_yet_valid", "signed", ["issued_in_future"])),
        ({}, {"end": TODAY - DAY}, ("expired", "signed", ["signer_expired"])),
        ({}, {"start": TODAY + DAY}, ("not_yet_valid", "signed", ["certificate_not_yet_valid"])),
        (
            {4: 0, 6: 2**40},
            {},
            ("expired", "signed", ["certificate_expired", "issued_in_future"]),
        ),
        ({4: 2**63}, {}, ("valid", "signed", [])),
        ({6: -(2**63)}, {}, ("valid", "signed", [])),
        ({4: float("inf")}, {}, ("malformed", "observed", ["malformed"])),
        ({4: "2030"}, {}, ("malformed", "observed", ["malformed"])),
        ({6: True}, {}, ("malformed", "observed", ["malformed"])),
    ],
)
def test_times(claims: dict[int, Any], papers: dict[str, Any], expected: object) -> None:
    assert outcome(shown(Hcert(claims=claims), dcc_list(**papers))) == expected


def test_a_signer_whose_certificate_was_revoked() -> None:
    issued = {"issuer": "CSCA", "issuer_key": curve_key("authority"), "serial": 99}
    trusted = (dcc_list(**issued), authority_list())
    assert outcome(shown(Hcert(), *trusted, revocation_list(98)))[0] == "valid"
    found = shown(Hcert(), *trusted, revocation_list(99))
    assert outcome(found) == ("revoked", "signed", ["revoked"])


def test_a_revocation_list_that_no_authority_signed_is_not_believed() -> None:
    issued = {"issuer": "CSCA", "issuer_key": curve_key("authority"), "serial": 99}
    lists = revocation_list(99, key=curve_key("stranger"))
    assert outcome(shown(Hcert(), dcc_list(**issued), authority_list(), lists))[0] == "valid"


def test_without_any_list_nothing_is_concluded() -> None:
    assert outcome(shown(Hcert())) == ("unverifiable", "observed", ["no_trust_list"])
    assert outcome(shown(Hcert(), authority_list()))[0] == "unverifiable"


def test_a_kid_on_no_list_is_an_unknown_issuer() -> None:
    listed = kid_map((b"12345678", Papers(curve_key()).der()))
    assert outcome(shown(Hcert(), listed)) == ("unknown_issuer", "observed", ["unknown_issuer"])
    assert outcome(shown(Hcert(protected={1: -7}), listed))[0] == "unknown_issuer"


def test_an_old_list_proves_nothing() -> None:
    listed = dcc_list()
    code = Hcert(claims={4: (TODAY + 90 * DAY).timestamp()}).text()
    assert shown(code, listed, at=TODAY + 7 * DAY).authenticity is Authenticity.VALID
    found = shown(code, listed, at=TODAY + 7 * DAY + timedelta(seconds=1))
    assert outcome(found) == ("unverifiable", "observed", ["list_too_old"])
    assert found.reasons[0].detail == "2026-11-23"


def test_an_old_list_still_tells_a_forgery_and_what_is_past() -> None:
    later = TODAY + 30 * DAY
    forged = hc1(Hcert().message().replace(b"1980-02-03", b"2008-02-03"))
    assert outcome(shown(forged, dcc_list(), at=later))[0] == "bad_signature"
    assert outcome(shown(Hcert(), dcc_list(), at=later))[2] == [
        "list_too_old",
        "certificate_expired",
    ]


def test_a_fresh_list_beside_an_old_one_counts() -> None:
    old, fresh = dcc_list(now=TODAY - 30 * DAY), dcc_list(now=TODAY, serial=8)
    found = read(Hcert().text(), Trust((old, fresh)), TODAY)
    assert found.authenticity is Authenticity.VALID


def test_an_unlisted_kid_on_old_lists_is_not_called_unknown() -> None:
    listed = kid_map((b"12345678", Papers(curve_key()).der()))
    assert outcome(shown(Hcert(), listed, at=TODAY + 8 * DAY))[2] == ["list_too_old"]


@pytest.mark.parametrize(
    ("subclaims", "detail"),
    [
        ({3: {}}, "WHO DDCC (3)"),
        ({4: {}}, "WHO DDCC (4)"),
        ({5: [{"u": "shlink:/eyJ1"}]}, "Verifiable Health Link (5)"),
        ({-6: {}}, "DVC (-6)"),
        ({42: 1}, "(42)"),
        ({"x": 1}, None),
    ],
)
def test_other_subclaims_are_named_and_neither_fault_nor_content(
    subclaims: dict[Any, Any], detail: str | None
) -> None:
    found = shown(Hcert(content=subclaims), dcc_list())
    assert found.format is Format.HCERT_OTHER
    assert outcome(found) == ("valid", "signed", ["content_not_supported"])
    assert found.reasons[0].detail == detail
    assert (found.holder.name, found.test, found.vaccination) == (None, None, None)


def test_other_subclaims_can_be_forged_too() -> None:
    found = shown(Hcert(content={5: []}), dcc_list(curve_key("other")))
    assert outcome(found)[2] == ["bad_signature", "content_not_supported"]


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {},
        7,
        "1",
        {1: None},
        {1: []},
        {1: {"nam": {}}},
        {1: {"v": [DOSE]}},
        dcc(v={}),
        dcc(v=[1]),
        dcc(v="x"),
        dcc(t=7),
        dcc(nam=[]),
    ],
)
def test_a_frame_of_wrong_types_is_malformed(content: object) -> None:
    assert outcome(shown(Hcert(content=content), dcc_list()))[0] == "malformed"


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ({"fnt": "LI<WANG", "gnt": "XIAO<MEI"}, "XIAO MEI LI WANG"),
        ({"fn": "李"}, "李"),
        ({"gn": "<b>Bob</b>", "fn": "a\u202eb\x00c\nd"}, "<b>Bob</b> abc d"),
        ({"gn": "e\u0301", "fn": "\u200b"}, "é"),
        ({"gn": 5, "fn": ["x"]}, None),
        ({}, None),
        ({"fn": "𬍛" * 5000}, "𬍛" * 120),
        ({"fn": "䶮㛃𠅤𬍛"}, "䶮㛃𠅤𬍛"),
    ],
)
def test_names_become_plain_text(names: dict[str, Any], name: str | None) -> None:
    assert shown(Hcert(content=dcc(nam=names)), dcc_list()).holder.name == name


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("1990", "1990"),
        ("1990-05", "1990-05"),
        ("1815-08-24", "1815-08-24"),
        ("1990-05-06T00:00:00", "1990-05-06"),
        ("", None),
        ("0000-00-00", None),
        ("2021-02-30", None),
        ("1990-5-6", None),
        ("9" * 5000, None),
        (19900506, None),
        (None, None),
    ],
)
def test_birth_dates(written: object, read_as: str | None) -> None:
    assert shown(Hcert(content=dcc(dob=written)), dcc_list()).holder.birth_date == read_as


@pytest.mark.parametrize(
    ("entry", "result", "sampled_at"),
    [
        ({"tr": "260373001"}, NatResult.POSITIVE, utc("2026-11-22T12:30")),
        ({"tr": "1"}, NatResult.UNKNOWN, utc("2026-11-22T12:30")),
        ({"tr": ["260415000"]}, NatResult.UNKNOWN, utc("2026-11-22T12:30")),
        ({"sc": "2026-11-22T12:30:00"}, NatResult.NEGATIVE, utc("2026-11-22T12:30")),
        ({"sc": "yesterday"}, NatResult.NEGATIVE, None),
        ({"sc": "0001-01-01T00:00:00+14:00"}, NatResult.NEGATIVE, None),
        ({"sc": 1.5e300}, NatResult.NEGATIVE, None),
    ],
)
def test_tests(entry: dict[str, Any], result: NatResult, sampled_at: datetime | None) -> None:
    found = shown(Hcert(content=dcc(v=None, t=[TEST | entry])), dcc_list()).test
    assert found is not None
    assert (found.result, found.sampled_at) == (result, sampled_at)


def test_what_is_not_about_covid_is_left_out() -> None:
    other = {"tg": "6142004"}
    found = shown(Hcert(content=dcc(v=[DOSE | other], t=[TEST | other])), dcc_list())
    assert (found.authenticity, found.test, found.vaccination) == (Authenticity.VALID, None, None)


@pytest.mark.parametrize(("dn", "sd", "complete"), [(1, 1, True), (3, 2, True), ("2", 2, None)])
def test_doses(dn: Any, sd: int, complete: bool | None) -> None:
    found = shown(Hcert(content=dcc(v=[DOSE | {"dn": dn, "sd": sd}])), dcc_list())
    assert found.vaccination is not None
    assert found.vaccination.complete is complete


def test_a_bomb_is_stopped() -> None:
    packed = zlib.compress(bytes(3_000_000), 9)
    assert len(packed) < 3000
    found = shown("HC1:" + base45.b45encode(packed).decode())
    assert outcome(found)[2] == ["inflates_too_far"]


@pytest.mark.parametrize(
    "hexadecimal",
    [
        "c4821b7fffffffffffffff01",  # a decimal with a giant exponent
        "c5821b7fffffffffffffff01",
        "c25903e8" + "ff" * 1000,  # a giant number
        "d81e8201" + "00",  # 1/0
        "d8238161",
        "81" * 60000 + "01",
        "d81c" + "81d81d00",  # a list that holds itself
        "bf" + "6161" * 100,
        "a201020103",  # the same key twice
        "9b7fffffffffffffff",
        "fb7ff8000000000000",
        "ff",
        "",
    ],
)
def test_hostile_cbor_is_refused(hexadecimal: str) -> None:
    bare = bytes.fromhex(hexadecimal)
    assert outcome(shown(hc1(bare)))[0] == "malformed"
    wrapped = cbor2.dumps([bare, {}, bare, b""])
    assert outcome(shown(hc1(wrapped)))[0] == "malformed"


@pytest.mark.parametrize("text", ["HC1:", "HC1:%", "HC1:A", "HC1:GGW", "HC1:ABC ", "HC1:汉"])
def test_broken_wrappings_are_malformed(text: str) -> None:
    assert outcome(shown(text))[0] == "malformed"


def test_line_ends_of_a_hand_scanner_do_no_harm() -> None:
    assert outcome(shown("  " + Hcert().text() + "\r\n", dcc_list()))[0] == "valid"
