"""Messages as they were first sent: every later program reads them, and says the same again.

The files beside this test are never edited. A new version of a message gets new files.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkpoint_app.domain.inspection import Inspection, Unvaccinated
from checkpoint_app.store import payload
from checkpoint_app.store.chain import Sent
from checkpoint_app.store.county import array_of
from checkpoint_app.sync import records, tokens, wire

HERE = Path(__file__).parent
MESSAGES = sorted(HERE.glob("v1/*.hex"))


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: file.stem)
def test_a_message_is_read_and_written_as_ever(file: Path) -> None:
    kind: type[wire.Message] = getattr(wire, file.stem)
    body = bytes.fromhex(file.read_text("ascii"))
    assert wire.encode(wire.decode(body, kind)) == body


def test_every_message_has_a_golden_one() -> None:
    kinds = {each.__name__ for each in wire.Message.__subclasses__()}
    assert kinds == {each.stem for each in MESSAGES}


def test_an_envelope_is_still_believed() -> None:
    signed = wire.opened(bytes.fromhex((HERE / "v1" / "Envelope.hex").read_text("ascii")))
    key = wire.decode(
        bytes.fromhex((HERE / "v1" / "Identity.hex").read_text("ascii")), wire.Identity
    ).key
    assert wire.is_by(signed, key)


@pytest.mark.parametrize("name", ["records", "records-2"])
def test_a_batch_is_read_as_ever(name: str) -> None:
    body = bytes.fromhex((HERE / "v1" / f"{name}.base16").read_text("ascii"))
    told = json.loads((HERE / "v1" / f"{name}.json").read_text("utf-8"))
    batch = records.decode(body)
    assert [_told(each) for each in batch] == told
    assert records.decode(records.encode(batch)) == batch


def test_an_inspection_of_any_age_is_read() -> None:
    """The first ones knew of no guardian, no train and no reason of a missing vaccine."""
    old, new = (_inspections(name) for name in ("records", "records-2"))
    assert {each.person.guardian for each in old} == {None}
    assert {each.unvaccinated for each in old} == {None}
    (one,) = new
    assert one.person.guardian == "李红 13900001111"
    assert (one.journey.transport, one.journey.left_area_at) == ("高铁 G1234", "2022-03-12 18:00")
    assert one.unvaccinated is Unvaccinated.POSTPONED


def _inspections(name: str) -> list[Inspection]:
    body = bytes.fromhex((HERE / "v1" / f"{name}.base16").read_text("ascii"))
    return [
        payload.decode(each.plain, each.personal).inspection
        for each in records.decode(body)
        if each.kind == "inspection"
    ]


def _told(each: Sent) -> dict[str, object]:
    return {
        "id": str(each.id),
        "kind": each.kind,
        "at_us": each.at_us,
        "offset_s": each.offset_s,
        "belongs_us": each.belongs_us,
        "supersedes": str(each.supersedes) if each.supersedes else None,
        "plain": each.plain.decode(),
        "personal": each.personal.decode() if each.personal is not None else None,
        "salt": each.salt.hex() if each.salt is not None else None,
        "commitment": each.commitment.hex() if each.commitment is not None else None,
    }


def test_a_token_list_is_read_as_ever() -> None:
    body = bytes.fromhex((HERE / "v1" / "tokens.base16").read_text("ascii"))
    told = json.loads((HERE / "v1" / "tokens.json").read_text("utf-8"))
    listed = array_of({int(token): action for token, action in told.items()})
    assert tokens.decode(body).tolist() == listed.tolist()
    assert tokens.encode(listed) == body
