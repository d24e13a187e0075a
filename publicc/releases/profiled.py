"""Persons of a closed period by profile and by parcours, for a release: counted here, protected with all the rest.

A household is one person when it is known, as in every other count of persons: its visits are looked at together. The
model comes from `segments`, as a statement: this room does not know how a profile is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import duckdb
from django.conf import settings
from django.utils.module_loading import import_string

from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Table
from publicc.kernel.period import Period, months_before
from publicc.kernel.text import Text
from publicc.metrics import rowsets
from publicc.metrics.traits import WINDOW_MONTHS, traits_of_buyers
from publicc.releases.contents import UNDETERMINED
from publicc.releases.units import PERSONS, Half, drawn, gathered

MODEL_FILE: Final = "model.json"
"""The model that told the profiles, among the files of a release: it holds nothing about a person."""
LONGEST_DAYS: Final = 366
"""In a longer period, somebody who came may be dormant again at its end."""


@dataclass(frozen=True, slots=True)
class Profiling:
    """How profiles are told: one statement over a relation `traits`, giving `buyer, profile` (NULL = undetermined)."""

    version: str
    sha256: str
    names: Mapping[str, Text]
    """What each profile is called, in the order of the model."""
    statement: str
    values: Mapping[str, Any]
    file: str
    """The model, as it was published."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The profiles of the model."""
        return tuple(self.names)

    def told(self) -> dict[str, Any]:
        """As a certificate keeps it."""
        names = {code: {"fr": name.fr, "en": name.en} for code, name in self.names.items()}
        return {"version": self.version, "sha256": self.sha256, "names": names}


def profiling_in_force() -> Profiling | None:
    """How the model in force tells profiles; None when none was published."""
    told: Profiling | None = import_string(settings.PROFILING)()
    return told


def counts_segments(period: Period) -> bool:
    """Whether a release of the period may count people by profile and parcours."""
    return period.days <= LONGEST_DAYS


# The household takes the person's place, so that its visits are looked at together.
_AS_PERSONS: Final = """SELECT t.* REPLACE (coalesce(b.pool_household_id, t.person_id, t.buyer_id) AS person_id)
FROM main.purchases AS t LEFT JOIN main.persons AS b ON b.organization = t.organization AND b.buyer_id = t.buyer_id"""
_VISITED: Final = f"""SELECT t.person_id AS buyer, t.performance_id, p.starts_on
FROM purchases AS t JOIN performances AS p ON p.organization = t.organization AND p.performance_id = t.performance_id
WHERE p.starts_on <= $status_on AND t.ticket_status = 'VALID' AND coalesce(t.is_paid, FALSE)
 AND {rowsets.KEPT} AND {rowsets.INDIVIDUAL.format(buyer="t.person_id")} GROUP BY ALL"""
_PEOPLE: Final = f"""
WITH came AS ({PERSONS}),
purchases AS ({_AS_PERSONS}),
traits AS ({traits_of_buyers(own=False)}),
scored AS ({{statement}}),
stands AS ({rowsets.PARCOURS.format(visited=_VISITED)})
SELECT coalesce(s.profile, '{UNDETERMINED}') AS profile, l.parcours, c.organization, c.person
FROM came AS c LEFT JOIN scored AS s ON s.buyer = c.person JOIN stands AS l ON l.buyer = c.person
"""
_UNITS: Final = """
WITH known AS (
    SELECT * FROM segment_people WHERE $half IS NULL OR ascii(right(md5($salt || person), 1)) % 2 = $half
)
SELECT a.profile, a.parcours, a.organization, b.organization, count(*)
FROM known AS a JOIN known AS b USING (person) WHERE a.organization <= b.organization GROUP BY ALL
UNION ALL
SELECT profile, parcours, NULL, NULL, count(DISTINCT person) FROM known GROUP BY ALL
"""


def tell_segments(connection: duckdb.DuckDBPyConnection, period: Period, by: Profiling) -> None:
    """Put every person of the period in a profile and a parcours on its last day: what `segment_units` counts."""
    on = period.last_on
    asked = {"first": period.first_on, "last": on, "on": on, "first_on": months_before(on, WINDOW_MONTHS)}
    asked |= {f"status_{months}": months_before(on, months) for months in (18, 24, 36)} | {"status_on": on}
    told = connection.execute(_PEOPLE.format(statement=by.statement), {**by.values, **asked, **drawn(None)})
    connection.register("told_segments", told.to_arrow_table())
    connection.execute("CREATE OR REPLACE TEMP TABLE segment_people AS SELECT * FROM told_segments")


def segment_units(
    connection: duckdb.DuckDBPyConnection, organizations: list[str], *, table: Table, half: Half | None = None
) -> PersonUnits:
    """The persons told by `tell_segments`, the same whom `person_units` counts, by profile and parcours."""
    rows = connection.execute(_UNITS, drawn(half)).fetchall()
    return gathered((((profile, parcours), *rest) for profile, parcours, *rest in rows), table, organizations)
