"""No text from a stranger crashes or hangs a reader, and no answer carries anything but plain text.

A batch is drawn from one seed by hypothesis; together the batches make more than 100,000 texts.
"""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.codes import ChunkJoiner, Fault, Trust, TrustFile, parse_trust_file, read
from checkpoint_app.codes.site_pass import own_keys
from checkpoint_app.domain.credential import Authenticity, Basis, Credential

from .hostile import ATOMS, LAYERS, Maker, bent_bytes, bent_value, noise, published
from .makers import AUTHORITY, Hcert, authority_list, card_list, dcc_list, revocation_list, seal
from .vectors import DATA, TODAY, trust_at

BATCHES = 150  # with 762 texts in a batch over all layers: 114,300 texts
ON_TRUST = {
    Authenticity.VALID,
    Authenticity.EXPIRED,
    Authenticity.NOT_YET_VALID,
    Authenticity.REVOKED,
}
SEEDS = st.integers(min_value=0, max_value=2**63)
TRUST = trust_at(
    TODAY,
    dcc_list(),
    card_list(),
    authority_list(),
    own_keys(bytes(range(32)), "Site", (), TODAY),
)


def words(value: Any) -> Iterator[str]:
    """Every text in an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from words(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from words(getattr(value, each.name))


def check(found: Credential) -> None:
    assert isinstance(found, Credential)
    assert (found.basis is Basis.SIGNED) is (found.authenticity in ON_TRUST)
    assert found.reasons or found.authenticity is Authenticity.VALID
    for word in words(found):
        assert len(word) <= 200
        assert not any(unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in word)


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
@pytest.mark.parametrize("maker", LAYERS, ids=lambda maker: maker.__name__)
def test_bent_codes(maker: Maker) -> None:
    told = 0

    @settings(max_examples=BATCHES, deadline=None, database=None)
    @given(SEEDS)
    def batch(seed: int) -> None:
        nonlocal told
        rng = random.Random(seed)
        for _ in range(LAYERS[maker]):
            check(read(maker(rng), TRUST, TODAY))
            told += 1

    batch()
    assert told >= BATCHES * LAYERS[maker]


def test_the_batches_are_enough() -> None:
    assert BATCHES * sum(LAYERS.values()) >= 100_000


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["", "HC1:", "shc:/", "CP1:", '{"hdr":"sig"']))
def test_any_text(text: str, head: str) -> None:
    check(read(head + text, TRUST, TODAY))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["nam", "dob", "v", "t", "r", "ver"]), JSON))
def test_any_content_under_a_good_signature(content: dict[str, Any]) -> None:
    found = read(Hcert(content={1: content}).text(), TRUST, TODAY) if _fits(content) else None
    if found is not None:
        check(found)


def _fits(content: Any) -> bool:
    """Whether CBOR can carry it at all: no integers beyond 64 bits without a tag."""
    if isinstance(content, dict | list):
        return all(map(_fits, content.values() if isinstance(content, dict) else content))
    return not isinstance(content, int) or abs(content) < 2**63


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_parts_of_cards_in_any_order(seed: int) -> None:
    rng, joiner = random.Random(seed), ChunkJoiner()
    pool = [f"shc:/{rng.randrange(5)}/{rng.randrange(5)}/{rng.randrange(10**6)}" for _ in range(20)]
    for _ in range(40):
        joined = joiner.join(rng.choice([*pool, noise(rng)]), TODAY)
        assert joined.text is not None or 0 < joined.have < joined.of
        if joined.text is not None:
            check(read(joined.text, TRUST, TODAY))


@settings(max_examples=80, deadline=None)
@given(SEEDS)
def test_bent_trust_files(seed: int) -> None:
    rng = random.Random(seed)
    name = rng.choice(["dcc_gateway.json", "dcc_kid_map.json", "shc_directory.json"])
    body = (DATA / "trust" / name).read_bytes()
    bent = json.dumps(bent_value(json.loads(body), rng, ATOMS)).encode()
    for each in (bent, bent_bytes(body, rng), bent_bytes(body[: rng.randrange(3000)], rng)):
        found = parse_trust_file("x", each, TODAY)
        assert isinstance(found, TrustFile | Fault)
        if isinstance(found, TrustFile):
            for text in published()[:6]:
                check(read(text, Trust.of([found]), TODAY))


@settings(max_examples=150, deadline=None)
@given(SEEDS)
@pytest.mark.filterwarnings("ignore:Parsed a serial number")
def test_bent_certificates(seed: int) -> None:
    rng = random.Random(seed)
    lists = revocation_list(5, 6).entries[0].listed  # type: ignore[union-attr]
    for der in (AUTHORITY.der(), lists.public_bytes(Encoding.DER)):
        found = parse_trust_file("x", bent_bytes(der, rng), TODAY)
        assert isinstance(found, TrustFile | Fault)
        if isinstance(found, TrustFile):
            check(read(seal(), Trust.of([found, authority_list()]), TODAY))
