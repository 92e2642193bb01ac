"""Make the rare-character fonts of `resources/fonts` from Hanazono Mincho (a build step, not run
by the program).

Noto Sans SC holds the basic Han block, extension A and some 200 characters beyond them; people's
names hold more. This takes from HanaMinB the Han characters of extensions B to F that Noto Sans SC
lacks, without hints, into three fonts of about ten megabytes, so that a sheet loads no more than it
needs. The fonts get names of their own, as the licence asks of changed copies.

    apt-get download fonts-hanazono && dpkg -x fonts-hanazono_*.deb hanazono
    python -m tools.make_fonts hanazono/usr/share/fonts/truetype/hanazono/HanaMinB.ttf
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
# Extension B in two halves; C to F with the compatibility supplement.
PARTS = {"B1": (0x20000, 0x2513F), "B2": (0x25140, 0x2A6DF), "C": (0x2A6E0, 0x2FA1F)}
NOTICE = "Made from HanaMinB of 2017-09-04, Copyright GlyphWiki Project (OFL 1.1); subset."


def part(source: Path, codes: set[int], family: str) -> TTFont:
    """A subset of the source with these code points, under a new family name."""
    options = Options(hinting=False, layout_features=[], glyph_names=False, notdef_outline=True)
    options.drop_tables += ["GSUB", "GDEF", "BASE", "FFTM", "vhea", "vmtx"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    names = {0: NOTICE, 1: family, 2: "Regular", 3: family, 4: family, 6: family.replace(" ", "")}
    font["name"].names = []
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    return font


def main(source: Path) -> None:
    """Write `resources/fonts/RareHan-*.ttf`."""
    present = TTFont(FONTS / "NotoSansSC-Regular.ttf", lazy=True).getBestCmap()
    for suffix, (low, high) in PARTS.items():
        codes = {code for code in range(low, high + 1) if code not in present}
        font = part(source, codes, f"Checkpoint Rare Han {suffix}")
        target = FONTS / f"RareHan-{suffix}.ttf"
        font.save(target)
        print(target.name, len(font.getBestCmap()), target.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
