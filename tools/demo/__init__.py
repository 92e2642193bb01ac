"""Draws the demo footage: `python -m tools.demo OUT`.

Everything in it is made up: people, numbers, tokens, issuers, pages. Its codes are signed with keys
that anyone can derive from this folder, so a demo signature proves nothing about anybody.
"""
