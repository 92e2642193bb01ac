"""A station and its hub: what travels between them, by network or by file."""
