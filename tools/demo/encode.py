"""Code texts of the demo travellers, one function a format. The opposite of what the desk reads.

Every function gives the same text on every run: deterministic signatures, fixed dates.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import base45
import cbor2

from checkpoint_app.codes.site_pass import SitePass, issue
from tools.demo.issuers import DCC_COUNTRY, SHC_ISSUER, issuers, public_jwk
from tools.demo.keys import Signer, sign_raw

ISSUED = datetime(2021, 11, 2, 8, 0, tzinfo=UTC)
LONG_VALID = datetime(2036, 1, 1, tzinfo=UTC)
LONG_EXPIRED = datetime(2022, 6, 30, tzinfo=UTC)
SHC_CHUNK = 1195  # the most characters of a card in one code, SMART Health Cards 1.1


@dataclass(frozen=True, slots=True)
class Named:
    """A holder as certificates write one; `birth_date` ISO 8601."""

    family: str
    given: str
    birth_date: str
    sex: str = "F"
    passport: str = ""


def eu_dcc(holder: Named, kind: str = "valid") -> str:
    """EU DCC text. `kind`: valid, expired, forged (altered after signing), stranger."""
    known = issuers()
    signer = known.stranger if kind == "stranger" else known.dcc
    expires = LONG_EXPIRED if kind == "expired" else LONG_VALID
    country = "XU" if kind == "stranger" else DCC_COUNTRY
    claims = _claims(holder, country, expires)
    protected = cbor2.dumps({1: -7, 4: signer.kid})
    signature = _cose_signature(signer, protected, claims)
    if kind == "forged":
        claims = claims.replace(b"2021-10-18", b"2026-10-18")
    message = cbor2.CBORTag(18, [protected, {}, claims, signature])
    packed: bytes = base45.b45encode(zlib.compress(cbor2.dumps(message), 9))
    return "HC1:" + packed.decode("ascii")


def _claims(holder: Named, country: str, expires: datetime) -> bytes:
    return cbor2.dumps(
        {
            1: country,
            4: int(expires.timestamp()),
            6: int(ISSUED.timestamp()),
            -260: {1: _dcc(holder, country)},
        }
    )


def _dcc(holder: Named, country: str) -> dict[str, Any]:
    token = sha256(f"{holder.family}{holder.given}".encode()).hexdigest()[:16].upper()
    dose = {
        "tg": "840539006",
        "vp": "1119349007",
        "mp": "EU/1/20/1528",
        "ma": "ORG-100030215",
        "dn": 2,
        "sd": 2,
        "dt": "2021-10-18",
        "co": country,
        "is": "Demo Health Authority",
        "ci": f"URN:UVCI:01:{country}:{token}#D",
    }
    return {
        "ver": "1.3.0",
        "nam": {
            "fn": holder.family,
            "gn": holder.given,
            "fnt": _machine_name(holder.family),
            "gnt": _machine_name(holder.given),
        },
        "dob": holder.birth_date,
        "v": [dose],
    }


def _machine_name(name: str) -> str:
    """ICAO 9303 transliteration of the letters that the story uses."""
    plain = name.upper()
    for letter, written in {"Ö": "OE", "Ü": "UE", "Ä": "AE", "ß": "SS", "É": "E"}.items():
        plain = plain.replace(letter, written)
    return plain.replace(" ", "<").replace("-", "<").replace("'", "")


def _cose_signature(signer: Signer, protected: bytes, payload: bytes) -> bytes:
    return sign_raw(signer.key, cbor2.dumps(["Signature1", protected, b"", payload]))


def smart_health_card(holder: Named, doses: int) -> list[str]:
    """`shc:/` texts: one, or the parts of a chunked card where it is too long for one code."""
    key = issuers().shc
    header = {"zip": "DEF", "alg": "ES256", "kid": public_jwk(key)["kid"]}
    deflate = zlib.compressobj(9, wbits=-15)
    payload = deflate.compress(_compact(_card(holder, doses))) + deflate.flush()
    signed = f"{_base64url(_compact(header))}.{_base64url(payload)}"
    token = f"{signed}.{_base64url(sign_raw(key, signed.encode()))}"
    if len(token) <= SHC_CHUNK:
        return ["shc:/" + _digits(token)]
    count = -(-len(token) // SHC_CHUNK)
    size = -(-len(token) // count)
    parts = [token[start : start + size] for start in range(0, len(token), size)]
    return [f"shc:/{n}/{count}/{_digits(part)}" for n, part in enumerate(parts, 1)]


def _card(holder: Named, doses: int) -> dict[str, Any]:
    patient = {
        "resourceType": "Patient",
        "name": [{"family": holder.family, "given": holder.given.split(" ")}],
        "birthDate": holder.birth_date,
    }
    resources = [patient] + [_immunization(holder, number) for number in range(doses)]
    entries = [
        {"fullUrl": f"resource:{number}", "resource": resource}
        for number, resource in enumerate(resources)
    ]
    return {
        "iss": SHC_ISSUER,
        "nbf": int(ISSUED.timestamp()),
        "vc": {
            "type": [
                "https://smarthealth.cards#health-card",
                "https://smarthealth.cards#immunization",
                "https://smarthealth.cards#covid19",
            ],
            "credentialSubject": {
                "fhirVersion": "4.0.1",
                "fhirBundle": {"resourceType": "Bundle", "type": "collection", "entry": entries},
            },
        },
    }


def _immunization(holder: Named, number: int) -> dict[str, Any]:
    lot = sha256(f"lot {holder.family} {number}".encode()).hexdigest()[:20].upper()
    return {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "208"}]},
        "patient": {"reference": "resource:0"},
        "occurrenceDateTime": f"2021-{number % 9 + 1:02}-18",
        "performer": [{"actor": {"display": f"Demo Clinic {lot[:5]}"}}],
        "lotNumber": lot,
    }


def _digits(text: str) -> str:
    return "".join(f"{ord(character) - 45:02}" for character in text)


def vds_nc(holder: Named) -> str:
    """ICAO VDS-NC proof of vaccination, the signer's certificate along with it."""
    signer = issuers().vds
    dose = {"dvc": "2021-10-18", "seq": 2, "ctr": "UTO", "adm": "Demo", "lot": "D7"}
    data = {
        "hdr": {"t": "icao.vacc", "v": 1, "is": "UTO"},
        "msg": {
            "uvci": "UD0042",
            "pid": {
                "n": f"{holder.family} {holder.given}",
                "dob": holder.birth_date,
                "sex": holder.sex,
                "i": holder.passport,
            },
            "ve": [
                {
                    "des": "XM68M6",
                    "nam": "Demo vaccine",
                    "dis": "RA01.0",
                    "vd": [dose],
                }
            ],
        },
    }
    signature = {
        "alg": "ES256",
        "cer": b64encode(signer.der).decode(),
        "sigvl": urlsafe_b64encode(sign_raw(signer.key, _canonical(data))).decode(),
    }
    return json.dumps({"data": data, "sig": signature}, separators=(",", ":"))


