"""How the pages speak: Chinese first, English second, chosen by the reader or the browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.i18n import LANGUAGES, Translate, translator
from checkpoint_app.i18n.reasons import fault_text, outcome_word, reason_text


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    language: str
    translate: Translate

    @property
    def tag(self) -> str:
        """The language for the page's head (BCP 47)."""
        return self.language.replace("_", "-")

    def fault(self, code: str) -> str:
        """A fault as a sentence."""
        return fault_text(code, self.translate)

    def outcome(self, outcome: Outcome) -> str:
        """移交, 放行 …"""
        return outcome_word(outcome, self.translate)

    def reason(self, code: str | None) -> str:
        """A reason code as a sentence; one that this hub does not know stays a code."""
        if code is None:
            return ""
        try:
            return reason_text(Reason(Code(code)), self.translate)
        except ValueError:
            return code

    def ago(self, at: datetime, now: datetime) -> str:
        """How long ago, as people say it."""
        passed = max(now - at, timedelta(0))
        minutes = int(passed.total_seconds() // 60)
        if minutes < 1:
            return self.translate("just now")
        if minutes < 60:
            return self.translate("{count} min ago", count=minutes)
        if minutes < 48 * 60:
            return self.translate("{count} h ago", count=minutes // 60)
        return self.translate("{count} days ago", count=minutes // (24 * 60))

    def clock(self, at: datetime, now: datetime) -> str:
        """14:03 of today, else 11-22 14:03."""
        there = at.astimezone(now.tzinfo)
        return f"{there:%H:%M}" if there.date() == now.date() else f"{there:%m-%d %H:%M}"


def words_for(chosen: str, accepted: str) -> Words:
    """The words for a choice (a cookie), else for what the browser accepts."""
    if chosen in LANGUAGES:
        return Words(chosen, translator(chosen))
    first = accepted.split(",")[0].strip().lower()
    language = "en" if first and not first.startswith("zh") else "zh_CN"
    return Words(language, translator(language))
