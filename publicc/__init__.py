"""Public C: open-source software for data hubs of the cultural sector.

Rooms and the only direction in which they may import each other are drawn in docs/explanation/rooms.md
and held by import-linter (`make check`).
"""

__version__ = "0.1.0"
