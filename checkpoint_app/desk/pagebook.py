"""The pages that the person at the desk has shown, and what each code was shown with before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from checkpoint_app.desk.paging import Pages, absorb_page
from checkpoint_app.domain.inspection import Inspection
from checkpoint_app.domain.page import Page

KEPT = 500  # pages of earlier people, in memory only


class PageBook:
    """Pages arrive late: each counts for its own person alone."""

    def __init__(self) -> None:
        self._pages = Pages()
        self._shown_with: dict[str, Page] = {}  # by the code's fingerprint

    def see(
        self,
        current: Inspection,
        page: Page,
        seen_at: datetime,
        texts: tuple[str, ...],
        fingerprint_of: Callable[[str], str],
    ) -> Inspection:
        """The person with what a page adds; `texts` are the codes in the same picture.

        Nothing is added to one who came after the picture was taken, nor where the picture shows
        somebody else's code.
        """
        code = current.health_code
        known = code.fingerprint if code is not None else None
        others = known is not None and texts and known not in map(fingerprint_of, texts)
        if seen_at < current.opened_at or others:
            return current
        pages = self._pages.with_page(page, seen_at)
        self._pages = replace(pages, earlier=self._shown_with.get(known or ""))
        return absorb_page(current, self._pages, page, seen_at)

    def close(self, leaving: Inspection | None) -> None:
        """The person leaves; what their code was shown with is remembered."""
        code = leaving.health_code if leaving is not None else None
        if code is not None and code.fingerprint and self._pages.code is not None:
            self._shown_with[code.fingerprint] = self._pages.code
            if len(self._shown_with) > KEPT:
                del self._shown_with[next(iter(self._shown_with))]
        self._pages = Pages()
