"""Everything a hub keeps: the ledgers of all its stations, who they are, what it hands down.

`HubStore` (`hub.py`) is the one door. SQLite (SQLCipher, as at a station: a county's travellers
lie on one disk) or PostgreSQL; both by the same code, save for how many rows are put in at once.
"""
