"""Checkpoint Desk (卡点查验台): the desk of a road checkpoint or a venue entrance."""

__version__ = "0.1.0"
