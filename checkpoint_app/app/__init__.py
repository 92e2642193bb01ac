"""The only place where the window's parts are built and joined.

`opening` opens the store (asking for the passphrase where one is set), then `desk_app` the window
with its pages, then `instruments` camera, thermometer and scanner, each on threads of their own.
"""

from checkpoint_app.app.desk_app import DeskApp
from checkpoint_app.app.instruments import Eye
from checkpoint_app.app.opening import open_window
from checkpoint_app.app.outside import Outside, local_now, theme_for

__all__ = ["DeskApp", "Eye", "Outside", "local_now", "open_window", "theme_for"]
