"""Lists in the store: the door `Lists` (as `station.lists`), staging, looking up, working."""

from __future__ import annotations

from checkpoint_app.store.lists.door import ListInfo, Lists
from checkpoint_app.store.lists.rechecking import Progress, Site
from checkpoint_app.store.lists.staging import TYPED, NewList, Staging
from checkpoint_app.store.lists.working import Asked, Slice

__all__ = ["TYPED", "Asked", "ListInfo", "Lists", "NewList", "Progress", "Site", "Slice", "Staging"]
