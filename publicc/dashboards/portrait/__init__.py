"""The collective portrait: the sector as its releases tell it, for members, and for anybody under the stricter rules.

Figures are released cells: nothing here counts, adds up or rounds. No path leads from them to one organization.
"""
