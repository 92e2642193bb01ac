"""Words for screen, paper and console: one translate function, switchable at run time.

Message ids are the English sentences. The Chinese ones stand in `resources/locale/zh_CN/*.po`, a
file an area (reasons, desk, paper, console). As Python does with its own files, what was read from
them is kept compiled beside them where that folder can be written, and used as long as the files
are the same: nothing to compile, nothing to forget to compile, and no waiting at the start.
"""

from __future__ import annotations

import gettext
import hashlib
import io
import os
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from checkpoint_app.i18n.english import of_one
from checkpoint_app.resources import resource

LANGUAGES = ("zh_CN", "en")

Translate = Callable[..., str]


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return read_catalogue(resource("locale", language), language)


def read_catalogue(folder: Path, language: str) -> gettext.NullTranslations:
    """All words of a folder's `.po` files; empty when there are none."""
    sources = sorted(folder.glob("*.po"))
    if not sources:
        return gettext.NullTranslations()
    kept = folder / f"compiled-{_state(sources)}.mo"
    with suppress(OSError, ValueError, struct.error), kept.open("rb") as compiled:
        return gettext.GNUTranslations(compiled)
    words = _compile(sources, language)
    _keep(words, kept)
    return gettext.GNUTranslations(io.BytesIO(words))


def _state(sources: Sequence[Path]) -> str:
    """Another value whenever a file came, went or changed, an older one put back included."""
    told = [(each.name, each.stat().st_size, each.stat().st_mtime_ns) for each in sources]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _compile(sources: Sequence[Path], language: str) -> bytes:
    from babel.messages.catalog import Catalog  # slow to load, needed once
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=language)
    for file in sources:
        with file.open("rb") as source:
            for message in read_po(source, locale=language):
                if message.id:
                    whole[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, whole)
    return compiled.getvalue()


def _keep(words: bytes, at: Path) -> None:
    """Put the compiled words there whole, or, where nothing may be written, not at all."""
    part = at.with_suffix(f".{os.getpid()}.part")
    with suppress(OSError):
        with part.open("wb") as out:
            out.write(words)
            os.fsync(out.fileno())  # a power cut must not leave a file of that name with holes
        for former in at.parent.glob("compiled-*.mo"):
            former.unlink()
        part.replace(at)
    with suppress(OSError):
        part.unlink(missing_ok=True)


def translator(language: str) -> Translate:
    """A function `translate(message, **values)` for the language ("zh_CN" or "en").

    Values are put in with `str.format`; an unknown message comes back as it is.
    """
    catalogue, english = _catalogue(language), language == "en"

    def translate(message: str, **values: object) -> str:
        text = catalogue.gettext(message) if message else ""
        if english and values:
            text = of_one(text, values)
        return text.format(**values) if values else text

    return translate
