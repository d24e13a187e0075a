"""Two box offices of one kind inside one deposit: the same codes for other things are two sources, never one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, takewhile
from typing import Final

import duckdb

from publicc.intake.canonical.bench import ReadTable
from publicc.intake.canonical.cells import cell
from publicc.intake.canonical.keys import folded_sql
from publicc.intake.canonical.moments import moment
from publicc.intake.grain import SALES_GRAINS, Grain
from publicc.intake.mapping.model import Choice, Question, QuestionKind
from publicc.intake.mapping.targets import Target
from publicc.intake.reading import Form
from publicc.kernel.text import Text

_COMPARED: Final = 50_000
"""Rows of a table that are looked at: those of the same share of the codes on both sides."""

_SOLD: Final = (Grain.ORDER, *SALES_GRAINS)
_ROLES: Final[Mapping[Target, tuple[tuple[Grain, ...], int]]] = {
    Target.CUSTOMER_KEY: ((Grain.CUSTOMER, *_SOLD), 3),
    Target.ORDER_KEY: (_SOLD, 3),
    Target.SHOW_KEY: ((Grain.PERFORMANCE, Grain.EVENT), 1),
    Target.PERFORMANCE_KEY: ((Grain.PERFORMANCE,), 1),
}
"""Code → the grains that say what it names, and how many codes must be in both before anything is concluded.

