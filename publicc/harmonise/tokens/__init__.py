"""Blind before upload: an organization makes tokens on its own machine, and its identities never leave it.

Encoder (`keyfile`, `encode`): reads and groups the organization's own table in clear, there, then keeps keyed tokens of
compound values only. Hub (`keeping`, `model`, `across`): stores tokens, and recognises persons of organizations that
encoded under the same key. The key is never at the hub. A token is *dépersonnalisé*, never anonymous.
"""
