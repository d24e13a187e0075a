"""One person in one vault: found by their own data, told what is held of them, corrected, taken out, and kept out.

Works on an open vault and knows no page, no account and no other organization. A *record* is a customer of a source,
named outside the vault by its mark: a keyed digest that says nothing of who it is.
"""
