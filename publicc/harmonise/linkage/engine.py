"""The linkage engine: `link` takes a customer table and gives each row its person and its household."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from publicc.harmonise.clean.records import clean_records
from publicc.harmonise.linkage.block import Capped, begin_keys
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.chance import measure_chances
from publicc.harmonise.linkage.constraints import Constraints, read_constraints
from publicc.harmonise.linkage.evidence import DOUBT, write_evidence
from publicc.harmonise.linkage.frequency import add_rarities, forget_counts, rarities_sql
from publicc.harmonise.linkage.group import LARGEST, Links, group_rows
from publicc.harmonise.linkage.homes import holds_homes
from publicc.harmonise.linkage.households import group_households
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.linkage.pairs import HERE, Pairs, Workers
from publicc.harmonise.linkage.train import Seen, Trained, train
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text

TRIANGLES: Final = 2
"""How many times the pairs that a third row suggests are looked for."""


LEFT: Final = ("linkage_compared_records", "linkage_keys", "linkage_rarities")
"""What a linkage that is to be kept leaves: what was compared of each record, its keys, how rare values are."""


class LinkScope(StrEnum):
    """Which rows may be one person."""

    ORGANIZATION = "organization"
    """Rows of the same organization only."""
    POOL = "pool"
    """Rows of any two organizations in the table: hand in only those that agreed to it."""


Scorer = Callable[[Trained, Model], NDArray[np.float64]]
"""From what was learned without labels to the chance, for each of its patterns, that a pair is one person."""


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How to link. The defaults are right for customer tables; nothing here needs tuning to a table's size."""

    model: Model = CANADA
    threshold: float = 0.5
    """Chance from which two groups of rows are one person: the odds are calibrated on the table itself."""
    largest: int = LARGEST
    """Rows of one group from which a join is held for a person to review."""
    constraints: str | None = None
    """Name of a table of decisions by people (see `constraints`)."""
    evidence: str | None = None
    """Name of a table to make of the pairs worth a person's look (see `evidence`)."""
    doubt: tuple[float, float] = DOUBT
    """Chances between which a pair is doubtful."""
    scorer: Scorer | None = None
    """What judges patterns after training: learned from reviewed pairs. None: the model's own word."""
    to_keep: bool = False
    """Whether `kept.keep` comes next: what it needs is left in the tables `LEFT`."""
    workers: Workers = HERE
    """Who does the heavy work: the same result from any of them."""


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What linking gave.

    `relation(record_no, organization, customer_number, input_row, person_no, household_no, confidence, buyer_kind)` has
    one row an input row; `pairs(l, r, pattern, same, home)` are the scored pairs, for review.
    """

    relation: str
    pairs: str
    rows: int
    persons: int
    households: int
    candidates: int
    held: int
    capped: tuple[Capped, ...]
    courtesies: int
    trained: Trained
    seconds: dict[str, float] = field(default_factory=dict)


def link(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    *,
    scope: LinkScope = LinkScope.ORGANIZATION,
    settings: LinkSettings | None = None,
    into: str = "linkage_result",
    progress: Progress = SILENT,
) -> LinkResult:
    """Link the rows of `relation`: columns of `clean.records.INPUT_COLUMNS`, of which `customer_number` at least.

    Makes the temporary table `into`, and others named `linkage_*`, in `connection`. The same rows give the same
    result in whatever order they stand.
    """
    settings = settings or LinkSettings()
    clock = _Clock(progress)
    with clock.stage("clean", Text("Nettoyage", "Cleaning")):
        clean_records(connection, relation, into="linkage_records", read_values=settings.workers.read_values)
    return link_records(connection, scope=scope, settings=settings, into=into, clock=clock)


def link_records(
    connection: duckdb.DuckDBPyConnection,
    *,
    scope: LinkScope,
    settings: LinkSettings,
    into: str = "linkage_result",
    clock: "_Clock | None" = None,
) -> LinkResult:
    """Link the table `linkage_records`, already cleaned: `record_no` from 1, `organization`, the model's columns."""
    clock, model = clock or _Clock(SILENT), settings.model
    within = "organization" if scope is LinkScope.ORGANIZATION else "''"
    pairs = settings.workers.pairs(connection, model, within=within)
    with clock.stage("block", Text("Recherche des paires", "Finding pairs")):
        if settings.to_keep:
            begin_keys(connection, "linkage_keys")
        capped = pairs.find(keys_into="linkage_keys" if settings.to_keep else None)
    with clock.stage("compare", Text("Comparaison", "Comparing")):
        add_rarities(connection, "linkage_records", model, into="linkage_compared_records")
        if settings.to_keep:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE linkage_rarities AS {rarities_sql(model)}")
        pairs.compare()
    with clock.stage("train", Text("Apprentissage", "Learning")):
        trained = _train(connection, pairs, model, within, settings.scorer)
        trained = _look_between(pairs, trained, settings.scorer)
        candidates = pairs.finish()
        if not settings.to_keep:
            forget_left(connection)
    with clock.stage("group", Text("Groupement", "Grouping")):
        held = _group(connection, settings, into)
    if settings.evidence:
        with clock.stage("evidence", Text("Paires à réviser", "Pairs to review")):
            write_evidence(
                connection,
                trained,
                model,
                result=into,
                doubt=settings.doubt,
                threshold=settings.threshold,
                into=settings.evidence,
            )
    return _result(connection, into, candidates, capped, held, trained, clock.seconds)


