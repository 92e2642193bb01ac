"""推送XX人，已排查XX人: of the persons on each watch list, how many were met at a station."""

from __future__ import annotations

from typing import Any

from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Frame
from checkpoint_app.hub.web.rail import WATCHING
from checkpoint_app.store.hub import covering


class CoveragePages:
    """The page of coverage."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        return [self._frame.show("/coverage", self.show, WATCHING)]

    def show(self, asked: Asked) -> Answer:
        """A line for every watch list in force."""
        with self._frame.store.read() as connection:
            found = covering.coverage(connection)
        names = {each.device: each.name for each in self._frame.store.devices()}
        t = asked.words.translate
        lines = [
            {
                "whose": names.get(each.device, each.device) or t("The whole county"),
                "pushed": each.pushed,
                "found": each.found,
                "share": f"{100 * each.found / each.pushed:.1f} %" if each.pushed else "–",
            }
            for each in found
        ]
        return Drawn("coverage.html", {"lines": lines, "here": "coverage"})
