"""统计: what a period's inspections add up to, as charts with their numbers beside them."""
