"""Visitors, notices of absence, and passes handed out."""

from checkpoint_app.store.visiting.absences import Absences
from checkpoint_app.store.visiting.passes import Passes
from checkpoint_app.store.visiting.portraits import Portraits
from checkpoint_app.store.visiting.visits import Visits

__all__ = ["Absences", "Passes", "Portraits", "Visits"]
