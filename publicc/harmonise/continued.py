"""Linking where the last harmonisation left off: what came, changed or went since is compared, the rest is not.

A linkage kept aside (`linkage.kept`) is continued when it was made of the same organizations under the same rules, and
when the answers that teach the model are the same or too few to teach. It is made whole again once a tenth of its rows
have moved: the odds and the rarities are then learned anew.
"""

import hashlib
import importlib.resources
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources.abc import Traversable
from typing import Final

import duckdb

from publicc import __version__
from publicc.harmonise.linkage import LinkResult, LinkScope, LinkSettings, link
from publicc.harmonise.linkage.again import link_again
from publicc.harmonise.linkage.block import Capped
from publicc.harmonise.linkage.changes import Changes, compare_rows
from publicc.harmonise.linkage.engine import forget_left
from publicc.harmonise.linkage.kept import MOST, Kept, keep, kept_in
from publicc.harmonise.review.learning import Card, Correction, Teacher
from publicc.kernel.progress import Progress
from publicc.kernel.text import Text

MOVED: Final = 0.1
"""Share of the rows that taught the model which may come, change or go before it is taught again."""
FEWEST: Final = 400
"""Rows of a table that is worth keeping aside: a smaller one is linked whole in the time of opening another file."""


def link_or_continue(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    *,
    scope: LinkScope,
    settings: LinkSettings,
    teacher: Teacher,
    aside: str | None,
    into: str,
    progress: Progress,
) -> LinkResult:
    """As `link` with `teacher` for its scorer; what the database `aside` keeps is continued where it can be.

    `relation` has the columns of `kept.marks_sql`, by which a record is known from one time to the next. Without
    `aside` nothing was kept and nothing will be.
    """
    kept = kept_in(connection, aside, settings.model) if aside else None
    if kept and kept.notes["lessons"] == teacher.mark:
        changes = compare_rows(connection, relation, kept)
        if kept.changed + changes.rows <= MOVED * kept.rows:
            said = Text("Comparaison de {n} fiches nouvelles ou changées", "Comparing {n} new or changed records")
            progress.step(Text(*(one.format(n=changes.new + changes.changed) for one in (said.fr, said.en))))
            return _continue(connection, relation, kept, settings, teacher, changes, into)
    taught = replace(settings, scorer=teacher, to_keep=aside is not None)
    result = link(connection, relation, scope=scope, settings=taught, into=into, progress=progress)
    if aside and not FEWEST <= result.rows < MOST:
        forget_left(connection)
    elif aside:
        weights = teacher.correction.weights if teacher.correction else None
        capped = [[one.label.fr, one.label.en, one.values, one.largest] for one in result.capped]
        notes = {"lessons": teacher.mark, "card": teacher.card.as_json(), "weights": weights, "capped": capped}
        keep(connection, relation, result, settings, across=scope is LinkScope.POOL, where=aside, notes=notes)
    return result


def _continue(  # noqa: PLR0917 - the parts of one linkage
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    kept: Kept,
    settings: LinkSettings,
    teacher: Teacher,
    changes: Changes,
    into: str,
) -> LinkResult:
    weights = kept.notes["weights"]
    taught = replace(settings, scorer=Correction(tuple(weights)) if weights else None)
    result = link_again(connection, relation, kept, changes, taught, into=f"_{into}_kept")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS FROM {result.relation}")  # many look through it
    teacher.card = replace(Card.of_json(kept.notes["card"]), answers=len(teacher.lessons))
    capped = (Capped(Text(fr, en), values, largest, "") for fr, en, values, largest in kept.notes["capped"])
    return replace(result, relation=into, capped=tuple(capped))


def depends_on(slugs: Iterable[str], settings: LinkSettings) -> str:
    """A digest of all that a linkage depends on but its rows: who is in it, the model, the code, the engine."""
    told = [__version__, duckdb.__version__, _rules(), repr(settings.model), repr(settings.threshold)]
    told += [repr(settings.largest), *sorted(slugs)]
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in told).encode()).hexdigest()[:16]


@cache
def _rules() -> str:
    """A digest of the code and the word lists of cleaning and linking."""
    digest = hashlib.sha256()
    for package in ("publicc.harmonise.clean", "publicc.harmonise.linkage"):
        for file in sorted(_files(importlib.resources.files(package)), key=lambda one: one.name):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterable[Traversable]:
    for one in folder.iterdir():
        if one.is_dir() and one.name != "__pycache__":
            yield from _files(one)
        elif one.is_file():
            yield one
