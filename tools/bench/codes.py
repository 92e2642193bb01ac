"""How long reading a code's text takes, and the longest that a hostile one can hold the desk."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import base45

from checkpoint_app.codes import Trust, TrustFile, parse_trust_file, read
from tools.bench.figure import Figure

DATA = Path(__file__).parents[2] / "tests" / "data" / "codes"
AT = datetime(2021, 6, 1, tzinfo=UTC)
ROUNDS = 5


def measure() -> list[Figure]:
    """Milliseconds a text, one thread, with the published vectors and their trust lists."""
    trust = Trust.of(_files())
    hc1 = [each["text"] for each in _vectors("dcc.json") if each["text"].startswith("HC1:")]
    cards = ["shc:/" + _digits(each["jws"]) for each in _vectors("shc.json") if "jws" in each]
    opaque = ["FJQRJKMC1:" + "x" * 60, "0a1b2c3d" * 4, "https://example.org/"]
    return [
        _p95("EU DCC", hc1, trust),
        _p95("SMART Health Card", cards, trust),
        _p95("health code or other text", opaque, trust),
        _slowest("slowest hostile text", _hostile(), trust),
    ]


def _files() -> list[TrustFile]:
    read_files = (
        parse_trust_file(file.name, file.read_bytes(), AT)
        for file in sorted((DATA / "trust").glob("*.json"))
    )
    return [each.current_at(AT) for each in read_files if isinstance(each, TrustFile)]


def _vectors(name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((DATA / name).read_text("utf-8"))
    return found


def _digits(jws: str) -> str:
    return "".join(f"{ord(character) - 45:02}" for character in jws)


def _hostile() -> list[str]:
    """The largest texts that are looked at, and what inflates or nests the furthest."""
    bodies = (bytes(3_000_000), b"\x81" * 65_000, b"\xa1" * 65_000, b"\xd2" * 65_000)
    bombs = ["HC1:" + base45.b45encode(zlib.compress(body, 9)).decode() for body in bodies]
    nested = ("[" * 8000, '{"":' * 2000, '"\\ud800",' * 800)
    seals = ['{"hdr""sig"' + each for each in nested]
    return [*bombs, *seals, "HC1:" + "A" * 8000, "CP1:" + "A" * 8000, "shc:/" + "5" * 131_000]


def _times(texts: Iterable[str], trust: Trust) -> list[float]:
    spent = []
    for text in texts:
        start = time.perf_counter()
        read(text, trust, AT)
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def _p95(name: str, texts: list[str], trust: Trust) -> Figure:
    spent = sorted(_times(texts * ROUNDS, trust))
    return Figure("codes", f"{name}, p95", spent[int(len(spent) * 0.95)], "ms")


def _slowest(name: str, texts: list[str], trust: Trust) -> Figure:
    fastest_of = [min(_times([text] * ROUNDS, trust)) for text in texts]
    return Figure("codes", name, max(fastest_of), "ms", note="best of five rounds each")
