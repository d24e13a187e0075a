"""One show at one organization, as the people who came may be told to a partner: protected, or withheld.

The only place that reads who came to a show beside who is known elsewhere. What it gives is rounded and attacked first:
counts to 5 after ten persons that no member knows, shares in steps of 5 %. Source: docs/explanation/sharing.en.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import duckdb
import numpy as np

from publicc.disclosure.policy import PersonRules
from publicc.disclosure.protection import protect_persons
from publicc.disclosure.rounding import rounded_count, share_in_steps
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import CellKey, Table
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason, Withheld, WithheldReason
from publicc.kernel.period import months_before
from publicc.metrics.rowsets import KEPT

LEAST_BUYERS: Final = 30
"""A show with fewer buyers tells nothing of who they are."""
LEAST_ELSEWHERE: Final = 4
"""Organizations behind "known elsewhere": three others, whoever of them looks."""
WHOLE_HISTORY_MONTHS: Final = 36
SHORT_HISTORY_MONTHS: Final = 12
RETURN_MONTHS: Final = 12
WINDOW_MONTHS: Final = 24
BANDS: Final = ("0-10", "10-25", "25-50", "50+", "UNKNOWN")
"""Kilometres between home and venue."""
_ARRIVALS: Final = ("KNOWN", "NEW", "NEW_RETURNED", "NEW_ELSEWHERE", "NEW_ELSEWHERE_RETURNED")
HELD: Final = Withheld(WithheldReason.PERSONS)
"""What may not be told, whatever the cause."""
_NO_BASE: Final = Unknown(UnknownReason.NO_BASE, "history")
YEAR_TO_COME: Final = Unknown(UnknownReason.NO_BASE, "year")
"""Twelve months have not passed since the last night."""

_BOUGHT: Final = f"""
SELECT t.organization, coalesce(t.person_id, t.buyer_id) AS person, t.performance_id, p.starts_on, t.show_id,
    t.distance_km
FROM purchases t JOIN performances p USING (organization, performance_id)
WHERE t.ticket_status = 'VALID' AND t.is_paid AND t.buyer_kind = 'INDIVIDUAL' AND t.buyer_id IS NOT NULL
    AND {KEPT} AND p.starts_on <= $as_of
"""
_CAME: Final = f"""
CREATE OR REPLACE TEMP TABLE came AS
WITH bought AS ({_BOUGHT}),
shown AS (
    SELECT person, min(starts_on) AS first_on, max(starts_on) AS last_on, min(distance_km) AS km
    FROM bought WHERE organization = $owner AND list_contains($performances, performance_id) GROUP BY person),
known AS (
    SELECT s.person, b.organization, min(b.starts_on) < s.first_on AS earlier,
        bool_or(b.starts_on > s.first_on AND b.starts_on <= s.first_on + INTERVAL {RETURN_MONTHS} MONTH
            AND NOT list_contains($shows, b.show_id)) AS again
    FROM shown s JOIN bought b USING (person) GROUP BY s.person, s.first_on, b.organization)
SELECT s.person, coalesce(bool_or(k.earlier) FILTER (WHERE k.organization = $owner), false) AS earlier,
    coalesce(bool_or(k.again) FILTER (WHERE k.organization = $owner), false) AS again,
    list(k.organization) FILTER (WHERE k.organization <> $owner AND k.earlier) AS elsewhere,
    list(k.organization) FILTER (WHERE k.organization <> $owner) AS others,
    CASE WHEN km IS NULL THEN 'UNKNOWN' WHEN km < 10 THEN '0-10' WHEN km < 25 THEN '10-25' WHEN km < 50 THEN '25-50'
        ELSE '50+' END AS band
FROM shown s LEFT JOIN known k USING (person) GROUP BY s.person, s.km
"""
_MET: Final = """
SELECT CASE WHEN earlier THEN 'KNOWN' ELSE concat_ws('_', 'NEW', CASE WHEN len(elsewhere) > 0 THEN 'ELSEWHERE' END,
    CASE WHEN again THEN 'RETURNED' END) END AS arrival, band, person, list_sort(list_distinct(others)) AS others
FROM came
"""


@dataclass(frozen=True, slots=True)
class Under:
    """The day of the data, and the rules of the day."""

    as_of: date
    rules: PersonRules


@dataclass(frozen=True, slots=True)
class Run:
    """Performances of one show at one organization: those that were played and are old enough to be told."""

    owner: str
    shows: tuple[str, ...]
    performances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShowAudience:
    """Who came to a run, as it may leave. `buyers` is a rounded count, all else a share in steps of 5 %."""

    buyers: Cell
    new: Cell
    elsewhere: Cell
    """Of those new to the organization, known to others before."""
    returned: Cell
    """Of those new, back for another show within twelve months."""
    bands: Mapping[str, Cell]
    """By distance from home to the venue."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Buyers of two runs, or of a run and of an organization: how many are the same, and what share of each."""

    both: Cell
    of_first: Cell
    of_second: Cell


