"""Scoring at home: every buyer of one organization, from its own rows alone, kept beside its rollup."""

from datetime import date
from typing import Final

import duckdb
import pyarrow as pa

from publicc.kernel.period import months_before, season_period, season_year
from publicc.kernel.scope import OwnRows
from publicc.metrics.traits import WINDOW_MONTHS, traits_of_buyers
from publicc.segments.model import SegmentModel
from publicc.segments.sql import scoring
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.store.profiles import CATALOGUE, profiles_file, write_profiles
from publicc.store.snapshots import current_or_refuse

SEASONS: Final = 10
"""How many seasons, the current one included, buyers are told the profile of."""

_SCHEMA: Final = pa.schema([
    ("season", pa.int16()), ("buyer", pa.int32()), ("buyer_id", pa.string()), ("profile", pa.string()),
    ("certainty", pa.float64()),
])  # fmt: skip
_TRAITS: Final = f"""SELECT {{'season': CAST($season AS SMALLINT), 'id': buyer}} AS buyer, * EXCLUDE (buyer)
FROM ({traits_of_buyers(own=True)})"""
_TOLD: Final = """WITH scored AS ({statement})
SELECT s.buyer.season AS season, c.buyer, c.buyer_id, s.profile, round(s.certainty, 2) AS certainty
FROM scored AS s JOIN counted_buyers AS c ON c.buyer_id = s.buyer.id ORDER BY season, c.buyer"""


def score_organization(home: Home, scope: OwnRows, model: SegmentModel) -> int:
    """Write the profiles of an organization's buyers in the current snapshot; gives how many were looked at.

    Run again, it writes the same. Raises NoSnapshot before its first harmonisation.
    """
    manifest = current_or_refuse(home)
    with own_facts(home, scope, snapshot_id=manifest.id) as facts:
        told = profiles_of(facts, model, manifest.as_of)
    current = season_year(manifest.as_of)

    def write(connection: duckdb.DuckDBPyConnection) -> None:
        connection.register("told", told)
        connection.execute(f"INSERT INTO {CATALOGUE}.profiles_by_season SELECT * FROM told ORDER BY season, buyer")
        connection.execute(
            f"INSERT INTO {CATALOGUE}.profiles SELECT buyer, buyer_id, profile, certainty FROM told"
            " WHERE season = $now ORDER BY buyer",
            {"now": current},
        )
        for at, one in enumerate(model.classes):
            connection.execute(
                f"INSERT INTO {CATALOGUE}.profile_classes VALUES (?, ?, ?, ?, ?, ?, ?)",
                [at, one.code, one.name.fr, one.name.en, one.card.fr, one.card.en, one.colour],
            )
        connection.execute(
            f"INSERT INTO {CATALOGUE}.profile_model VALUES (?, ?, ?, ?)",
            [model.id, model.version, model.sha256, manifest.as_of],
        )

    write_profiles(profiles_file(home, manifest.id, scope.organization), write)
    return sum(1 for season in told.column("season").to_pylist() if season == current)


def profiles_of(facts: duckdb.DuckDBPyConnection, model: SegmentModel, as_of: date) -> pa.Table:
    """`season, buyer, buyer_id, profile, certainty` of every buyer with a visit in the 36 months before, by season.

    The current season is told as of `as_of`, the others as of their last day.
    """
    first = facts.execute("SELECT min(starts_on) FROM purchases WHERE is_paid AND starts_on <= $on", {"on": as_of})
    oldest = (first.fetchone() or (None,))[0] or as_of
    last = season_year(as_of)
    found = []
    for season in range(max(season_year(oldest), last - SEASONS + 1), last + 1):
        on = min(season_period(season).last_on, as_of)
        days = {"on": on, "first_on": months_before(on, WINDOW_MONTHS), "season": season}
        found.append(facts.execute(_TRAITS, days).to_arrow_table())
    # The formula is planned once for all seasons: planning it takes longer than computing it.
    facts.register("traits_by_season", pa.concat_tables(found))
    statement, values = scoring(model, "traits_by_season")
    told: pa.Table = facts.execute(_TOLD.format(statement=statement), values).to_arrow_table()
    facts.unregister("traits_by_season")
    return told.cast(_SCHEMA)
