"""Writing files, for pages: the same as at the desk."""

from checkpoint_app.desk.files import sentence_for, write_whole

__all__ = ["sentence_for", "write_whole"]
