"""The program's own passes: compact, verified offline, revocable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import segno

from checkpoint_app.codes import Fault, Trust, read
from checkpoint_app.codes.site_pass import SitePass, issue, new_key, new_pass_id, own_keys
from checkpoint_app.codes.trust import TrustFile
from checkpoint_app.domain.credential import Credential, Format

from .makers import DAY, card_list
from .vectors import TODAY, trust_file

KEY = bytes(range(32))
PASS = SitePass("0123456789abcdef", "S-2026-0001", "王小明", TODAY - DAY, TODAY + DAY)


def made(key: bytes = KEY, **changed: Any) -> str:
    text = issue(SitePass(**{name: getattr(PASS, name) for name in PASS.__slots__} | changed), key)
    assert isinstance(text, str)
    return text


def own(*revoked: str) -> TrustFile:
    return own_keys(KEY, "第一中学", revoked, TODAY - 400 * DAY)


def shown(text: str, *files: TrustFile) -> Credential:
    return read(text, Trust.of(files), TODAY)


def outcome(found: Credential) -> tuple[str, str, list[str]]:
    reasons = [reason.code.value for reason in found.reasons]
    return found.authenticity.value, found.basis.value, reasons


def test_a_pass_of_this_station_is_valid_however_old_its_key() -> None:
    found = shown(made(), own())
    assert outcome(found) == ("valid", "signed", [])
    assert (found.format, found.issuer) == (Format.SITE_PASS, "第一中学")
    assert (found.holder.name, found.pass_id, found.roster_id) == (
        "王小明",
        "0123456789abcdef",
        "S-2026-0001",
    )
    assert (found.valid_from, found.valid_until) == (TODAY - DAY, TODAY + DAY)


@pytest.mark.parametrize(
    "name", ["王小明", "阿卜杜拉·买买提·艾合买提江·吐尔逊", "𬍛" * 20, "A" * 80]
)
def test_a_pass_fits_a_small_code(name: str) -> None:
    code = segno.make_qr(made(name=name, roster_id="S-2026-000123"), error="m", boost_error=False)
    assert int(code.version) <= 10
    assert code.mode == "alphanumeric"
    assert shown(made(name=name), own()).holder.name == name


def test_a_pass_that_grows_too_long_is_not_issued() -> None:
    long = SitePass(PASS.pass_id, "R" * 40, "名" * 40, TODAY, TODAY)
    assert isinstance(issue(long, KEY), Fault)


def test_a_revoked_pass() -> None:
    assert outcome(shown(made(), own("0123456789abcdef"))) == ("revoked", "signed", ["revoked"])
    assert outcome(shown(made(), own("ffffffffffffffff")))[0] == "valid"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"valid_until": TODAY - timedelta(seconds=1)},
            ("expired", "signed", ["certificate_expired"]),
        ),
        (
            {"valid_from": TODAY + timedelta(seconds=1)},
            ("not_yet_valid", "signed", ["certificate_not_yet_valid"]),
        ),
        ({"valid_until": TODAY}, ("valid", "signed", [])),
    ],
)
def test_times(changed: dict[str, Any], expected: object) -> None:
    assert outcome(shown(made(**changed), own())) == expected


def test_every_altered_character_shows() -> None:
    text, trust = made(), Trust.of([own()])
    for at in range(4, len(text)):
        other = "7" if text[at] != "7" else "8"
        found = read(text[:at] + other + text[at + 1 :], trust, TODAY)
        assert found.authenticity.value in ("bad_signature", "malformed", "unknown_issuer")


def test_a_pass_of_another_site() -> None:
    stranger = made(new_key())
    assert outcome(shown(stranger, own())) == ("unknown_issuer", "observed", ["unknown_issuer"])
    assert outcome(shown(stranger, card_list()))[2] == ["no_trust_list"]


def test_keys_of_other_sites_are_imported_and_grow_old() -> None:
    public = own().entries[0].key.public_bytes_raw().hex()  # type: ignore[union-attr]
    body = (
        f'{{"site_keys": [{{"public": "{_base64(public)}", "name": "Hub"}}], "revoked_passes": []}}'
    )
    listed = trust_file("hub", body.encode())
    assert outcome(shown(made(), listed))[0] == "valid"
    found = read(made(valid_until=TODAY + 99 * DAY), Trust.of([listed]), TODAY + 8 * DAY)
    assert outcome(found) == ("unverifiable", "observed", ["list_too_old"])


def test_ids_are_never_given_twice() -> None:
    assert len({new_pass_id() for _ in range(100)}) == 100


@pytest.mark.parametrize("text", ["CP1:", "CP1:0", "CP1:汉", "CP1:" + "0" * 300, "CP1:ABC:::"])
def test_broken_passes_are_malformed(text: str) -> None:
    assert outcome(shown(text, own())) == ("malformed", "observed", ["malformed"])


def _base64(hexadecimal: str) -> str:
    import base64

    return base64.b64encode(bytes.fromhex(hexadecimal)).decode()
