"""Texts that nobody means well with: good codes bent in one layer each, from a seed."""

from __future__ import annotations

import base64
import json
import random
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import base45
import cbor2

from checkpoint_app.codes.site_pass import SitePass, issue

from .makers import (
    DAY,
    TEST,
    Hcert,
    base64url,
    card,
    card_payload,
    curve_key,
    dcc,
    hc1,
    public_jwk,
    raw_signature,
    seal,
)
from .vectors import TODAY, as_qr, vectors

Maker = Callable[[random.Random], str]

ATOMS: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**63,
    -(2**63),
    1e308,
    float("inf"),
    float("nan"),
    -0.0,
    "",
    "\x00\x1b[31m",
    "<img src=x onerror=alert(1)>",
    "\u202eevil\u2066",
    "𬍛" * 300,
    "a\u0301" * 500,
    "e" + "\u0300" * 2000,
    "0000-00-00",
    "9999-12-31T23:59:59.999999+23:59",
    "0001-01-01T00:00:00-23:59",
    "2021-02-30",
    "1" * 5000,
    [],
    {},
    [[]],
    {"": ""},
    [None] * 500,
)
CBOR_ONLY: tuple[Any, ...] = (b"", b"\xff" * 300, cbor2.undefined, {b"x": 1}, {1.5: 2}, 2**64 - 1)
HOSTILE_CBOR = tuple(
    bytes.fromhex(each)
    for each in (
        "c4821b7fffffffffffffff01",  # a decimal with a giant exponent
        "c5821b7fffffffffffffff1b7fffffffffffffff",
        "c4821a3b9aca0019ffff",
        "c25820" + "ff" * 32,
        "c35820" + "ff" * 32,
        "d81e820100",
        "d823785b" + "28" * 91,  # a regular expression of brackets
        "d81c81d81d00",  # a list that holds itself
        "d9010283010203",
        "c11b7fffffffffffffff",
        "c06439393939",
        "d9d9f7d9d9f7d9d9f701",
        "9b7fffffffffffffff",
        "bb7fffffffffffffff",
        "5b7fffffffffffffff",
        "7b7fffffffffffffff",
        "9f" * 200,
        "81" * 400 + "00",
        "a1" * 400 + "00",
        "d2" * 400 + "00",
        "62c328",
        "fb7ff0000000000000",
        "f8ff",
        "ff",
    )
)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@cache
def published() -> tuple[str, ...]:
    texts = [each["text"] for each in vectors("dcc.json")]
    texts += [as_qr(each["jws"]) for each in vectors("shc.json") if "jws" in each]
    texts += [each["qr_text"] for each in vectors("shc.json") if "qr_text" in each]
    return (*texts, *(json.dumps(each["json"]) for each in vectors("vds_nc.json")), site_pass())


@cache
def site_pass() -> str:
    said = SitePass("0123456789abcdef", "R1", "王小明", TODAY - DAY, TODAY + DAY)
    text = issue(said, bytes(range(32)))
    assert isinstance(text, str)
    return text


@cache
def message() -> bytes:
    return Hcert(content=dcc(t=[TEST])).message()


@cache
def seal_text() -> str:
    return seal()


# -- bending


def bent_text(text: str, rng: random.Random, alphabet: str = ALPHABET) -> str:
    """One to four changes: replaced, cut out, doubled or put in."""
    for _ in range(rng.randint(1, 4)):
        at, until = rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)
        new = "".join(rng.choices(alphabet, k=rng.randint(0, 5)))
        match rng.randrange(4):
            case 0:
                text = text[:at] + new + text[at + len(new) :]
            case 1:
                text = text[: min(at, until)] + text[max(at, until) :]
            case 2:
                text = text[:until] + text[at:]
            case _:
                text = text[:at] + new + text[at:]
        text = text[:9000]
    return text


def bent_bytes(
    data: bytes, rng: random.Random, pieces: tuple[bytes, ...] = (b"\x00", b"\xff")
) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(changed) + 1)
        match rng.randrange(4):
            case 0 if at < len(changed):
                changed[at] ^= 1 << rng.randrange(8)
            case 1:
                del changed[at : at + rng.randint(1, 20)]
            case 2:
                changed[at:at] = rng.choice(pieces)
            case _:
                piece = rng.choice(pieces)
                changed[at : at + len(piece)] = piece
    return bytes(changed)


def bent_value(value: Any, rng: random.Random, atoms: tuple[Any, ...] = ATOMS) -> Any:
    """The same structure with one node replaced, one key renamed or one entry left out."""
    if not isinstance(value, dict | list) or not value or rng.random() < 0.15:
        return rng.choice(atoms)
    if isinstance(value, list):
        at = rng.randrange(len(value))
        return [*value[:at], bent_value(value[at], rng, atoms), *value[at + 1 :]]
    key, chance = rng.choice(list(value)), rng.random()
    rest = {name: each for name, each in value.items() if name != key}
    if chance < 0.1:
        return rest
    if chance < 0.15:
        return rest | {rng.choice(["", "__proto__", "\ud7ff", "x" * 99]): value[key]}
    return value | {key: bent_value(value[key], rng, atoms)}


# -- one maker a layer


def noise(rng: random.Random) -> str:
    heads = ("", "HC1:", "shc:/", "shc:/1/2/", "CP1:", '{"hdr""sig"', "FJQRJKMC1", "http://")
    reach = rng.choice([0x80, 0x800, 0x10000, 0x110000])
    body = (chr(rng.randrange(reach)) for _ in range(rng.randint(0, 60)))
    return rng.choice(heads) + "".join(body)