def site_pass(name: str, roster_id: str) -> str:
    """A pass of the checkpoint itself, signed with the demo pass key."""
    says = SitePass(_token(roster_id)[:16], roster_id, name, ISSUED, LONG_VALID)
    text = issue(says, issuers().site_pass.private_bytes_raw())
    assert isinstance(text, str)  # the story's names are short
    return text


# What an opaque health code's text looks like, by issuer; the token is made up.
_HEALTH_CODES = {
    "zhejiang": ("https://h5.dingtalk.com/health-demo/index.html?qrCode=", 48),
    "shanghai": ("https://s.sh.gov.cn/demo/", 40),
    "shaanxi": ("https://ymt.shaanxi.gov.cn/demo/?t=", 44),
    "fujian": ("FJQRJKMC1", 96),
    "sichuan": ("SCQRJKMC1", 88),
    "henan": ("qrCode=", 56),
    "guangdong": ("", 32),
    "hunan": ("", 64),
}


def cn_health_code(issuer: str, label: str) -> str:
    """Opaque health-code text of that issuer's pattern family with a made-up token."""
    token = _token(f"{issuer} {label}")
    if issuer == "hubei":
        return json.dumps({"codeId": token[:32], "demo": 1}, separators=(",", ":"))
    head, length = _HEALTH_CODES[issuer]
    body = token[:length]
    return head + (body.upper() if issuer in {"hunan", "fujian", "sichuan"} else body)


def _token(label: str) -> str:
    return sha256(label.encode()).hexdigest() + sha256(f"{label} 2".encode()).hexdigest()


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _compact(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
