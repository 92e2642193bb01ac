"""Writing a file whole or not at all, and what failed in words."""

from __future__ import annotations

import errno
from pathlib import Path

from checkpoint_app.devices.ports import DeviceFault
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text

_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)


def write_whole(target: Path, body: bytes) -> None:
    """Write beside, then put in place. Raises OSError; nothing half-written stays."""
    fresh = target.with_name(target.name + ".new")
    try:
        fresh.write_bytes(body)
        fresh.replace(target)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def sentence_for(error: Exception, translate: Translate) -> str:
    """What a device or a disk refused, as one sentence."""
    if isinstance(error, DeviceFault):
        return fault_text(error.code, translate)
    number = getattr(error, "errno", None)
    if number in _DENIED:
        return translate("Nothing can be written to this folder; choose another")
    if number in (errno.ENOSPC, errno.EDQUOT):
        return translate("The disk is full; free some space or choose another")
    return translate("The file could not be written; choose another folder")