def forget_left(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop what a linkage left to be kept."""
    for table in LEFT:
        connection.execute(f"DROP TABLE IF EXISTS {table}")


class _Clock:
    """Tells each stage and remembers how long it took."""

    def __init__(self, progress: Progress) -> None:
        self.progress, self.seconds = progress, dict[str, float]()

    @contextmanager
    def stage(self, name: str, what: Text) -> Iterator[None]:
        self.progress.step(what)
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0] or 0)


def _train(  # noqa: PLR0917 - all that training goes by
    connection: duckdb.DuckDBPyConnection, pairs: Pairs, model: Model, within: str, scorer: Scorer | None
) -> Trained:
    """Learn, judge every pair, and learn again without homes when the table turns out to hold none."""
    chances = measure_chances(connection, "linkage_compared_records", model)
    forget_counts(connection, model)
    seen = _seen(connection, pairs, within)
    trained = train(seen, model, chances)
    pairs.score(trained)
    if model.households and not holds_homes(connection, records=seen.records):
        trained = train(seen, replace(model, households=False), chances)
        pairs.score(trained)
    if scorer:
        trained = trained.judged_again(scorer(trained, trained.model))
        pairs.score(trained)
    return trained


def _look_between(pairs: Pairs, trained: Trained, scorer: Scorer | None) -> Trained:
    """Compare what a third row suggests; what was learned, over the patterns that were met."""
    for _ in range(TRIANGLES):
        met = pairs.suggest()
        if met is None:
            break
        trained = trained.wider(met)
        if scorer:
            trained = trained.judged_again(scorer(trained, trained.model))
        pairs.score_suggested(trained)
    return trained


def _seen(connection: duckdb.DuckDBPyConnection, pairs: Pairs, within: str) -> Seen:
    found = pairs.counted()
    return Seen(
        patterns=found["pattern"].astype(np.int64),
        pairs=found["pairs"].astype(np.float64),
        joins=found["joins"].astype(np.float64),
        records=_one(connection, "SELECT count(*) FROM linkage_records"),
        possible_pairs=_one(
            connection,
            f"SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM linkage_records GROUP BY {within})",
        ),
    )


def _group(connection: duckdb.DuckDBPyConnection, settings: LinkSettings, into: str) -> int:
    rows = _one(connection, "SELECT count(*) FROM linkage_records")
    found = connection.sql("SELECT l - 1 AS l, r - 1 AS r, same, home FROM linkage_pairs ORDER BY l, r").fetchnumpy()
    links = Links.undecided(found["l"].astype(np.int64), found["r"].astype(np.int64), found["same"])
    decided = read_constraints(connection, settings.constraints) if settings.constraints else Constraints()
    links, at_home = decided.applied_to(links, found["same"] + found["home"])
    groups = group_rows(rows, links, threshold=settings.threshold, largest=settings.largest)
    households = group_households(groups.group, links, at_home)
    table = pa.table(
        {
            "record_no": pa.array(np.arange(1, rows + 1), pa.int32()),
            "person_no": pa.array(groups.group + 1, pa.int64()),
            "household_no": pa.array(households + 1, pa.int64()),
            "confidence": pa.array(groups.confidence, pa.float64()),
        }
    )
    connection.register("_groups", table)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT record_no, organization, customer_number, input_row, person_no, household_no,
            round(confidence, 6) AS confidence, buyer_kind
        FROM linkage_records JOIN _groups USING (record_no) ORDER BY record_no"""
    )
    connection.unregister("_groups")
    return groups.held


def _result(  # noqa: PLR0917 - the parts of one answer
    connection: duckdb.DuckDBPyConnection,
    into: str,
    candidates: int,
    capped: tuple[Capped, ...],
    held: int,
    trained: Trained,
    seconds: dict[str, float],
) -> LinkResult:
    return LinkResult(
        relation=into,
        pairs="linkage_pairs",
        rows=_one(connection, f"SELECT count(*) FROM {into}"),
        persons=_one(connection, f"SELECT count(DISTINCT person_no) FROM {into}"),
        households=_one(connection, f"SELECT count(DISTINCT household_no) FROM {into}"),
        candidates=candidates,
        held=held,
        capped=capped,
        courtesies=_one(connection, "SELECT count(*) FROM linkage_courtesies"),
        trained=trained,
        seconds={stage: round(s, 3) for stage, s in seconds.items()},
    )
