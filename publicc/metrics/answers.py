"""Ask a question, get an answer: one row a group, one cell a metric, and the stamp that says what was counted.

Atoms of all metrics are gathered by grain, so that a dozen figures cost one or two scans; then each formula makes
its cell.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from publicc.kernel.cells import Cell, Unknown, UnknownReason
from publicc.kernel.errors import BadUsage
from publicc.kernel.period import Period
from publicc.kernel.scope import Scope
from publicc.kernel.text import Text
from publicc.metrics.computing import Part, atoms_over, cell_of_nothing, cells_of, covered_by, named_by, parts_of
from publicc.metrics.counted import source_of
from publicc.metrics.definition import Atom, Grain, Key, Metric
from publicc.metrics.dimensions import Dimension, decoded, known_dimension, sort_key
from publicc.metrics.formulas import no_base, no_data
from publicc.metrics.gathering import Cut, Facts, Lot, facts_of, gather
from publicc.metrics.questions import Question, check_makes_sense
from publicc.metrics.registry import metric
from publicc.metrics.sets import BUYER
from publicc.metrics.source import Readable, Source


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its dimension values as codes, and one cell a metric."""

    dims: dict[str, str]
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What makes a number traceable."""

    metrics: tuple[tuple[str, int], ...]
    """Metric id and version."""
    period: Period
    as_of: date
    scope: Scope
    snapshot: str
    coverage: dict[str, Cell]
    """`postal`, `capacity`, `buyer`, `price`: share of the rows that carry what figures stand on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows in the order of their dimensions, and the stamp. `by` holds the axes of the metrics too."""

    by: tuple[str, ...]
    rows: tuple[Row, ...]
    stamp: Stamp

    def cell(self, metric_id: str, **dims: str) -> Cell:
        """The cell of one group; a group that no row fed has no base."""
        for row in self.rows:
            if row.dims == dims:
                return row.cells[metric_id]
        return no_base()


COVERAGE = {
    "postal": "postal_coverage",
    "capacity": "capacity_coverage",
    "buyer": "buyer_coverage",
    "price": "price_coverage",
}


def answer(readable: Readable, question: Question, scope: Scope) -> Answer:
    """The figures asked for, from a connection to facts, or a `Source` of it that serves many questions.

    Raises BadUsage when a metric, a dimension or a pair of them means nothing.
    """
    plan = _planned(source_of(readable), question, scope)
    facts, gathered = plan.facts, gather(plan.facts, plan.lots())
    coverage = {name: cells_of(facts, metric(COVERAGE[name]), own, gathered)[()] for name, own in plan.covers.items()}
    cells = {one.id: cells_of(facts, one, plan.parts[one.id], gathered) for one in plan.asked}
    _fill(facts, plan.by, plan.asked, cells)
    if plan.named and BUYER.missing(atoms_over(plan.named, gathered)):
        _say_no_buyer(cells, plan.asked)
    stamp = Stamp(
        tuple((one.id, one.version) for one in plan.asked), facts.period, facts.as_of, scope, facts.snapshot, coverage
    )
    return Answer(plan.by, _rows(plan.by, plan.asked, cells), stamp)


def look_ahead(source: Source, questions: Iterable[Question], scope: Scope) -> None:
    """Gather at once what several questions will need, so that those that read the same rows read them together."""
    wanted: dict[date, tuple[Facts, defaultdict[Lot, list[Atom]]]] = {}
    for question in questions:
        plan = _planned(source, question, scope)
        _, lots = wanted.setdefault(plan.facts.as_of, (plan.facts, defaultdict(list)))
        for lot, atoms in plan.lots().items():
            lots[lot] += atoms
    for facts, lots in wanted.values():
        gather(facts, lots)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a question comes down to."""

    facts: Facts
    by: tuple[str, ...]
    asked: list[Metric]
    parts: dict[str, list[Part]]
    covers: dict[str, list[Part]]
    named: Part | None
    """Whether tickets have buyers at all, when figures of buyers are asked."""

    def lots(self) -> defaultdict[Lot, list[Atom]]:
        """The atoms to gather, by the rows that they are computed on."""
        lots: defaultdict[Lot, list[Atom]] = defaultdict(list)
        every = (*self.parts.values(), *self.covers.values(), [self.named] if self.named else [])
        for part in chain.from_iterable(every):
            for atom in part.atoms:
                lots[Lot(atom.grain, part.cut)].append(atom)
        return lots


