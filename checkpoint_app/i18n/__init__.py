"""Words for screen, paper and console: one translate function, switchable at run time.

Message ids are the English sentences. The Chinese ones stand in `resources/locale/zh_CN/*.po`, a
file an area (reasons, desk, paper, console), and are read straight from there: nothing to compile,
nothing to forget to compile.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable
from functools import cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from checkpoint_app.resources import resource

LANGUAGES = ("zh_CN", "en")

Translate = Callable[..., str]


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    merged: gettext.NullTranslations = gettext.NullTranslations()
    folder = resource("locale", language)
    for file in sorted(folder.glob("*.po")) if folder.is_dir() else ():
        compiled = io.BytesIO()
        with file.open("rb") as source:
            write_mo(compiled, read_po(source, locale=language))
        compiled.seek(0)
        area = gettext.GNUTranslations(compiled)
        area.add_fallback(merged)
        merged = area
    return merged


def translator(language: str) -> Translate:
    """A function `translate(message, **values)` for the language ("zh_CN" or "en").

    Values are put in with `str.format`; an unknown message comes back as it is.
    """
    catalogue = _catalogue(language)

    def translate(message: str, **values: object) -> str:
        text = catalogue.gettext(message) if message else ""
        return text.format(**values) if values else text

    return translate
