"""Retention and a traveller's rights: erasing, notices, one's own records, the end of it all."""
