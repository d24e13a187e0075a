import sqlglot
from sqlglot import exp

from publicc.metrics.compiler import Shape, parameters_of, statement
from publicc.metrics.definition import Grain
from publicc.metrics.definitions.curves import _ANCHOR, _HOUSES, _SOLD
from publicc.metrics.definitions.entry_seasons import _GAPS, _TABLE
from publicc.metrics.definitions.pace import _PAIRS
from publicc.metrics.dimensions import DIMENSIONS, can_cut
from publicc.metrics.registry import METRICS


def shapes() -> list[Shape]:
    """Every metric uncut, and one metric cut by each dimension."""
    made = []
    cuts = [((), one) for one in METRICS.values()]
    cuts += [((name,), next(m for m in METRICS.values() if can_cut(m, name) and m.recipe.atoms)) for name in DIMENSIONS]
    for by, one in cuts:
        for grain in dict.fromkeys(atom.grain for atom in one.recipe.atoms):
            atoms = tuple(dict.fromkeys(atom for atom in one.recipe.atoms if atom.grain is grain))
            made.append(Shape(grain, by, (), atoms, len(made) % 9 > 0))
    return made


def spark(sql: str) -> exp.Expr:
    return sqlglot.parse_one(sql, dialect="spark")


def test_every_statement_can_be_said_to_spark() -> None:
    for shape in shapes():
        said = statement(shape, "spark")
        assert isinstance(spark(said), exp.Select)
        assert "PERCENTILE_CONT" not in said.upper()


def test_statements_that_end_their_own_way_can_be_said_to_spark_too() -> None:
    ends = [_TABLE, _GAPS, _PAIRS]
    ends += [one.format(anchor=anchor, part="season") for one in (_SOLD, _HOUSES) for anchor in _ANCHOR.values()]
    for end in ends:
        assert isinstance(spark(statement(Shape(Grain.SALE, (), (), (), True, end), "spark")), exp.Select)


def test_values_are_parameters_and_nothing_of_a_question_is_in_the_text() -> None:
    shape = Shape(Grain.TICKET, ("month",), (("channel", 2),), METRICS["admission_count"].recipe.atoms, True)
    assert parameters_of(shape) == {"organization", "first_on", "end_on", "as_of", "w_channel_0", "w_channel_1"}


def test_the_same_shape_is_compiled_once() -> None:
    shape = Shape(Grain.TICKET, (), (), METRICS["admission_count"].recipe.atoms, True)
    assert statement(shape) is statement(shape)
