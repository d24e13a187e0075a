"""Releases: what the collective publishes about itself. A finite cube per closed period: protected, audited, signed.

Words: *release* (all cells of one closed period), *catalogue* (its tables, fixed before data are read), *certificate*.
The only room that computes across organizations; everything it lets out went through `disclosure`.

Never: answers a question that is not in the catalogue, serves a cell that was not audited, changes one silently.
"""
