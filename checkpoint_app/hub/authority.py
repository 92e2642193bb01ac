"""The hub's keys and certificates: made once, pinned by every station that enrols.

The authority is the hub's own and signs nothing but the hub's certificate; it is valid for as long
as anyone will use it, whatever a station's clock says.
"""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from checkpoint_app.store.hub.home import HubSecrets
from checkpoint_app.store.keys import new_key
from checkpoint_app.sync import wire

_FROM, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)


def new_secrets(hub: str) -> HubSecrets:
    """All keys of a fresh hub."""
    from pyrage import x25519

    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"Checkpoint hub {hub}")
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        _begun(name, name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return HubSecrets(
        signing=Ed25519PrivateKey.generate().private_bytes_raw(),
        file_identity=str(x25519.Identity.generate()),
        authority=certificate.public_bytes(Encoding.PEM),
        authority_key=_pem(key),
        token_key=new_key(),
    )


def identity(hub: str, secrets: HubSecrets) -> bytes:
    """What stations are shown, and what the fingerprint is of."""
    from pyrage import x25519

    signing = Ed25519PrivateKey.from_private_bytes(secrets.signing).public_key()
    authority = x509.load_pem_x509_certificate(secrets.authority)
    return wire.encode(
        wire.Identity(
            hub,
            signing.public_bytes(Encoding.Raw, PublicFormat.Raw),
            str(x25519.Identity.from_str(secrets.file_identity).to_public()),
            authority.public_bytes(Encoding.DER),
        )
    )


def server_certificate(secrets: HubSecrets, hosts: list[str]) -> tuple[bytes, bytes]:
    """A fresh key and certificate (PEM) for the service, signed by the hub's authority."""
    authority = x509.load_pem_x509_certificate(secrets.authority)
    signer = load_pem_private_key(secrets.authority_key, None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise TypeError("authority")
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _begun(_named(hosts[0]), authority.subject, key.public_key())
        .add_extension(x509.SubjectAlternativeName([_host(each) for each in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(signer, hashes.SHA256())
    )
    return _pem(key), certificate.public_bytes(Encoding.PEM)


def write_certificate(secrets: HubSecrets, hosts: list[str], folder: Path) -> tuple[Path, Path]:
    """The service's key and certificate chain as files for whoever ends TLS."""
    folder.mkdir(mode=0o700, exist_ok=True)
    key, certificate = server_certificate(secrets, hosts)
    files = folder / "server-key.pem", folder / "server.pem"
    files[0].touch(mode=0o600)
    files[0].write_bytes(key)
    files[1].write_bytes(certificate + secrets.authority)
    return files


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
