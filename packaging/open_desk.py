"""The built folder's program for a double click: the desk, with no console window."""

import sys

from checkpoint_app.__main__ import main

sys.exit(main(["desk", *sys.argv[1:]]))