def published_bent(rng: random.Random) -> str:
    return bent_text(rng.choice(published()), rng)


def published_spliced(rng: random.Random) -> str:
    one, two = rng.choice(published()), rng.choice(published())
    return one[: rng.randrange(len(one))] + two[rng.randrange(len(two)) :]


def base45_of_noise(rng: random.Random) -> str:
    return (
        rng.choice(["HC1:", "CP1:"]) + base45.b45encode(rng.randbytes(rng.randint(0, 200))).decode()
    )


def zlib_bent(rng: random.Random) -> str:
    packed = zlib.compress(message(), rng.choice([0, 1, 9]))
    return "HC1:" + base45.b45encode(bent_bytes(packed, rng)).decode()


def bombs(rng: random.Random) -> str:
    size = rng.choice([65_535, 65_536, 65_537, 200_000, 1_000_000])
    body = rng.choice([b"\x81", b"\x00", b"[", b"\xc4", b"{", b"\xd2\x84"]) * (size // 2 + 1)
    if rng.random() < 0.5:
        return hc1(body[:size])
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return as_qr(f"e30.{base64url(squeezer.compress(body[:size]) + squeezer.flush())}.e30")


def cbor_bent(rng: random.Random) -> str:
    return hc1(bent_bytes(message(), rng, HOSTILE_CBOR))


def cose_bent(rng: random.Random) -> str:
    protected, unprotected, payload, signature = cbor2.loads(message()).value
    parts: list[Any] = [protected, dict(unprotected), payload, signature]
    at = rng.randrange(4)
    parts[at] = rng.choice([*ATOMS[:14], *CBOR_ONLY, bent_bytes(payload, rng, HOSTILE_CBOR)])
    return hc1(cbor2.dumps(cbor2.CBORTag(rng.choice([18, 61, 4, 28, 258]), parts)))


def claims_bent(rng: random.Random) -> str:
    return _signed(bent_value(_claims(), rng, ATOMS + CBOR_ONLY), rng)


def claims_spiked(rng: random.Random) -> str:
    """Signed claims, with one value's bytes swapped for hostile ones."""
    marked = cbor2.dumps(bent_value(_claims(), rng, ("MARK",)))
    return _signed(marked.replace(b"\x64MARK", rng.choice(HOSTILE_CBOR)), rng)


def _claims() -> dict[Any, Any]:
    stamp = int(TODAY.timestamp())
    return {1: "XA", 6: stamp - 9, 4: stamp + 9, -260: dcc(t=[TEST], r=[{"tg": "840539006"}])}


def _signed(claims: Any, rng: random.Random) -> str:
    payload = claims if isinstance(claims, bytes) else cbor2.dumps(claims)
    protected = cbor2.loads(message()).value[0]
    signature = bytes(64)
    if rng.random() < 0.3:
        signed = cbor2.dumps(["Signature1", protected, b"", payload])
        signature = raw_signature(curve_key(), signed)
    return hc1(cbor2.dumps([protected, {}, payload, signature]))


def cards_bent(rng: random.Random) -> str:
    header = (
        {}
        if rng.random() < 0.7
        else {rng.choice(["alg", "zip", "kid", "x5c"]): rng.choice(ATOMS[:14])}
    )
    return card(bent_value(card_payload(), rng), **header)


def card_layers_bent(rng: random.Random) -> str:
    header = json.dumps({"alg": "ES256", "zip": "DEF", "kid": public_jwk(curve_key())["kid"]})
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = bent_bytes(
        json.dumps(card_payload()).encode(), rng, (b"\xff", b"[[", b'"\\ud800"', b"1e999")
    )
    packed = squeezer.compress(body) + squeezer.flush()
    parts = [base64url(header.encode()), base64url(packed), base64url(bytes(64))]
    at = rng.randrange(3)
    if rng.random() < 0.5:
        parts[at] = bent_text(parts[at], rng, "abc._-=")
    jws = ".".join(parts)
    return as_qr("".join(each for each in jws if 45 <= ord(each) <= 144))


def seals_bent(rng: random.Random) -> str:
    found = bent_value(json.loads(seal_text()), rng)
    return json.dumps(found, ensure_ascii=rng.random() < 0.5)


def seal_certificates_bent(rng: random.Random) -> str:
    found = json.loads(seal_text())
    der = base64.urlsafe_b64decode(found["sig"]["cer"] + "==")
    found["sig"]["cer"] = base64url(bent_bytes(der, rng, (b"\xff", b"\x13", b"\x0c\x02\xc3\x28")))
    return json.dumps(found)


def seal_text_bent(rng: random.Random) -> str:
    return bent_text(seal_text(), rng, '{}[]",:\\u\ud800é0e9.-')


def passes_bent(rng: random.Random) -> str:
    whole = base45.b45decode(site_pass().removeprefix("CP1:"))
    return "CP1:" + base45.b45encode(bent_bytes(whole, rng, HOSTILE_CBOR)).decode()


# Maker and how many texts of it in a batch.
LAYERS: dict[Maker, int] = {
    noise: 80,
    published_bent: 80,
    published_spliced: 50,
    base45_of_noise: 50,
    zlib_bent: 80,
    bombs: 2,
    cbor_bent: 80,
    cose_bent: 60,
    claims_bent: 40,
    claims_spiked: 40,
    cards_bent: 20,
    card_layers_bent: 30,
    seals_bent: 30,
    seal_text_bent: 30,
    seal_certificates_bent: 40,
    passes_bent: 50,
}
