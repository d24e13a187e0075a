"""Who is who: from cleaned records to persons and households.

block (candidate pairs) → compare (agreement patterns) → chance, train (weights, no labels) → group → households.
`link` is the door; `model` is what a linkage model is, as data, and `canada` is ours. Pure Python knows patterns only;
everything a row is told by stays inside DuckDB.
"""

from publicc.harmonise.linkage.engine import LinkResult, LinkScope, LinkSettings, link

__all__ = ["LinkResult", "LinkScope", "LinkSettings", "link"]
