"""Shifts, checks, handing over and supervision: what the pages 班次 and 督查 do."""
