"""Writing a file whole or not at all, and what failed in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from checkpoint_app.devices.ports import DeviceFault
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text

_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
_OPEN_ELSEWHERE = 32  # Windows: another process is using the file


def write_whole(target: Path, body: bytes) -> None:
    """Write beside, then put in place. Raises OSError; nothing half-written stays.

    A file that a spreadsheet has open is left alone: on Windows nothing else is possible, and
    elsewhere the two would overwrite each other.
    """
    if target.with_name(f".~lock.{target.name}#").exists():
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target))
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
    if number in (errno.EBUSY, errno.ETXTBSY) or getattr(error, "winerror", 0) == _OPEN_ELSEWHERE:
        return translate("The file is open in another program; close it there, then try again")
    if number in _DENIED:
        return translate("Nothing can be written to this folder; choose another")
    if number in (errno.ENOSPC, errno.EDQUOT):
        return translate("The disk is full; free some space or choose another")
    return translate("The file could not be written; choose another folder")
