"""What is wrong with a policy, in one sentence with its field and line."""

from __future__ import annotations

from checkpoint_app.domain.policy_data import PolicyFault
from checkpoint_app.i18n import Translate

SENTENCES: dict[str, str] = {
    "policy_text": "The file is no policy: neither TOML nor JSON",
    "policy_large": "The file is too large for a policy",
    "policy_kind": "{field}: must be {wanted}",
    "policy_field": "{field}: no rule has a field of this name",
    "policy_value": "{field}: must be made of {wanted}",
    "policy_number": "{field}: a number within {wanted} is needed",
    "policy_missing": "{field}: is not there",
    "policy_words": "{field}: must be words of two characters or more",
    "policy_life": "{field}: saves lives, {wanted} must stay",
    "policy_hospital": "A hospital turns nobody back: {field} must be {wanted}",
}


def policy_fault_text(fault: PolicyFault, translate: Translate) -> str:
    """The sentence, and the line where one is known."""
    values = {"field": fault.field, "wanted": fault.wanted}
    sentence = SENTENCES[fault.code]
    used = {name: value for name, value in values.items() if f"{{{name}}}" in sentence}
    said = translate(sentence, **used)
    if fault.line is None:
        return said
    return translate("{problem} (line {line})", problem=said, line=fault.line)
