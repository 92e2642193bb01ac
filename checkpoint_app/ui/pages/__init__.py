"""The window's pages besides the desk: sign-in, find, registers, settings, help."""
