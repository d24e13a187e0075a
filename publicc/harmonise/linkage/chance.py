"""How often two records taken at random agree: measured on the table itself, the same for any order of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from publicc.harmonise.linkage.compare import Step, compare_pairs, decoded, steps_of
from publicc.harmonise.linkage.model import RARITY_STEPS, Comparison, Model

RANDOM_PAIRS: Final = 150_000
GUESSED_PAIRS: Final = 20_000
"""Weight of the first guess, in pairs."""
GUESSED_MEETINGS: Final = 1_000
"""Weight of the first guess of how often strangers bear one value: what a table of ten goes by, one of hundreds not."""
_NONE: Final = 1e-300

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chance:
    """Of one comparison, among random pairs."""

    present: float
    """Share of pairs in which both sides say something."""
    levels: Floats
    """Of those, share at each level."""
    within_kin: Floats
    """Of agreeing pairs of kin, share at each step of rarity: as the values are spread among holders."""
    within_strangers: Floats
    """The same for strangers, who meet on common values only: as the squares of those shares."""


def measure_chances(connection: duckdb.DuckDBPyConnection, records: str, model: Model) -> tuple[Chance, ...]:
    """Measure every comparison of `model` on random pairs of the records with their rarities."""
    patterns, counts = _random_patterns(connection, records, model)
    return tuple(
        _chance_of(connection, comparison, steps_of(comparison), at, counts)
        for comparison, at in zip(model.comparisons, decoded(patterns, model), strict=True)
    )


def _random_patterns(
    connection: duckdb.DuckDBPyConnection, records: str, model: Model
) -> tuple[NDArray[np.int64], Floats]:
    """Patterns of records that stand a fixed number of places apart in an order that means nothing."""
    n = connection.execute(f"SELECT count(*) FROM {records}").fetchall()[0][0]
    shifts = min(max(n - 1, 0), max(1, RANDOM_PAIRS // max(n, 1)))
    stride = max(1, n // (shifts + 1))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _chance_order AS
        SELECT row_number() OVER (ORDER BY hash(record_no), record_no) - 1 AS rank, record_no FROM {records}"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _chance_places AS
        SELECT rank, (rank + shift * {stride}) % {max(n, 1)} AS other
        FROM range({min(n, RANDOM_PAIRS)}) ranks(rank), range(1, {shifts + 1}) shifts(shift)"""
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE _chance_pairs AS
        SELECT a.record_no AS l, b.record_no AS r FROM _chance_places p
        JOIN _chance_order a ON a.rank = p.rank JOIN _chance_order b ON b.rank = p.other WHERE p.rank <> p.other"""
    )
    compare_pairs(connection, "_chance_pairs", records, model, into="_chance_compared")
    found = connection.execute("SELECT pattern, count(*) AS n FROM _chance_compared GROUP BY 1 ORDER BY 1").fetchnumpy()
    for scrap in ("order", "places", "pairs", "compared"):
        connection.execute(f"DROP TABLE _chance_{scrap}")
    return found["pattern"].astype(np.int64), found["n"].astype(np.float64)


def _chance_of(  # noqa: PLR0917 - one comparison and what was counted of it
    connection: duckdb.DuckDBPyConnection,
    comparison: Comparison,
    steps: Sequence[Step],
    at: NDArray[np.int64],
    counts: Floats,
) -> Chance:
    seen = np.bincount(at, weights=counts, minlength=len(steps))
    pairs, present = float(seen.sum()), float(seen[1:].sum())
    level_of = [comparison.levels.index(s.level) for s in steps[1:] if s.level]
    guess = GUESSED_PAIRS * np.array([level.chance for level in comparison.levels])
    levels = (np.bincount(level_of, weights=seen[1:], minlength=len(guess)) + guess) / (present + guess.sum())
    kin, strangers = np.ones(len(steps)), np.ones(len(steps))
    for number, level in enumerate(comparison.levels):
        if level.rarity:
            first = next(i for i, s in enumerate(steps) if s.level is level)
            spread, squares, meeting, holders = _spread(connection, level.rarity)
            kin[first : first + RARITY_STEPS], strangers[first : first + RARITY_STEPS] = spread, squares
            met = holders * (holders - 1) / 2
            levels[number] = (meeting * met + level.chance * GUESSED_MEETINGS) / (met + GUESSED_MEETINGS)
    return Chance(present / max(pairs, 1.0), levels, kin, strangers)


def _spread(connection: duckdb.DuckDBPyConnection, rarity: str) -> tuple[Floats, Floats, float, float]:
    """Shares of holders by bits, of meetings of strangers by bits, the chance that two strangers meet, the holders.

    Ten holders say next to nothing of how often strangers bear one name: see `GUESSED_MEETINGS`.
    """
    found = connection.execute(
        f"""SELECT bits::INTEGER AS bits, sum(share) AS kin, sum(share * share) AS strangers,
            sum(holders) AS holders FROM _rarity_{rarity} GROUP BY 1"""
    ).fetchnumpy()
    kin, strangers = np.zeros(RARITY_STEPS), np.zeros(RARITY_STEPS)
    kin[found["bits"]], strangers[found["bits"]] = found["kin"], found["strangers"]
    meeting = float(strangers.sum())
    holders = float(np.sum(found["holders"]))
    return kin / max(float(kin.sum()), _NONE), strangers / max(meeting, _NONE), meeting, holders
