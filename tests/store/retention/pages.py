"""The bytes of a database as they stand in its file, free space and log too, decrypted."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from checkpoint_app.store import keys
from tests.store.inside import database

_PAGE, _RESERVED, _SALT, _IV = 4096, 80, 16, 16
_LOG_HEADER, _FRAME_HEADER = 32, 24


def decrypted(folder: Path) -> bytes:
    """Every page of the database file and of its write-ahead log (SQLCipher 4's layout)."""
    keyfile = keys.read(folder)
    assert keyfile is not None
    key, file = keys.unlock(keyfile, None), database(folder)
    raw = file.read_bytes()
    pages = [raw[at : at + _PAGE] for at in range(0, len(raw), _PAGE)]
    log = file.with_name(file.name + "-wal")
    frames = log.read_bytes()[_LOG_HEADER:] if log.exists() else b""
    step = _FRAME_HEADER + _PAGE
    pages += [frames[at + _FRAME_HEADER : at + step] for at in range(0, len(frames), step)]
    return b"".join(_page(page, key) for page in pages if len(page) == _PAGE)


def _page(page: bytes, key: bytes) -> bytes:
    body, iv = page[: _PAGE - _RESERVED], page[_PAGE - _RESERVED :][:_IV]
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    plain = cipher.update(body) + cipher.finalize()
    # A first page begins with the salt, which is not encrypted.
    late = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return plain + late.update(body[_SALT:]) + late.finalize()


def traces(folder: Path, *texts: str) -> list[str]:
    """Which texts can still be found: in the database's pages, or in any file of the folder."""
    pages = decrypted(folder)
    files = b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())
    return [each for each in texts if each.encode() in pages or each.encode() in files]
