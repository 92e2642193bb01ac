"""The operating system's key store (`keyring`): optional, and never a fault when absent."""

from __future__ import annotations

from binascii import Error as NotHex
from binascii import unhexlify

_SERVICE = "checkpoint-desk"


def keep(store: str, wrapping: bytes) -> bool:
    """Keep a wrapping key for one store; False where the system has no key store."""
    import keyring  # slow to import, and only needed where a station chose it
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, store, wrapping.hex())
    except (KeyringError, RuntimeError, OSError):
        return False
    return find(store) == wrapping


def find(store: str) -> bytes | None:
    """The wrapping key kept for a store, or None."""
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(_SERVICE, store)
        return unhexlify(found) if found else None
    except (KeyringError, RuntimeError, OSError, NotHex, ValueError):
        return None


def forget(store: str) -> None:
    """Remove the key kept for a store, if any."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(_SERVICE, store)
    except (KeyringError, RuntimeError, OSError):
        return
