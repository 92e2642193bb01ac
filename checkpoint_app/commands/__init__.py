"""The command line, one file a group of commands; `__main__` puts them together.

Every command takes `--json` (one object a line) and `--data DIR`; exit code 0 done, 1 refused with
a one-line reason on standard error, 2 wrong usage.
"""
