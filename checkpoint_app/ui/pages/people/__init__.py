"""来访: visitors, who is away, and passes for the roster. Shown at venues, not by the road.

One page of its own and no part of the lists' page: the guard at an entrance registers visitors all
day and must reach them by one key, while lists are imported by the office now and then.
"""
