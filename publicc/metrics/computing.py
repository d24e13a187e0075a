"""From atoms to cells: what each kind of recipe needs, and how its formula is fed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.period import Period, months_before
from publicc.metrics.definition import Along, Atom, Atoms, Context, Folded, Indexed, Key, Metric, Scalar, Solved
from publicc.metrics.dimensions import DIMENSIONS, SPANS, can_cut, first_of_span
from publicc.metrics.formulas import no_base
from publicc.metrics.gathering import Cut, Facts, Lot
from publicc.metrics.registry import metric
from publicc.metrics.sets import BUYER

_TERRITORY: Final = "home_territory"


@dataclass(frozen=True, slots=True)
class Part:
    """Atoms of one metric over one cut."""

    cut: Cut
    atoms: tuple[Atom, ...]


def parts_of(facts: Facts, one: Metric, cut: Cut) -> list[Part]:
    """What a metric needs: its own cut; for an index the reference too."""
    if one.window_months is not None:
        last = min(cut.period.last_on, facts.as_of)
        cut = replace(cut, period=Period(months_before(last, one.window_months), last))
    match one.recipe:
        case Folded(axis=axis, atoms=atoms):
            return [Part(replace(cut, by=(*cut.by, *axis)), atoms)]
        case Indexed(atoms=atoms):
            past = Cut(
                tuple(name for name in cut.by if DIMENSIONS[name].span is None),
                {name: values for name, values in cut.where.items() if DIMENSIONS[name].span is None},
                facts.reference,
            )
            return [Part(cut, atoms), Part(past, atoms)]
        case _:
            return [Part(cut, one.recipe.atoms)]


def covered_by(facts: Facts, one: Metric, asked: Mapping[str, tuple[str, ...]]) -> list[Part]:
    """What a coverage ratio needs, over everything asked for that means something to it."""
    where = {name: values for name, values in asked.items() if can_cut(one, name)}
    return parts_of(facts, one, Cut((), where, facts.period))


def named_by(facts: Facts, asked: Mapping[str, tuple[str, ...]]) -> Part:
    """What tells whether any ticket says who bought it, over the same."""
    (covered,) = covered_by(facts, metric("buyer_coverage"), asked)
    return Part(covered.cut, BUYER.atoms)


Gathered: TypeAlias = Mapping[Lot, Mapping[Key, Atoms]]


def _merged(part: Part, gathered: Gathered) -> dict[Key, Atoms]:
    """The atoms of a part, those of several grains side by side; a part without dimensions always has its one group."""
    found: defaultdict[Key, list[Atoms]] = defaultdict(list)
    if not part.cut.by:
        found[()] = []
    for grain in dict.fromkeys(atom.grain for atom in part.atoms):
        for key, atoms in gathered[Lot(grain, part.cut)].items():
            found[key].append(atoms)
    return {key: Atoms.merged(several) for key, several in found.items()}


def atoms_over(part: Part, gathered: Gathered) -> Atoms:
    """The atoms of a part that has no dimension."""
    return _merged(part, gathered)[()]


def cell_of_nothing(facts: Facts, one: Metric, by: Key, key: Key) -> Cell:
    """The cell of a group that no row fed: a count is 0, what has no field has no data, the rest has no base."""
    context = _context(facts, one, by, key)
    match one.recipe:
        case Scalar(compute=compute) | Indexed(compute=compute):
            return compute(Atoms(), context)
        case Folded(fold=fold):
            return fold({}, context)
        case Along(spread=spread):
            place = dict(zip(by, key, strict=True))
            context = replace(context, axis=one.axis_in(by))
            return spread({}, context).get(tuple(place[name] for name in one.axis_in(by)), no_base())
        case Solved():
            return no_base()
        case _:
            assert_never(one.recipe)


def cells_of(facts: Facts, one: Metric, parts: Sequence[Part], gathered: Gathered) -> dict[Key, Cell]:
    """The cells of a metric by key of the answer's dimensions."""
    rows = _merged(parts[0], gathered)
    by = parts[0].cut.by
    match one.recipe:
        case Scalar(compute=compute):
            return {key: compute(atoms, _context(facts, one, by, key)) for key, atoms in rows.items()}
        case Along():
            return _spread(facts, one, parts[0].cut, rows)
        case Folded(axis=axis, fold=fold):
            kept = by[: len(by) - len(axis)]
            inner = _inner(rows, len(kept))
            return {key: fold(finer, _context(facts, one, kept, key)) for key, finer in inner.items()}
        case Indexed(compute=compute):
            past = _merged(parts[1], gathered)
            return {key: _indexed(facts, one, (by, key), (atoms, past)) for key, atoms in rows.items()}
        case Solved(solve=solve):
            return solve(facts, parts[0].cut)
        case _:
            assert_never(one.recipe)


