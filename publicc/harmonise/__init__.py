"""From what each organization wrote to who the buyers are: clean, match, group, identify, blind.

Words: a *record* is one customer code of one organization; a *person* is a group of records; a *household* is a group
of persons who live together, a separate relation and never an identity.
This room and `intake` are the only ones that open a vault; nothing that leaves this room carries a direct identifier.
"""
