"""Typed persons, one JSON object a line: read, judged together with their party, recorded."""

from checkpoint_app.desk.typed.person_line import LineFault, Typed, read_line
from checkpoint_app.desk.typed.screening import Answer, Ground, screened

__all__ = ["Answer", "Ground", "LineFault", "Typed", "read_line", "screened"]
