"""Steps that bring a database to the newest schema (Alembic, two labelled branches).

`base` holds the tables that a hub shares, `station` the station's own. A database is brought to its
branch's head, so every new step of `base` needs one of `station` that depends on it. The steps are
read by path: a built program must carry this folder's files.
"""
