"""Erasing what has been kept long enough, so that nothing can be got back from anywhere.

`choosing` says whose time has come, `erasing` takes it, `scrubbing` writes over what is left of it
in the file, `copies` sees to backups, `ending` destroys everything when the epidemic is over. One
erasure is one record of the ledger; the chain still verifies after it.
"""

from checkpoint_app.store.retention.door import Retention

__all__ = ["Retention"]
