"""For whom a cell is: anybody, members and the hub, or one member alone."""

from typing import Final

PORTRAIT: Final = "portrait"
PUBLIC: Final = "public"
MEMBERS: Final = "members"
