"""Photos of a roster from a folder or a ZIP: names and bytes out, within limits, never a bomb.

What a picture shows, and whose it is, is decided elsewhere. Nothing is unpacked to disk, and no
name leads out of the folder: of every path only its last part counts.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from checkpoint_app.imports.faults import FileFault

LARGEST = 20 << 20  # bytes of one picture
MOST = 20_000
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})
_NAMED_UTF8 = 0x800
_PROTECTED = 0x1


class PhotoFault(StrEnum):
    """Why a picture is not taken; the sentences are in `i18n.sentences`."""

    TOO_LARGE = "photo_too_large"
    UNREADABLE = "photo_unreadable"
    PROTECTED = "photo_protected"
    NOBODY = "photo_nobody"
    SEVERAL = "photo_several"


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One picture file: its bare name, and its bytes or why there are none."""

    name: str
    body: bytes | PhotoFault

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return PurePosixPath(self.name).stem


def photo_files(source: Path) -> tuple[int, Iterator[PhotoFile]]:
    """How many pictures there are in a folder or a ZIP, and each of them, read one at a time.

    Raises `FileFault`: photos_missing, photos_unreadable, photos_too_many.
    """
    if source.is_dir():
        return _in_folder(source)
    if not source.is_file():
        raise FileFault("photos_missing")
    return _in_archive(source)


def beside(list_file: Path) -> Path | None:
    """The photos that lie beside a roster's file: of its own name, or called photos or 照片."""
    for name in (list_file.stem, "photos", "照片"):
        folder, archive = list_file.with_name(name), list_file.with_name(f"{name}.zip")
        if folder.is_dir():
            return folder
        if archive.is_file():
            return archive
    return None


def _counts(name: str) -> bool:
    bare = PurePosixPath(name).name
    return not bare.startswith(".") and PurePosixPath(bare).suffix.casefold() in _PICTURES


def _in_folder(folder: Path) -> tuple[int, Iterator[PhotoFile]]:
    try:
        files = sorted(each for each in folder.iterdir() if _counts(each.name) and each.is_file())
    except OSError:
        raise FileFault("photos_unreadable") from None
    return _limited(len(files)), (PhotoFile(each.name, _read(each)) for each in files)


def _read(file: Path) -> bytes | PhotoFault:
    try:
        with file.open("rb") as opened:
            body = opened.read(LARGEST + 1)
    except OSError:
        return PhotoFault.UNREADABLE
    return body if len(body) <= LARGEST else PhotoFault.TOO_LARGE


def _in_archive(file: Path) -> tuple[int, Iterator[PhotoFile]]:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = [each for each in archive.infolist() if _counts(each.filename)]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
        raise FileFault("photos_unreadable") from None
    return _limited(len(parts)), _unpacked(file, parts)


def _unpacked(file: Path, parts: list[zipfile.ZipInfo]) -> Iterator[PhotoFile]:
    with zipfile.ZipFile(file) as archive:
        for part in parts:
            yield PhotoFile(PurePosixPath(_name_of(part)).name, _inflated(archive, part))


def _name_of(part: zipfile.ZipInfo) -> str:
    """A name as it was meant: Windows writes Chinese names into a ZIP in its own code page."""
    if part.flag_bits & _NAMED_UTF8:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return part.filename


def _inflated(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes | PhotoFault:
    """The bytes of a part; what it says of its own size is not believed."""
    if part.flag_bits & _PROTECTED:
        return PhotoFault.PROTECTED
    try:
        with archive.open(part) as opened:
            body = opened.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        return PhotoFault.UNREADABLE
    return body if len(body) <= LARGEST else PhotoFault.TOO_LARGE


def _limited(count: int) -> int:
    if count > MOST:
        raise FileFault("photos_too_many")
    return count
