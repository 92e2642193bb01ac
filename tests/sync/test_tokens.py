"""Lists of tokens: small, exact, looked up, changed; damaged ones refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.store.county import action_of, array_of, digest_of, token_of
from checkpoint_app.sync import tokens
from checkpoint_app.sync.packing import Unreadable

_pairs = st.dictionaries(st.integers(0, 2**40 - 1), st.integers(0, 255), max_size=60)


@given(_pairs)
def test_a_list_comes_back(pairs: dict[int, int]) -> None:
    listed = array_of(pairs)
    again = tokens.decode(tokens.encode(listed))
    assert again.tolist() == listed.tolist()
    assert digest_of(again) == digest_of(listed)
    assert all(action_of(again, token) == action for token, action in pairs.items())


@given(_pairs, _pairs)
def test_a_change_leads_from_one_to_the_other(old: dict[int, int], new: dict[int, int]) -> None:
    gone = {t: a for t, a in old.items() if new.get(t) != a}
    come = {t: a for t, a in new.items() if old.get(t) != a}
    parts = [array_of(each) for each in (old, come, gone)]
    assert tokens.changed(*parts).tolist() == array_of(new).tolist()


def test_many_tokens_take_less_than_three_bytes_each() -> None:
    draw = random.Random(7)
    listed = array_of({draw.getrandbits(40): 1 for _ in range(200_000)})
    assert len(tokens.encode(listed)) < 3.2 * len(listed)  # the fewer, the wider the gaps
    absent = draw.getrandbits(40)
    assert action_of(listed, absent) is None


def test_a_token_is_keyed() -> None:
    one = token_of(b"key", "i41010219900307843X")
    assert one == token_of(b"key", "i41010219900307843X")
    assert one != token_of(b"other", "i41010219900307843X")
    assert one != token_of(b"key", "p41010219900307843X")
    assert 0 <= one < 2**40


def test_a_change_that_does_not_fit_is_refused() -> None:
    here = array_of({1: 1, 2: 1})
    none = array_of({})
    with pytest.raises(Unreadable):
        tokens.changed(here, none, array_of({3: 1}))
    with pytest.raises(Unreadable):
        tokens.changed(here, array_of({2: 2}), none)


@given(st.binary(max_size=200))
def test_bytes_of_a_stranger_are_refused_or_a_sorted_list(body: bytes) -> None:
    try:
        values = tokens.decode(body).tolist()
    except Unreadable:
        return
    assert values == sorted(values)
