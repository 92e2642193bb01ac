"""Every word of the office's pages is Chinese first."""

from __future__ import annotations

import re

from checkpoint_app.hub.web.book import ACTIONS
from checkpoint_app.hub.web.people import ROLE_WORDS
from checkpoint_app.hub.web.rail import RAIL
from checkpoint_app.hub.web.words import words_for
from checkpoint_app.i18n import translator
from checkpoint_app.resources import resource

CALL = re.compile(r"""\bt\(\s*(?:"([^"]+)"|'([^']+)')""")


def test_every_message_of_the_templates_has_chinese() -> None:
    zh = translator("zh_CN")
    said = [message for _, _, message, _ in RAIL] + [*ACTIONS.values(), *ROLE_WORDS.values()]
    templates = list(resource("hub").glob("*.html"))
    for each in templates:
        said += [one or other for one, other in CALL.findall(each.read_text("utf-8"))]
    assert len(templates) > 8
    assert [each for each in said if zh(each) == each] == []


def test_no_word_stands_in_a_template_by_itself() -> None:
    """Between the tags there is nothing but what is put in."""
    for each in resource("hub").glob("*.html"):
        bare = re.sub(r"\{[{%].*?[}%]\}", "", each.read_text("utf-8"), flags=re.DOTALL)
        texts = re.findall(r">([^<>]+)<", bare)
        assert [text.strip() for text in texts if re.search(r"[a-z\u4e00-\u9fff]{3}", text)] == []


def test_the_language_is_the_readers_choice_then_the_browsers() -> None:
    assert words_for("en", "zh-CN").language == "en"
    assert words_for("", "zh-CN,zh;q=0.9,en;q=0.8").language == "zh_CN"
    assert words_for("", "de-DE,en").language == "en"
    assert words_for("xx", "").language == "zh_CN"
