"""Who issues the demo's signed codes, and their public parts as files that a desk can import."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding

from tools.demo import keys

SHC_ISSUER = "https://demo.checkpoint-desk.example/shc"
SHC_NAME = "Demo Clinic"
DCC_COUNTRY = "XD"

_DCC_CA = keys.Subject("XD", "Checkpoint Desk demo", "Demo CSCA XD")
_DCC_SIGNER = keys.Subject("XD", "Checkpoint Desk demo", "Demo DSC XD")
_STRANGER_CA = keys.Subject("XU", "Checkpoint Desk demo", "Demo CSCA XU")
_STRANGER = keys.Subject("XU", "Checkpoint Desk demo", "Demo DSC XU")
_VDS_CA = keys.Subject("UT", "Demo", "Demo CSCA UTO")
_VDS_SIGNER = keys.Subject("UT", "Demo", "Demo BCS UTO")


@dataclass(frozen=True, slots=True)
class Issuers:
    """`stranger` signs well, but stands in no trust list."""

    dcc: keys.Signer
    stranger: keys.Signer
    vds_authority: keys.Signer
    vds: keys.Signer
    shc: ec.EllipticCurvePrivateKey
    site_pass: ed25519.Ed25519PrivateKey


@cache
def issuers() -> Issuers:
    """All demo issuers."""
    dcc_ca, stranger_ca = keys.authority(_DCC_CA), keys.authority(_STRANGER_CA)
    vds_ca = keys.authority(_VDS_CA)
    return Issuers(
        dcc=keys.signer(_DCC_SIGNER, dcc_ca, _DCC_CA),
        stranger=keys.signer(_STRANGER, stranger_ca, _STRANGER_CA),
        vds_authority=vds_ca,
        vds=keys.signer(_VDS_SIGNER, vds_ca, _VDS_CA),
        shc=keys.p256("Demo SHC issuer"),
        site_pass=keys.ed25519_key("Demo site passes"),
    )


def public_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    """The public key as a JWK whose `kid` is its RFC 7638 thumbprint."""
    numbers = key.public_key().public_numbers()
    core = {
        "crv": "P-256",
        "kty": "EC",
        "x": _base64url(numbers.x.to_bytes(32)),
        "y": _base64url(numbers.y.to_bytes(32)),
    }
    thumbprint = sha256(json.dumps(core, separators=(",", ":")).encode()).digest()
    return core | {"kid": _base64url(thumbprint), "use": "sig", "alg": "ES256"}


def write_trust(folder: Path) -> list[Path]:
    """Write the demo trust files in the shapes met in the field; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    known = issuers()
    files = {
        "dcc_gateway.json": _as_json(_gateway(known.dcc)),
        "shc_directory.json": _as_json(_directory(known.shc)),
        "site_keys.json": _as_json(_site_keys(known.site_pass)),
        "vds_nc_csca.pem": known.vds_authority.certificate.public_bytes(Encoding.PEM).decode(),
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return [folder / name for name in files]


def _gateway(signer: keys.Signer) -> dict[str, object]:
    entry = {
        "certificateType": "DSC",
        "country": DCC_COUNTRY,
        "kid": b64encode(signer.kid).decode(),
        "rawData": b64encode(signer.der).decode(),
        "signature": "",
        "thumbprint": sha256(signer.der).hexdigest(),
        "timestamp": "2021-01-01T00:00:00Z",
    }
    return {"certificates": [entry]}


def _directory(key: ec.EllipticCurvePrivateKey) -> dict[str, object]:
    entry = {
        "issuer": {"iss": SHC_ISSUER, "name": SHC_NAME},
        "keys": [public_jwk(key)],
        "crls": [],
    }
    return {"directory": "checkpoint-desk demo", "issuerInfo": [entry]}


def _site_keys(key: ed25519.Ed25519PrivateKey) -> dict[str, object]:
    public = b64encode(key.public_key().public_bytes_raw()).decode()
    return {"site_keys": [{"public": public, "name": "城北高速口卡点（演示）"}]}


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
