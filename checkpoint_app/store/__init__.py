"""The station's memory: the only package that names SQLAlchemy.

What happened at the gate is written once and never changed. See `station.Station` for everything
that the rest of the program may ask.
"""