def _planned(source: Source, question: Question, scope: Scope) -> _Plan:
    check_makes_sense(question)
    asked = [metric(one) for one in question.metrics]
    by = _full_cut(question, asked)
    facts = facts_of(source, scope, period=question.period, as_of=question.as_of, reference=question.reference)
    parts = {one.id: parts_of(facts, one, Cut(by, dict(question.where), facts.period)) for one in asked}
    covers = {
        name: covered_by(facts, metric(of), question.where) for name, of in COVERAGE.items() if question.with_coverage
    }
    named = named_by(facts, question.where) if any(one.grain is Grain.BUYER for one in asked) else None
    return _Plan(facts, by, asked, parts, covers, named)


def _full_cut(question: Question, asked: Sequence[Metric]) -> tuple[str, ...]:
    """The dimensions asked for, then the axes that the metrics always have."""
    axes = {one.axis_in(question.by) for one in asked}
    wanted = next(iter(axes)) if len(axes) == 1 else ()
    by = (*question.by, *(one for one in wanted if one not in question.by))
    for one in asked:
        if not set(one.axis_in(by)) <= set(by):
            axis = ", ".join(one.axis)
            raise BadUsage(
                Text(f"{one.id} se lit par {axis}.", f"{one.id} is read by {axis}."),
                do=Text(f"Ajouter --by {axis}, ou la demander seule.", f"Add --by {axis}, or ask it alone."),
            )
    return by


def _fill(facts: Facts, by: Key, asked: Sequence[Metric], cells: Mapping[str, dict[Key, Cell]]) -> None:
    """A group that another metric has and this one no row for: a month without a ticket has 0 admissions."""
    keys = dict.fromkeys(chain.from_iterable(cells.values()))
    for one in asked:
        found = cells[one.id]
        found.update({key: cell_of_nothing(facts, one, by, key) for key in keys if key not in found})


def _say_no_buyer(cells: Mapping[str, dict[Key, Cell]], asked: Sequence[Metric]) -> None:
    """Where no ticket at all has a buyer, figures of buyers were never supplied: `NO_DATA`, not an empty base."""
    for one in asked:
        if one.grain is Grain.BUYER:
            for key, cell in cells[one.id].items():
                if isinstance(cell, Unknown) and cell.reason is UnknownReason.NO_BASE:
                    cells[one.id][key] = no_data("buyer")


def _rows(by: tuple[str, ...], asked: Sequence[Metric], cells: Mapping[str, Mapping[Key, Cell]]) -> tuple[Row, ...]:
    """Every group that some metric has, in the order of its dimensions."""
    keys = dict.fromkeys(chain.from_iterable(cells.values()))
    known = [_values(known_dimension(name), {key[at] for key in keys}) for at, name in enumerate(by)]
    ordered = sorted(keys, key=lambda key: [told[value][0] for told, value in zip(known, key, strict=True)])
    figures = [(one.id, cells[one.id]) for one in asked]
    return tuple(
        Row(
            {name: told[value][1] for name, told, value in zip(by, known, key, strict=True)},
            {name: found[key] for name, found in figures},
        )
        for key in ordered
    )


def _values(one: Dimension, stored: Iterable[str]) -> dict[str, tuple[tuple[int, int, str], str]]:
    """Where each stored value of a dimension goes, and the code that people see for it."""
    return {value: (sort_key(one, value), decoded(one, value)) for value in stored}
