"""The gate besides single people: vehicles, lanes that pass by themselves, crowds, gate-runners.

`passing.Passing` holds the use cases and is a part of `session.Desk`; the other files are what it
stands on.
"""