A person may change name and contact; a show does not change its title and its day at once.
"""


def separate_systems(
    db: duckdb.DuckDBPyConnection, tables: Sequence[ReadTable], answers: Mapping[str, str]
) -> tuple[list[ReadTable], list[Question]]:
    """The tables, each with the source it belongs to, and a question for each kind of which there are two systems.

    What came together (a folder, an archive's folder, else a file) is of one system. Two contradict each other when
    codes in both name other things, and none of their codes agrees. Answered `same`, they are one source.
    """
    result, asked = list(tables), []
    for kind in sorted({table.source for table in tables}):
        own = [table for table in tables if table.source == kind]
        id_ = f"two_systems:{kind}"
        if len(own) < 2 or answers.get(id_) == "same":
            continue
        named = {
            file_no: f"{kind}-{number}"
            for number, files in enumerate(_systems(_compared(db, own)), start=1)
            for file_no in files
            if number > 1
        }
        if named:
            result = [replace(table, source=named.get(table.file_no, table.source)) for table in result]
            asked.append(_question(id_, sorted({t.table.place for t in own if t.file_no in named})))
    return result, asked


@dataclass(slots=True)
class _Units:
    """What came together, and which of them contradict or confirm each other."""

    tables: dict[str, list[ReadTable]] = field(default_factory=dict)
    apart: set[frozenset[str]] = field(default_factory=set)
    together: dict[frozenset[str], int] = field(default_factory=dict)
    """Pair of units → codes that name the same thing in both."""

    def rows(self, names: Sequence[str]) -> int:
        """Rows of these units."""
        return sum(table.table.row_count for name in names for table in self.tables[name])

    def nearness(self, unit: str, system: Sequence[str]) -> tuple[int, int]:
        """How much speaks for a unit being of a system: codes in common, then the beginnings of their names."""
        shared = sum(self.together.get(frozenset((unit, other)), 0) for other in system)
        return shared, max(_alike(unit, other) for other in system)


def _alike(one: str, other: str) -> int:
    """Number of letters with which both names begin."""
    return sum(1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(one, other, strict=False)))


def _compared(db: duckdb.DuckDBPyConnection, tables: Sequence[ReadTable]) -> _Units:
    units = _Units()
    folders = {table.folder for table in tables}
    for table in tables:
        units.tables.setdefault(table.folder if len(folders) > 1 else _file_of(table), []).append(table)
    for one, other in combinations(sorted(units.tables), 2):
        pair = frozenset((one, other))
        for code, (grains, enough) in _ROLES.items():
            said = [[t for t in units.tables[name] if t.has(code) and t.grain in grains] for name in (one, other)]
            if all(said):
                same, others = _agreement(db, said[0], said[1], code)
                units.together[pair] = units.together.get(pair, 0) + same
                if same + others >= enough and others >= same:
                    units.apart.add(pair)
    units.apart = {pair for pair in units.apart if units.together[pair] < _ROLES[Target.CUSTOMER_KEY][1]}
    return units


def _file_of(table: ReadTable) -> str:
    """The file, or the member of an archive, that a table is or is a part of."""
    head, inner, _ = table.table.part.partition(" › ")
    own = table.table.evidence.form in (Form.SHEET, Form.JSON)
    return table.table.file_name if own and not inner else f"{table.table.file_name}/{head}"


def _agreement(
    db: duckdb.DuckDBPyConnection, one: Sequence[ReadTable], other: Sequence[ReadTable], code: Target
) -> tuple[int, int]:
    """Of the codes in both, how many name the same thing, and how many another."""
    share = max(1, max(table.table.row_count for table in (*one, *other)) // _COMPARED)
    a, b = (" UNION ALL ".join(_said(table, code, share) for table in tables) for tables in (one, other))
    once = "SELECT code, arg_min(what, n) AS what, arg_min(when_, n) AS when_ FROM ({}) WHERE what <> '' GROUP BY code"
    same, others = db.execute(
        "SELECT count(*) FILTER (a.what = b.what), "
        "count(*) FILTER (a.what <> b.what AND a.when_ IS DISTINCT FROM b.when_) "
        f"FROM ({once.format(a)}) AS a JOIN ({once.format(b)}) AS b USING (code)"
    ).fetchone() or (0, 0)
    return int(same), int(others)


def _said(table: ReadTable, code: Target, share: int) -> str:
    """SQL of `code, what, when_, n`: two things that a table says of its codes, in the order of its rows."""
    match code:
        case Target.CUSTOMER_KEY:
            name = f"coalesce({cell(table, Target.LAST_NAME)}, {cell(table, Target.FULL_NAME)})"
            what = folded_sql(name)
            when = f"coalesce(lower({cell(table, Target.EMAIL)}), {cell(table, Target.POSTAL_CODE)})"
        case Target.ORDER_KEY:
            what = f"coalesce(CAST(CAST({moment(table, Target.ORDERED_AT)} AS DATE) AS VARCHAR), '')"
            when = f"coalesce({cell(table, Target.CUSTOMER_KEY)}, lower({cell(table, Target.EMAIL)}))"
        case _:
            what = folded_sql(cell(table, Target.SHOW_TITLE))
            when = f"CAST(CAST({moment(table, Target.STARTS_AT)} AS DATE) AS VARCHAR)"
    key = cell(table, code)
    if code is Target.PERFORMANCE_KEY and table.option("performance_key") == "show_code":
        key = f"{cell(table, Target.SHOW_KEY)} || '/' || {key}"
    kept = f" AND hash({key}) % {share} = 0" if share > 1 else ""
    return (
        f"SELECT {key} AS code, {what} AS what, {when} AS when_, row_number AS n FROM {table.relation} "
        f"WHERE {key} IS NOT NULL{kept}"
    )


def _systems(units: _Units) -> list[list[int]]:
    """Numbers of the tables of each system, the one with most rows first."""
    if not units.apart:
        return []
    doubtful = {name for pair in units.apart for name in pair}
    systems: list[list[str]] = []
    for unit in sorted(units.tables, key=lambda name: (name not in doubtful, -units.rows([name]), name)):
        fitting = [one for one in systems if not any(frozenset((unit, other)) in units.apart for other in one)]
        if fitting:
            max(fitting, key=lambda one: units.nearness(unit, one)).append(unit)
        else:
            systems.append([unit])
    systems.sort(key=lambda one: (-units.rows(one), one))
    return [[table.file_no for name in one for table in units.tables[name]] for one in systems]


def _question(id_: str, places: Sequence[str]) -> Question:
    return Question(
        id=id_,
        kind=QuestionKind.SAME_SOURCE,
        text=Text(
            fr="Des fichiers emploient les mêmes codes pour d'autres choses. Viennent-ils de deux billetteries ?",
            en="Some files use the same codes for other things. Do they come from two ticketing systems?",
        ),
        file_name=", ".join(places),
        choices=(
            Choice("apart", Text("Oui : les garder à part", "Yes: keep them apart")),
            Choice("same", Text("Non : une seule billetterie", "No: one ticketing system")),
        ),
        default="apart",
    )
