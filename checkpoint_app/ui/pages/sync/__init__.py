"""同步: what waits for the command office, what was sent, which lists came from there."""
