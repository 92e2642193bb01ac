"""The command office's pages: drawn on the server, a little script, no build chain."""
