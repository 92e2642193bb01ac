"""The window's pages besides the desk: sign-in, find, registers, settings, help."""

from checkpoint_app.ui.pages.pages import Pages

__all__ = ["Pages"]
