"""The site's rules at the desk: which are in force, read from files, and tried on travellers."""

from checkpoint_app.desk.rules.files import read_policy_file, read_policy_text
from checkpoint_app.desk.rules.in_force import policy_in_force, policy_of
from checkpoint_app.desk.rules.text import policy_text

__all__ = [
    "policy_in_force",
    "policy_of",
    "policy_text",
    "read_policy_file",
    "read_policy_text",
]
