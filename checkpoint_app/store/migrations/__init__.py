"""Steps that bring a database to the newest schema (Alembic, two labelled branches).

`base` holds the tables that a hub shares, `station` the station's own. Read by path, so a built
program must carry this folder's files.
"""