NOTHING_TOLD: Final = ShowAudience(HELD, HELD, HELD, HELD, dict.fromkeys(BANDS, HELD))
NO_OVERLAP: Final = Overlap(HELD, HELD, HELD)


def show_audience(connection: duckdb.DuckDBPyConnection, run: Run, under: Under) -> ShowAudience:
    """Who came to the run, the same for whoever is told: every member that could know some of them attacks it.

    `connection`: the pool's tables, of the organizations of the linking circle and of the owner alone.
    """
    who_came(connection, run, under.as_of)
    rows = connection.execute(_MET).fetchall()
    if len(rows) < LEAST_BUYERS:
        return NOTHING_TOLD
    table = audience_table()
    protected = protected_alone(table, units_of(table, rows), under.rules)
    counts = {key[0][1]: cell for key, cell in protected.items()}
    whole, new = counts["buyers"], counts["NEW"]
    history = _history_months(connection, run, under.as_of)
    elsewhere = _share(counts["ELSEWHERE"], new) if _many_elsewhere(connection, under.rules) else HELD
    returned = _share(counts["RETURNED"], new) if _year_passed(connection, run, under.as_of) else YEAR_TO_COME
    return ShowAudience(
        buyers=whole,
        new=_since(history, _share(new, whole)),
        elsewhere=_since(history, elsewhere),
        returned=_since(history, returned),
        bands={band: _share(counts[band], whole) for band in BANDS},
    )


def may_replace(connection: duckdb.DuckDBPyConnection, before: Run, after: Run, under: Under) -> bool:
    """Whether figures of one run may follow those of another that were read: enough people separate the two."""
    changes = _changes(connection, before, after, under.as_of)
    return any(changes) and _covers_enough(changes, under.rules)


def may_stand_beside(connection: duckdb.DuckDBPyConnection, one: Run, other: Run, under: Under) -> bool:
    """Whether figures of two runs may both be read: nobody separates the two, or enough people do."""
    return _covers_enough(_changes(connection, one, other, under.as_of), under.rules)


def _changes(connection: duckdb.DuckDBPyConnection, one: Run, other: Run, as_of: date) -> tuple[set[str], set[str]]:
    """Who is in the first alone, and in the second alone."""
    first, second = _people(connection, one, as_of), _people(connection, other, as_of)
    return first - second, second - first


def _covers_enough(changes: Iterable[set[str]], rules: PersonRules) -> bool:
    return all(not change or len(change) >= rules.k for change in changes)


def overlap_of_runs(connection: duckdb.DuckDBPyConnection, first: Run, second: Run, under: Under) -> Overlap:
    """Buyers of two runs of the show, at two organizations that both allow linkage."""
    return _overlap(_people(connection, first, under.as_of), _people(connection, second, under.as_of), under.rules)


def overlap_with(connection: duckdb.DuckDBPyConnection, run: Run, organization: str, under: Under) -> Overlap:
    """Buyers of a run who bought from another organization in the two years before the last night of the run."""
    told: dict[str, Any] = {
        "as_of": under.as_of,
        "other": organization,
        "owner": run.owner,
        "performances": list(run.performances),
        "months": WINDOW_MONTHS,
    }
    rows = connection.execute(
        f"""WITH bought AS ({_BOUGHT}), ends AS (SELECT max(starts_on) AS last_on FROM bought
            WHERE organization = $owner AND list_contains($performances, performance_id))
        SELECT DISTINCT person FROM bought, ends WHERE organization = $other AND starts_on <= last_on
            AND starts_on > last_on - to_months($months)""",
        told,
    ).fetchall()
    return _overlap(_people(connection, run, under.as_of), {person for (person,) in rows}, under.rules)


def who_came(connection: duckdb.DuckDBPyConnection, run: Run, as_of: date) -> None:
    """Make `came(person, earlier, again, elsewhere, others, band)`: one row a buyer of the run."""
    asked = {
        "owner": run.owner,
        "performances": list(run.performances),
        "shows": list(run.shows),
        "as_of": as_of,
    }
    connection.execute(_CAME, asked)


def _people(connection: duckdb.DuckDBPyConnection, run: Run, as_of: date) -> set[str]:
    told = {"as_of": as_of, "owner": run.owner, "performances": list(run.performances)}
    rows = connection.execute(
        f"""SELECT DISTINCT person FROM ({_BOUGHT})
        WHERE organization = $owner AND list_contains($performances, performance_id)""",
        told,
    ).fetchall()
    return {person for (person,) in rows}


def _overlap(first: set[str], second: set[str], rules: PersonRules) -> Overlap:
    """Nothing unless each part is large enough, what the two do not share included."""
    both = len(first & second)
    if min(both, len(first) - both, len(second) - both) < rules.k:
        return NO_OVERLAP
    counts = [rounded_count(n, rules.round_to) for n in (both, len(first), len(second))]
    return Overlap(
        Shown(counts[0]), Shown(share_in_steps(counts[0], counts[1])), Shown(share_in_steps(counts[0], counts[2]))
    )


