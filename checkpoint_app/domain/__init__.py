"""What a checkpoint is: values and rules.

Standard library only. No input or output, no clock, no Qt, no SQL: `now` is always passed in.
"""
