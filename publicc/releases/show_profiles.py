"""Which profiles of the common segmentation came to one show at one organization, as a partner may be told of it.

Profiles are the organization's own, of its own rows, as they stood in the season of the last night. Each person lies in
one profile or in none; every member that could know some of them attacks the table before anything of it is told.
Source: docs/explanation/sharing.en.md.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from publicc.disclosure.tables import Dimension, partition_table
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.text import Text
from publicc.releases.shows import HELD, LEAST_BUYERS, Run, Under, protected_alone, units_of, who_came
from publicc.store.profiles import attach_profiles

UNDETERMINED: Final = "UNDETERMINED"
"""Buyers of whom too little is known for a profile."""
UNDETERMINED_WORDS: Final = Text("Indéterminé", "Undetermined")
_WHOSE: Final = """
WITH told AS (
    SELECT coalesce(t.person_id, t.buyer_id) AS person, min(p.profile) AS profile
    FROM purchases t JOIN scored.profiles_by_season p USING (buyer_id)
    WHERE t.organization = $owner AND p.season = (
        SELECT max(season) FROM performances
        WHERE organization = $owner AND list_contains($performances, performance_id))
    GROUP BY ALL)
SELECT coalesce(t.profile, $none) AS profile, c.person, list_sort(list_distinct(c.others)) AS others,
    t.person IS NOT NULL AS scored
FROM came c LEFT JOIN told t USING (person)
"""


@dataclass(frozen=True, slots=True)
class ShownProfile:
    """One profile of a run: its code and words, and how many buyers lie in it, rounded or withheld."""

    code: str
    name: Text
    buyers: Cell


def show_profiles(
    connection: duckdb.DuckDBPyConnection, profiles: Path, run: Run, under: Under
) -> tuple[ShownProfile, ...]:
    """Every profile of the run, in the model's order, the undetermined last; nothing where nobody was scored.

    `connection`: the pool's tables, of the organizations of the linking circle and of the owner alone. `profiles`: the
    owner's own. Withheld whole, as its total is, when the total itself may not be told.
    """
    attach_profiles(connection, profiles)
    classes = connection.execute("SELECT code, name_fr, name_en FROM scored.profile_classes ORDER BY position")
    names = {code: Text(fr, en) for code, fr, en in classes.fetchall()} | {UNDETERMINED: UNDETERMINED_WORDS}
    who_came(connection, run, under.as_of)
    told = {"owner": run.owner, "performances": list(run.performances), "none": UNDETERMINED}
    rows = connection.execute(_WHOSE, told).fetchall()
    if not any(scored for *_, scored in rows):
        return ()
    table = partition_table((Dimension("profile", tuple(names)),))
    cells = protected_alone(table, units_of(table, (row[:3] for row in rows)), under.rules)
    whole = len(rows) >= LEAST_BUYERS and isinstance(cells[()], Shown)
    return tuple(
        ShownProfile(code, name, cells[(("profile", code),)]) if whole else ShownProfile(code, name, HELD)
        for code, name in names.items()
    )