def audience_table() -> Table:
    """Units: arrival × distance. Cells: everyone, known or new, of the new those seen elsewhere or back; by band."""
    units = tuple((("arrival", arrival), ("band", band)) for arrival in _ARRIVALS for band in BANDS)
    wanted: dict[str, set[str]] = {
        "buyers": set(_ARRIVALS),
        "KNOWN": {"KNOWN"},
        "NEW": set(_ARRIVALS) - {"KNOWN"},
        "ELSEWHERE": {one for one in _ARRIVALS if "ELSEWHERE" in one},
        "NOT_ELSEWHERE": {one for one in _ARRIVALS if one.startswith("NEW") and "ELSEWHERE" not in one},
        "RETURNED": {one for one in _ARRIVALS if "RETURNED" in one},
        "NOT_RETURNED": {one for one in _ARRIVALS if one.startswith("NEW") and "RETURNED" not in one},
    }
    cells: list[CellKey] = [(("who", name),) for name in wanted]
    rows = [[dict(unit)["arrival"] in arrivals for unit in units] for arrivals in wanted.values()]
    cells += [(("who", band),) for band in BANDS]
    rows += [[dict(unit)["band"] == band for unit in units] for band in BANDS]
    return Table((), units, tuple(cells), np.array(rows, dtype=np.int64))


def units_of(table: Table, rows: Iterable[tuple[Any, ...]]) -> PersonUnits:
    """`rows`: the values of the units in their order, a person, the other organizations that know them."""
    place = {tuple(value for _, value in unit): at for at, unit in enumerate(table.units)}
    told = [(place[tuple(values)], others or ()) for *values, _, others in rows]
    rank = {slug: at for at, slug in enumerate(sorted({slug for _, others in told for slug in others}))}
    persons = np.zeros(len(place), dtype=np.int64)
    pairs = np.zeros((len(rank), len(rank), len(place)), dtype=np.int64)
    for at, others in told:
        persons[at] += 1
        known = [rank[slug] for slug in others]
        pairs[np.ix_(known, known, [at])] += 1
    return PersonUnits(persons, np.einsum("mme->me", pairs).copy(), pairs)


def protected_alone(table: Table, units: PersonUnits, rules: PersonRules) -> dict[CellKey, Cell]:
    """The owner consents to be told of alone: no number of organizations is asked, persons are counted as always."""
    alone = replace(rules, min_orgs=0, max_org_share=1.0)
    return dict(zip(table.cells, protect_persons(table, units, alone).cells, strict=True))


def _share(part: Cell, whole: Cell) -> Cell:
    match part, whole:
        case Shown(), Shown():
            return Shown(share_in_steps(int(part.value), int(whole.value)))
        case _:
            return HELD


def _since(months: int, cell: Cell) -> Cell:
    """Nobody is new where history is short: provisional under three years, not said under one."""
    if months < SHORT_HISTORY_MONTHS:
        return _NO_BASE
    if isinstance(cell, Shown) and months < WHOLE_HISTORY_MONTHS:
        return replace(cell, provisional=True)
    return cell


def _history_months(connection: duckdb.DuckDBPyConnection, run: Run, as_of: date) -> int:
    """Whole months between the owner's first paid ticket and the first night of the run."""
    told = {"as_of": as_of, "owner": run.owner, "performances": list(run.performances)}
    found = connection.execute(
        f"""SELECT date_diff('month', min(starts_on), min(starts_on) FILTER (
            WHERE list_contains($performances, performance_id))) FROM ({_BOUGHT}) WHERE organization = $owner""",
        told,
    ).fetchone()
    return int(found[0]) if found and found[0] is not None else 0


def _year_passed(connection: duckdb.DuckDBPyConnection, run: Run, as_of: date) -> bool:
    found = connection.execute(
        """SELECT max(starts_on) FROM performances
        WHERE organization = $owner AND list_contains($performances, performance_id)""",
        {"owner": run.owner, "performances": list(run.performances)},
    ).fetchone()
    return bool(found and found[0] is not None and found[0] <= months_before(as_of, RETURN_MONTHS))


def _many_elsewhere(connection: duckdb.DuckDBPyConnection, rules: PersonRules) -> bool:
    """Whether enough organizations stand behind "known elsewhere", and none of them is nearly all of it."""
    rows = connection.execute(
        """SELECT count(*) AS n, (SELECT count(*) FROM came WHERE NOT earlier AND len(elsewhere) > 0) AS whole
        FROM (SELECT person, unnest(list_distinct(elsewhere)) AS slug FROM came WHERE NOT earlier) GROUP BY slug"""
    ).fetchall()
    return len(rows) >= LEAST_ELSEWHERE and all(n <= rules.max_org_share * whole for n, whole in rows)
