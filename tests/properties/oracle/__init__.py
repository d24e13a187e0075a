"""Each figure again, in plain Python: loops and exact fractions, written from the definitions and not from the SQL.

`rows` holds what is counted and how it is cut; every other module holds one function a metric, by the metric's id.
`FIGURES[id](rows)` is a number with its base, the name of the state it has instead, or a table of such along an axis.
"""

from tests.properties.oracle import (
    buyers,
    crowding,
    curves,
    lifecycle,
    loyalty,
    market,
    pace,
    places,
    prices,
    sales,
    supply,
    timing,
)

ROOMS = (supply, sales, prices, timing, buyers, loyalty, lifecycle, places, market, curves, pace, crowding)
FIGURES = {
    name: figure
    for room in ROOMS
    for name, figure in vars(room).items()
    if not name.startswith("_") and getattr(figure, "__module__", "") == room.__name__ and callable(figure)
}