def _spread(facts: Facts, one: Metric, cut: Cut, rows: Mapping[Key, Atoms]) -> dict[Key, Cell]:
    """Groups of the other dimensions, each with its categories along the axis."""
    by, axis = cut.by, one.axis_in(cut.by)
    if not isinstance(one.recipe, Along):
        raise TypeError(one.id)
    at = [by.index(name) for name in axis]
    kept = tuple(name for name in by if name not in axis)
    groups: defaultdict[Key, dict[Key, Atoms]] = defaultdict(dict)
    if not kept:
        groups[()] = {}
    others = [i for i in range(len(by)) if i not in at]
    for key, atoms in rows.items():
        groups[tuple([key[i] for i in others])][tuple([key[i] for i in at])] = atoms
    cells: dict[Key, Cell] = {}
    placed = [(*kept, *axis).index(name) for name in by]
    for group, categories in groups.items():
        context = replace(_context(facts, one, kept, group), axis=axis, territories=_territories(cut, kept, group))
        for category, cell in one.recipe.spread(categories, context).items():
            value = (*group, *category)
            cells[tuple([value[i] for i in placed])] = cell
    return cells


def _territories(cut: Cut, kept: Key, group: Key) -> frozenset[str] | None:
    """The home territories that a group is of, or that the question keeps; None when it says none."""
    if _TERRITORY in kept:
        return frozenset({group[kept.index(_TERRITORY)]})
    asked = cut.where.get(_TERRITORY)
    return frozenset(asked) if asked else None


def _inner(rows: Mapping[Key, Atoms], width: int) -> dict[Key, dict[Key, Atoms]]:
    groups: dict[Key, dict[Key, Atoms]] = {} if width else {(): {}}
    for key, atoms in rows.items():
        groups.setdefault(key[:width], {})[key[width:]] = atoms
    return groups


def _indexed(facts: Facts, one: Metric, place: tuple[Key, Key], rows: tuple[Atoms, Mapping[Key, Atoms]]) -> Cell:
    """100 × now ÷ reference; a reference that is 0 or has no base gives none."""
    if not isinstance(one.recipe, Indexed):
        raise TypeError(one.id)
    (by, key), (atoms, past) = place, rows
    same = tuple(value for name, value in zip(by, key, strict=True) if DIMENSIONS[name].span is None)
    now = one.recipe.compute(atoms, _context(facts, one, by, key))
    then = one.recipe.compute(past.get(same, Atoms()), replace(_context(facts, one, (), ()), period=facts.reference))
    if not isinstance(now, Shown):
        return now
    if not isinstance(then, Shown) or then.value == 0:
        return no_base("reference")
    return Shown(100 * float(now.value) / float(then.value), n=now.n)


def _context(facts: Facts, one: Metric, by: Key, key: Key) -> Context:
    """What the formula may know; a stretch of time among the dimensions is the period of its own figures."""
    return Context(
        period=_stretch(facts.period, by, key),
        as_of=facts.as_of,
        history_from=facts.history_from if one.needs_history else None,
        history_to=facts.history_to if one.needs_history else None,
        households=facts.households if one.needs_households else None,
        own=facts.own,
    )


def _stretch(period: Period, by: Key, key: Key) -> Period:
    for span in SPANS:
        if span in by:
            first, last = first_of_span(span, key[by.index(span)])
            return Period(max(first, period.first_on), min(last, period.last_on))
    return period
