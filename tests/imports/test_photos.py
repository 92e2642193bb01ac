"""Photos from a folder or a ZIP: what is read, what is refused, what stays in its place."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from checkpoint_app.imports import FileFault
from checkpoint_app.imports.photos import LARGEST, MOST, PhotoFault, beside, photo_files


def packed(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return path


def read(source: Path) -> dict[str, object]:
    _, files = photo_files(source)
    return {each.name: each.body for each in files}


def test_a_folder_gives_its_pictures_and_nothing_else(tmp_path: Path) -> None:
    for name in ("S-1.jpg", "王小明.PNG", ".hidden.jpg", "list.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "deeper.jpg").mkdir()
    assert set(read(tmp_path)) == {"S-1.jpg", "王小明.PNG"}


def test_a_zip_gives_bare_names_wherever_they_claim_to_lie(tmp_path: Path) -> None:
    made = packed(
        tmp_path / "p.zip", **{"../../etc/a.jpg": b"a", "三年级/b.png": b"b", "c.txt": b"c"}
    )
    assert read(made) == {"a.jpg": b"a", "b.png": b"b"}
    assert not (tmp_path.parent / "etc").exists()


def test_chinese_names_as_windows_writes_them(tmp_path: Path) -> None:
    made = tmp_path / "p.zip"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("XXXXXX.jpg"), b"a")
    body = made.read_bytes().replace(b"XXXXXX", "王小明".encode("gbk"))
    made.write_bytes(body)
    assert set(read(made)) == {"王小明.jpg"}


def test_what_says_it_is_small_and_is_not_is_not_unpacked(tmp_path: Path) -> None:
    made = packed(tmp_path / "bomb.zip", **{"a.jpg": bytes(LARGEST + 5), "b.jpg": b"b"})
    size = struct.pack("<I", LARGEST + 5)
    made.write_bytes(made.read_bytes().replace(size, struct.pack("<I", 10)))
    found = read(made)
    assert found["a.jpg"] in (PhotoFault.TOO_LARGE, PhotoFault.UNREADABLE)
    assert found["b.jpg"] == b"b"


def test_a_large_file_of_a_folder_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "a.jpg").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert read(tmp_path) == {"a.jpg": PhotoFault.TOO_LARGE}


def test_a_picture_behind_a_password_is_told(tmp_path: Path) -> None:
    made = packed(tmp_path / "p.zip", **{"a.jpg": b"aaaa"})
    body = bytearray(made.read_bytes())
    body[6] |= 1  # the local header says that it is protected, and so does the directory
    body[body.index(b"PK\x01\x02") + 8] |= 1
    made.write_bytes(bytes(body))
    assert read(made) == {"a.jpg": PhotoFault.PROTECTED}


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04 not really", b"\xff\xd8\xff\xe0"])
def test_what_is_no_zip_is_refused_as_a_whole(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "p.zip"
    file.write_bytes(body)
    with pytest.raises(FileFault, match="photos_unreadable"):
        photo_files(file)


def test_nothing_there_and_far_too_many(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="photos_missing"):
        photo_files(tmp_path / "none")
    many = tmp_path / "many.zip"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(MOST + 1):
            archive.writestr(f"{number}.jpg", b"")
    with pytest.raises(FileFault, match="photos_too_many"):
        photo_files(many)


def test_photos_beside_a_list(tmp_path: Path) -> None:
    roster = tmp_path / "花名册.xlsx"
    assert beside(roster) is None
    packed(tmp_path / "照片.zip")
    assert beside(roster) == tmp_path / "照片.zip"
    (tmp_path / "花名册").mkdir()
    assert beside(roster) == tmp_path / "花名册"
