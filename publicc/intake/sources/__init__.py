"""Known ticketing systems, one folder each: `layout.toml` says what it exports, invented samples show it.

A new system is one new folder; nothing else changes.
"""
