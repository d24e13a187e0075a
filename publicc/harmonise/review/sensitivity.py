"""How the headline figures move with the threshold: the same scored pairs, grouped again at others.

Buyers are groups with a valid ticket; loyal buyers have one in two seasons at least; persons who cross have one at two
organizations at least. An organization is told its own counts; of the circle, only shares of change are told.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import duckdb
import numpy as np
import pyarrow as pa

from publicc.harmonise.linkage.constraints import read_constraints
from publicc.harmonise.linkage.engine import LinkResult, LinkSettings
from publicc.harmonise.linkage.group import Links, group_rows
from publicc.harmonise.people import CIRCLE, Member
from publicc.store.durable import write_atomically
from publicc.store.home import Home, private_folder

STEPS: Final = (-0.2, -0.05, 0.05, 0.2)
"""How far the threshold is moved. `threshold_sensitivity` of the metrics is the largest change at 0.05."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The figures at one threshold."""

    threshold: float
    buyers: int
    loyal: int
    crossing: int | None = None
    """Known of the circle only."""

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        told = {"threshold": self.threshold, "buyers": self.buyers, "loyal_buyers": self.loyal}
        return told if self.crossing is None else {**told, "crossing": self.crossing}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Self:
        """From what `as_json` gave."""
        return cls(told["threshold"], told["buyers"], told["loyal_buyers"], told.get("crossing"))


def gather_visits(connection: duckdb.DuckDBPyConnection, members: Sequence[Member]) -> None:
    """Make `visits(organization, customer_number, season)`: each record's seasons with a valid ticket."""
    rows = " UNION ALL ".join(
        f"""SELECT DISTINCT '{one.slug}' AS organization, t.record_no::VARCHAR AS customer_number,
            year(p.starts_on - INTERVAL 8 MONTH)::INTEGER AS season
        FROM {one.schema}.tickets t LEFT JOIN {one.schema}.performances p USING (perf_no)
        WHERE t.ticket_status = 'VALID' AND t.record_no IS NOT NULL"""
        for one in members
    )
    connection.execute(f"CREATE OR REPLACE TABLE visits AS {rows}")


def trials_inside(
    connection: duckdb.DuckDBPyConnection, result: LinkResult, settings: LinkSettings
) -> dict[str, tuple[Trial, ...]]:
    """Each organization's figures at each threshold, in the order of thresholds."""
    found: dict[str, list[Trial]] = {}
    for threshold in _thresholds(settings):
        _regroup(connection, result, settings, threshold)
        rows = connection.execute(
            """SELECT organization, count(*), count(*) FILTER (WHERE seasons >= 2)
            FROM (SELECT organization, person, count(DISTINCT season) AS seasons
                FROM visits JOIN _regrouped USING (organization, customer_number) GROUP BY ALL)
            GROUP BY 1 ORDER BY 1"""
        ).fetchall()
        for organization, buyers, loyal in rows:
            found.setdefault(organization, []).append(Trial(threshold, buyers, loyal))
    return {organization: tuple(trials) for organization, trials in found.items()}


def trials_across(
    connection: duckdb.DuckDBPyConnection, result: LinkResult, settings: LinkSettings
) -> tuple[Trial, ...]:
    """The circle's figures at each threshold."""
    trials = []
    for threshold in _thresholds(settings):
        _regroup(connection, result, settings, threshold)
        buyers, loyal, crossing = connection.execute(
            """SELECT count(*), count(*) FILTER (WHERE seasons >= 2), count(*) FILTER (WHERE organizations >= 2)
            FROM (SELECT person, count(DISTINCT season) AS seasons, count(DISTINCT organization) AS organizations
                FROM visits JOIN _regrouped USING (organization, customer_number) GROUP BY ALL)"""
        ).fetchall()[0]
        trials.append(Trial(threshold, buyers, loyal, crossing))
    return tuple(trials)


def _thresholds(settings: LinkSettings) -> list[float]:
    return sorted(round(settings.threshold + step, 3) for step in (*STEPS, 0.0))


def _regroup(
    connection: duckdb.DuckDBPyConnection, result: LinkResult, settings: LinkSettings, threshold: float
) -> None:
    """Make `_regrouped(organization, customer_number, person)`: the linkage's rows under another threshold."""
    pairs = connection.execute(f"SELECT l - 1 AS l, r - 1 AS r, same FROM {result.pairs} ORDER BY l, r").fetchnumpy()
    links = Links.undecided(pairs["l"].astype(np.int64), pairs["r"].astype(np.int64), pairs["same"])
    if settings.constraints:
        links, _ = read_constraints(connection, settings.constraints, records=result.relation).applied_to(
            links, pairs["same"]
        )
    places = int(connection.execute(f"SELECT coalesce(max(record_no), 0) FROM {result.relation}").fetchall()[0][0])
    groups = group_rows(places, links, threshold=threshold).group  # rows that went leave places that are no record's
    table = pa.table({"record_no": pa.array(np.arange(1, places + 1), pa.int32()), "person": pa.array(groups)})
    connection.register("_regrouped_rows", table)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _regrouped AS
        SELECT organization, customer_number, person FROM {result.relation} JOIN _regrouped_rows USING (record_no)"""
    )
    connection.unregister("_regrouped_rows")


def keep_trials(home: Home, trials: Mapping[str, Sequence[Trial]]) -> None:
    """Write each organization's figures, and the circle's changes, beside the reports."""
    folder = private_folder(private_folder(home.reports) / "sensitivity")
    for left in folder.glob("*.json"):
        left.unlink()
    for holder, given in trials.items():
        told = changes_json(given) if holder == CIRCLE else {"trials": [one.as_json() for one in given]}
        write_atomically(folder / f"{holder}.json", json.dumps(told, indent=1).encode(), mode=0o600)


def changes_json(trials: Sequence[Trial]) -> dict[str, Any]:
    """Shares of change against the middle threshold: of a circle of two, a count would tell each about the other."""
    now = trials[len(trials) // 2].as_json()
    return {
        "changes": [
            {
                name: value if name == "threshold" else round(value / now[name] - 1, 4) if now[name] else None
                for name, value in one.as_json().items()
            }
            for one in trials
        ]
    }


def read_sensitivity(home: Home, holder: str) -> dict[str, Any] | None:
    """What the last harmonisation wrote for an organization, or for the circle; None when it wrote nothing."""
    file = home.reports / "sensitivity" / f"{holder}.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None
