"""设置: what can be set, a file a group. Every change holds at once."""
