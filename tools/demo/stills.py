"""A handful of still pictures to try `checkpoint read` on: page pictures, no hand, no night."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tools.demo.pages import page_of
from tools.demo.story import Traveller

_WANTED = {
    "green": "t01",
    "yellow": "t03",
    "red": "t07",
    "eu_dcc_valid": "t02",
    "eu_dcc_expired": "t06",
    "eu_dcc_forged": "t10",
    "eu_dcc_aztec": "t11",
    "smart_health_card": "t08",
    "vds_nc": "t17",
    "site_pass": "t12",
    "no_code": "t09",
}


def write(everybody: tuple[Traveller, ...], folder: Path) -> list[Path]:
    """Write the stills as PNG and give their paths; names say what is on them."""
    folder.mkdir(parents=True, exist_ok=True)
    by_id = {traveller.id: traveller for traveller in everybody}
    return [_write(by_id[who], folder / f"{name}.png") for name, who in _WANTED.items()]


def _write(traveller: Traveller, file: Path) -> Path:
    page = page_of(traveller, traveller.showings[0]).image
    flat = Image.new("RGB", page.size, "#D7DDE0")
    flat.paste(page, mask=page.getchannel("A"))
    flat.quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)
    return file
