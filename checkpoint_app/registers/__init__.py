"""Domain tables and forms as bytes on paper: PDF, with preview pictures of it."""

from checkpoint_app.registers.document import render_document, render_documents
from checkpoint_app.registers.pdf import render_pdf, render_tables

__all__ = ["render_document", "render_documents", "render_pdf", "render_tables"]
