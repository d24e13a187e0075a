"""Where everything lies: the home folder, the keys, the vaults, the pool's snapshots and the rollups.

Words: *home* (one folder, all data of an installation), *key ring*, *vault* (one organization's identified rows, one
encrypted file), *snapshot* (the pool at one moment, immutable), *rollup* (one organization's own rows of a snapshot).
Never knows what a ticket is, never looks into a row, never writes a key, a path or a value into a message.
Only `intake` and `harmonise` may import `publicc.store.vaults`.
"""
