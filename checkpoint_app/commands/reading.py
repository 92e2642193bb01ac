"""`checkpoint read`: what codes in pictures, or code texts, turn out to be."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkpoint_app.codes import ChunkJoiner, Trust, TrustFile, load_issuers, read
from checkpoint_app.commands.console import Console, add_common
from checkpoint_app.desk.trusting import current_trust, read_trust_file
from checkpoint_app.domain import page as pages
from checkpoint_app.domain.credential import Authenticity, Basis, Colour, Credential, Format
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text

if TYPE_CHECKING:
    from checkpoint_app.vision import FoundCode
    from checkpoint_app.vision.found import Frame
    from checkpoint_app.vision.page import PageReader

LONGEST_LINE = 1_000_000
SIGNED = frozenset(set(Format) - {Format.CN_HEALTH_CODE, Format.UNKNOWN})
LARGEST_PICTURE = 64 * 1024 * 1024


def add(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("read", help="read codes in pictures, or code texts with -")
    parser.add_argument("files", nargs="+", metavar="FILE", help="pictures, or - for texts")
    parser.add_argument("--trust", action="append", default=[], metavar="FILE")
    parser.add_argument("--at", metavar="ISO8601", type=moment, help="judge as of this moment")
    add_common(parser)
    parser.set_defaults(run=run)


def moment(text: str) -> datetime:
    """An ISO 8601 moment; without an offset it is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as bad:
        raise argparse.ArgumentTypeError(f"not an ISO 8601 moment: {text}") from bad
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def run(console: Console) -> int:
    """One object a file, or one a line of standard input, in order."""
    at = console.arguments.at or console.now
    reader = _Reader(_trust(console, at), at, console.folder)
    for file in console.arguments.files:
        answers = reader.lines(sys.stdin.buffer) if file == "-" else [reader.file(file)]
        for answer in answers:
            console.tell(answer, _sentence(answer, console.translate))
    return 0


def _trust(console: Console, at: datetime) -> Trust:
    """The files named in this call, current at its moment; else what the station imported."""
    if console.arguments.trust:
        files = [_named(console, Path(name), at) for name in console.arguments.trust]
        return Trust.of(files, timedelta(days=console.settings.trust_valid_days))
    if not console.has_store:
        return Trust.empty()
    with console.open_kept() as station:
        return current_trust(station, console.settings, at)


def _named(console: Console, path: Path, at: datetime) -> TrustFile:
    taken = read_trust_file(path, at)
    if isinstance(taken, str):
        raise console.refuse(taken)
    return taken[0].current_at(at)


class _Reader:
    """Reads pictures and lines of one call; chunks join across them."""

    def __init__(self, trust: Trust, at: datetime, folder: Path) -> None:
        self._trust = trust
        self._at = at
        self._folder = folder
        self._issuers = load_issuers(folder)
        self._joiner = ChunkJoiner()
        self._pages: PageReader | None = None  # loads slowly: only once a page may be there

    def file(self, name: str) -> dict[str, Any]:
        """One picture. A file that is no picture is answered with an error."""
        from checkpoint_app.vision import decode_image, read_still

        start = time.perf_counter()
        answer: dict[str, Any] = {"file": name, "codes": [], "page": None}
        picture = _load(Path(name), decode_image)
        if isinstance(picture, str):
            answer["error"] = picture
        else:
            found = read_still(picture)
            answer["codes"] = [self._code(each.text, each.symbology, each.colour) for each in found]
            answer["page"] = self._page(picture, found, answer["codes"])
        return {**answer, "ms": _ms(start)}

    def _page(
        self, picture: Frame, found: tuple[FoundCode, ...], codes: list[dict[str, Any]]
    ) -> dict[str, Any] | None:
        """The phone's page in the picture; where a signed code is, no such page is."""
        if any(code["format"] in SIGNED for code in codes):
            return None
        from checkpoint_app.vision.page import PageReader

        self._pages = self._pages or PageReader(self._folder, issuer_of=self._issuers.of)
        page = self._pages.read(picture, now=self._at, codes=found)
        return pages.as_object(page) if page is not None else None

    def lines(self, source: Any) -> Iterator[dict[str, Any]]:
        """Code texts, one a line; empty lines are passed over."""
        while raw := source.readline(LONGEST_LINE):
            start = time.perf_counter()
            text = raw.decode("utf-8", "replace").strip("\r\n")
            if text.strip():
                code = self._code(text, None, None)
                yield {"file": "-", "codes": [code], "ms": _ms(start)}

    def _code(self, text: str, symbology: str | None, colour: Colour | None) -> dict[str, Any]:
        joined = self._joiner.join(text)
        if joined.text is None:
            credential = _PART
        else:
            credential = read(joined.text, self._trust, self._at, colour, issuers=self._issuers)
        return as_object(credential, text, symbology, colour)


# What is known of a part of a code whose other parts have not been shown.
_PART = Credential(
    Format.SMART_HEALTH_CARD,
    Authenticity.UNVERIFIABLE,
    Basis.OBSERVED,
    reasons=(Reason(Code.CHUNK_MISSING),),
)


def as_object(
    credential: Credential, text: str, symbology: str | None, colour: Colour | None
) -> dict[str, Any]:
    """A read code as the command line answers it."""
    return {
        "symbology": symbology,
        "text": text,
        "format": credential.format,
        "issuer": credential.issuer,
        "authenticity": credential.authenticity,
        "basis": credential.basis,
        "colour": colour,
        "holder": {"name": credential.holder.name, "birth_date": credential.holder.birth_date},
        "reasons": [reason.code for reason in credential.reasons],
    }


def _load(path: Path, decode: Callable[[bytes], Any]) -> Any:
    try:
        if path.stat().st_size > LARGEST_PICTURE:
            return "too_large"
        picture = decode(path.read_bytes())
    except OSError:
        return "unreadable"
    return "not_an_image" if picture is None else picture


def _ms(start: float) -> float:
    return round((time.perf_counter() - start) * 1000, 1)


def _sentence(answer: dict[str, Any], translate: Translate) -> str:
    if "error" in answer:
        return f"{answer['file']}: {fault_text(answer['error'], translate)}"
    found = [
        " ".join(str(code[key] or "-") for key in ("format", "authenticity", "colour"))
        for code in answer["codes"]
    ]
    return f"{answer['file']}: " + ("; ".join(found) or "-")
