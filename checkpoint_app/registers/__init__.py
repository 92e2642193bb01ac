"""Domain tables as bytes on paper: PDF, with preview pictures of it."""

from checkpoint_app.registers.pdf import render_pdf

__all__ = ["render_pdf"]
