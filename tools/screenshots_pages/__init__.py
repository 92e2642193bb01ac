"""Pictures of every page besides the desk, over a real store with a day's people, for looking at.

python -m tools.screenshots_pages FOLDER [--page NAME] [--size 1366x768] [--theme T] [--language L]
"""
