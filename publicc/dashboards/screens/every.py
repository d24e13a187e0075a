"""Every screen by its id. Needs no site and no settings: `publicc run` makes them all without a server."""

from collections.abc import Callable, Mapping
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Screen
from publicc.dashboards.screens.audiences import audiences_screen
from publicc.dashboards.screens.habits import habits_screen
from publicc.dashboards.screens.non_publics import non_publics_screen
from publicc.dashboards.screens.pace import pace_screen
from publicc.dashboards.screens.prices import prices_screen
from publicc.dashboards.screens.season import season_screen
from publicc.dashboards.screens.segments import segments_screen
from publicc.dashboards.screens.show import show_screen
from publicc.dashboards.screens.supply import supply_screen
from publicc.dashboards.screens.territories import territories_screen

SCREENS: Final[Mapping[str, Callable[[Asker], Screen]]] = {
    "season": season_screen,
    "pace": pace_screen,
    "audiences": audiences_screen,
    "territories": territories_screen,
    "non-publics": non_publics_screen,
    "prices": prices_screen,
    "segments": segments_screen,
    "habits": habits_screen,
    "show": show_screen,
    "supply": supply_screen,
}
