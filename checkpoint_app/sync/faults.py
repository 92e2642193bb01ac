"""What can go wrong between a station and its hub, as stable codes."""

from __future__ import annotations


class SyncFault(Exception):
    """The exchange could not be carried through; nothing is lost, it goes on the next time.

    `code`: not_enrolled, hub_unreachable, hub_not_itself (certificate, fingerprint or signature
    are another's), hub_answer_wrong, hub_refused_code, hub_revoked, hub_unknown_station, hub_busy,
    file_wrong, file_for_other, file_too_large, file_old.
    """

    def __init__(self, code: str, detail: str = "", wait_s: float = 0.0) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.wait_s = wait_s  # hub_busy: when it wants to be asked again
