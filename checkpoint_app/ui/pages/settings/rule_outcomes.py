"""The part of the rules' editor where a county settles what a rule comes to, and adds purposes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.person import narrow
from checkpoint_app.domain.policy_data import OUTCOMES
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.i18n.reasons import outcome_word
from checkpoint_app.i18n.sentences import SENTENCES
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rows import Group, TextRow
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.drop_down import DropDown

Put = Callable[[dict[str, object]], None]
_HINTS = {
    "pass_at_once": (
        "More purposes that pass at once",
        "Beside ambulance, fire, childbirth and the like, for example: antenatal care",
    ),
    "freight": ("More words for freight", "Beside lorry, delivery and the like"),
}


class OutcomeBoxes:
    """A list a rule, with what it may come to."""

    def __init__(self, look: Look, words: Words, put: Put) -> None:
        self._look, self._words, self._put = look, words, put
        self.boxes: dict[Code, DropDown] = {}
        self._policy: SitePolicy | None = None

    def add_rows(self, group: Group, card: QGridLayout) -> None:
        """A row a rule."""
        for code in OUTCOMES:
            caption = SENTENCES[code][0]
            self.boxes[code] = box = DropDown(self._look)
            self._words.name(box, caption)
            box.activated.connect(lambda at, code=code: self._chosen(code, at))
            group.row(card, caption, box)

    def show_policy(self, policy: SitePolicy) -> None:
        """Show what each rule comes to, in the words of the kind of site."""
        self._policy = policy
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.clear()
            for outcome in OUTCOMES[code]:
                box.addItem(outcome_word(outcome, self._look.translate, venue=policy.is_venue))
            box.setCurrentIndex(OUTCOMES[code].index(policy.outcome_of(code)))
            box.blockSignals(False)

    def _chosen(self, code: Code, at: int) -> None:
        outcome: Outcome = OUTCOMES[code][at]
        self._put({"outcomes": {code.value: outcome.value}})


class PurposeRows:
    """Purposes that a county adds to the shipped ones."""

    def __init__(self, words: Words, put: Put, kind: Callable[[], str]) -> None:
        self._words, self._put, self._kind = words, put, kind
        self.rows: dict[str, TextRow] = {}

    def add_rows(self, group: Group, card: QGridLayout) -> None:
        """A row a kind of purpose."""
        for name, (caption, hint) in _HINTS.items():
            made = TextRow(self._words, caption, _check, partial(self._typed, name))
            self.rows[name] = made
            group.row(card, caption, made, hint)

    def show_policy(self, policy: SitePolicy) -> None:
        """Show what stands beside the shipped words."""
        usual = shipped(policy.site_kind)
        for name, row in self.rows.items():
            added = [each for each in getattr(policy, name) if each not in getattr(usual, name)]
            row.show_value("，".join(added))

    def _typed(self, name: str, text: str) -> None:
        self._put({name: [*getattr(shipped(self._kind()), name), *_words_of(text)]})


def _words_of(text: str) -> list[str]:
    return [each.strip() for each in re.split("[，,；;、]", narrow(text)) if each.strip()]


def _check(text: str) -> str | None:
    fits = all(2 <= len(each) <= 20 for each in _words_of(text))
    return None if fits and len(_words_of(text)) <= 20 else "Words of two characters or more"
