"""The directory: what Public C knows about places, disciplines and days before anybody deposits anything.

Words: *FSA* is the first three characters of a postal code (RTA); *admin region* is one of Québec's 17; *local
territory* is a named set of FSAs, as data; *precision* says how well a place is known. Each table carries its source,
vintage and precision (`data/sources.toml`); the tables are made by `make places` and can be replaced or removed.

Never: a network call, a guess (what is not known is said to be unknown), anything about who buys.
"""
