"""Visitors, notices of absence, and passes for whoever is on the roster."""
