"""Doubtful pairs and what people decide of them: same person, different persons, one household, unsure.

The *queue* of an organization lies in its vault, and that of the linking circle in a vault of its own: codes of
customers, degrees of agreement and weights, never a name. Values are read from the organization's vault when its data
steward asks for one pair, and each such view is in the trail. A decision is kept until it is undone, and every later
harmonisation obeys it.
"""
