"""Requests of persons, inside one organization: the person found in its own vault, answered, corrected, taken out.

The vault's own tables are `intake.persons`' business; what a harmonisation keeps of a customer (ids, tokens, pairs to
review, linkages aside) is taken out here. No request reads another organization's vault.
"""
