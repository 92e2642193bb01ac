"""Cases in the store: `door.Cases` is what others use, the rest stands behind it."""
