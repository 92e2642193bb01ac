"""What came down from the office, in words: its name, whether it counts, why it does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checkpoint_app.desk.hub.handing import refused_text
from checkpoint_app.desk.hub.view import ListHeld
from checkpoint_app.i18n import Translate

NAMES = {  # what a hub calls its lists
    "policy": "Rules",
    "trust": "Trust list",
    "operators": "Operators",
    "templates": "Forms of sheets",
    "county": "The county's watch list",
    "above-1": "Watch list of the hub above",
    "watch": "Pushed persons",
    "returnee": "Returnees",
    "risk": "Risk areas",
    "roster": "Roster",
    "notices": "Notices of other checkpoints",
}
_KEYS = "above-keys"  # belongs to a list, and is none


def shown_lists(lists: Iterable[ListHeld]) -> list[ListHeld]:
    """Those that mean something to people: what the office orders first, then lists."""
    order = {name: place for place, name in enumerate(NAMES)}
    shown = [each for each in lists if each.name != _KEYS]
    return sorted(shown, key=lambda each: (order.get(_kind(each.name), len(order)), each.name))


def list_name(name: str, translate: Translate) -> str:
    """In words; "watch@…" is this station's own share of a list."""
    kind = _kind(name)
    if kind.startswith("above-"):
        kind = "above-1"
    return translate(NAMES[kind]) if kind in NAMES else kind


def state_word(held: ListHeld, translate: Translate) -> str:
    """Whether it counts, in a word or two."""
    if held.refused is not None:
        if held.in_force:
            return translate("Not used, {version} counts", version=held.in_force)
        return translate("Not used")
    return translate("Not yet in force") if held.waits else translate("In force")


def refused_lists(lists: Sequence[ListHeld], translate: Translate) -> list[str]:
    """A sentence for each that cannot be used."""
    return [
        translate(
            "{list} {version} from the office cannot be used: {why}. What was in force stays.",
            list=list_name(each.name, translate),
            version=each.version,
            why=refused_text(each.refused, translate),
        )
        for each in shown_lists(lists)
        if each.refused is not None
    ]


def _kind(name: str) -> str:
    return name.partition("@")[0]
