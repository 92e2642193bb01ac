"""Lists in the store: the door `Lists` (as `station.lists`), staging, looking up, working."""

from __future__ import annotations

from checkpoint_app.store.lists.door import ListInfo, Lists
from checkpoint_app.store.lists.staging import NewList, Staging

__all__ = ["ListInfo", "Lists", "NewList", "Staging"]
