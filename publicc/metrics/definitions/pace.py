"""Performances on sale against comparable ones that were played: band, status, projection.

Comparables: own played performances in person, same discipline, capacity within ½–2×, last 3 closed seasons, rentals out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics import rowsets
from publicc.metrics.definition import Basis, Grain, Key, Metric, Solved
from publicc.metrics.formulas import no_base, no_data
from publicc.metrics.gathering import Cut, Facts, rows_of
from publicc.metrics.rules import pace_band, pace_status, projection
from publicc.metrics.words import COMPARED_IN, COMPARED_OUT, NEVER_SHARED

_ON_SALE: Final = "kept AND in_person AND starts_on > $as_of"
_EVENTS: Final = f"""SELECT organization, performance_id, before, sum(n) AS n FROM (
 SELECT pf.organization, pf.performance_id, date_diff('day', t.ordered_on, pf.starts_on) AS before, count(*) AS n
 FROM purchases AS t JOIN pf_all AS pf ON pf.organization = t.organization AND pf.performance_id = t.performance_id
 WHERE pf.played AND pf.starts_on BETWEEN $past_from AND $past_to AND {rowsets.EVER_PAID}
 AND t.ordered_on IS NOT NULL AND (t.ticket_status = 'VALID' OR t.cancelled_on IS NOT NULL) GROUP BY 1, 2, 3
 UNION ALL
 SELECT pf.organization, pf.performance_id, date_diff('day', t.cancelled_on, pf.starts_on) AS before, -count(*) AS n
 FROM purchases AS t JOIN pf_all AS pf ON pf.organization = t.organization AND pf.performance_id = t.performance_id
 WHERE pf.played AND pf.starts_on BETWEEN $past_from AND $past_to AND {rowsets.EVER_PAID}
 AND t.ordered_on IS NOT NULL AND t.ticket_status <> 'VALID' AND t.cancelled_on IS NOT NULL GROUP BY 1, 2, 3) AS moves GROUP BY 1, 2, 3"""
_PAIRS: Final = f"""SELECT a.performance_id, a.capacity, coalesce(a.sold, 0), c.capacity, c.sold_then, c.sold_ever FROM
 (SELECT pf.performance_id, pf.discipline, pf.capacity, date_diff('day', $as_of, pf.starts_on) AS days, s.sold FROM pf
 LEFT JOIN (SELECT organization, performance_id, count(*) AS sold FROM cut WHERE ever_paid AND ordered_on <= $as_of
 AND (ticket_status = 'VALID' OR cancelled_on > $as_of) GROUP BY 1, 2) AS s
 ON s.organization = pf.organization AND s.performance_id = pf.performance_id WHERE {_ON_SALE}) AS a
 LEFT JOIN (SELECT h.days, p.performance_id, p.discipline, p.capacity, sum(e.n) AS sold_ever,
 coalesce(sum(e.n) FILTER (WHERE e.before >= h.days), 0) AS sold_then
 FROM (SELECT DISTINCT discipline, date_diff('day', $as_of, starts_on) AS days FROM pf WHERE {_ON_SALE}) AS h
 JOIN pf_all AS p ON p.discipline = h.discipline AND p.played AND p.in_person AND p.capacity > 0
 JOIN ({_EVENTS}) AS e ON e.organization = p.organization AND e.performance_id = p.performance_id GROUP BY 1, 2, 3, 4) AS c
 ON c.days = a.days AND c.discipline = a.discipline AND c.capacity * 2 >= a.capacity AND c.capacity <= a.capacity * 2"""


@dataclass(slots=True)
class OnSale:
    """One performance on sale, and its comparables at the same days before."""

    capacity: int
    sold: int
    of_capacity: list[float] = field(default_factory=list)
    of_final: list[float] = field(default_factory=list)


def _on_sale(facts: Facts, cut: Cut) -> dict[str, OnSale]:
    found: dict[str, OnSale] = {}
    for performance, capacity, sold, seats, then, ever in rows_of(facts, cut, _PAIRS, Grain.SALE):
        one = found.setdefault(performance, OnSale(capacity or 0, sold))
        if seats is not None:
            one.of_capacity.append(int(then) / seats)
        if ever:
            one.of_final.append(int(then) / int(ever))
    return found


def _each(told: Callable[[OnSale], dict[str, Cell]]) -> Callable[[Facts, Cut], dict[Key, Cell]]:
    def solve(facts: Facts, cut: Cut) -> dict[Key, Cell]:
        return {
            (performance, bound): cell
            for performance, one in _on_sale(facts, cut).items()
            for bound, cell in told(one).items()
        }

    return solve


def _band(one: OnSale) -> dict[str, Cell]:
    found, n = pace_band(one.of_capacity), len(one.of_capacity)
    if found is None:
        return dict.fromkeys(("low", "high"), no_base("4_comparables"))
    return {"low": Shown(found.low, n=n), "high": Shown(found.high, n=n)}


def _status(one: OnSale) -> dict[str, Cell]:
    """The code is a dimension of the row; its value is the share of capacity sold."""
    if not one.capacity:
        return {"UNKNOWN": no_data("capacity")}
    found, share = pace_band(one.of_capacity), one.sold / one.capacity
    if found is None:
        return {"UNKNOWN": no_base("4_comparables")}
    return {pace_status(share, found).value: Shown(share, n=len(one.of_capacity))}


def _projected(one: OnSale) -> dict[str, Cell]:
    bounds = ("low", "middle", "high")
    if not one.capacity:
        return dict.fromkeys(bounds, no_data("capacity"))
    found, n = projection(one.sold, one.of_final, one.capacity), len(one.of_final)
    if found is None:
        return dict.fromkeys(bounds, no_base("8_comparables"))
    return {"low": Shown(found.low, n=n), "middle": Shown(found.middle, n=n), "high": Shown(found.high, n=n)}


_CUTS: Final = frozenset({"show", "performance", "venue", "discipline", "season", "month", "weekday"})

_of_comparables: Final = partial(
    Metric,
    counts_in=COMPARED_IN,
    counts_out=COMPARED_OUT,
    grain=Grain.SALE,
    base=NEVER_SHARED,
    needs=(
        "ordered_on",
        "capacity",
    ),
    source="proposed",
    basis=Basis.SALES,
    cuts=_CUTS,
)

METRICS: Final = (
    _of_comparables(
        id="pace_band",
        label=Text("Bande de rythme", "Pace band"),
        unit=Unit.RATIO,
        formula=Text(
            "p25–p75, sur ≥ 4 comparables, du % de jauge vendu à autant de jours",
            "p25–p75, over ≥ 4 comparables, of % of capacity sold at the same days before",
        ),
        recipe=Solved(_each(_band), ("performance", "bound")),
        examples=("pace-1",),
    ),
    _of_comparables(
        id="pace_status",
        label=Text("Rythme", "Pace"),
        unit=Unit.RATIO,
        formula=Text(
            "BELOW sous p25 · WITHIN · ABOVE au-dessus de p75; valeur : % de jauge vendu",
            "BELOW under p25 · WITHIN · ABOVE over p75; value: % of capacity sold",
        ),
        recipe=Solved(_each(_status), ("performance", "pace")),
        examples=("pace-1",),
    ),
    _of_comparables(
        id="projected_admissions",
        label=Text("Projection", "Projection"),
        unit=Unit.TICKETS,
        formula=Text(
            "vendus ÷ part médiane du final à ce jour sur ≥ 8 comparables; de vendus ÷ p75 à vendus ÷ p25; au plus la jauge",
            "sold ÷ median share of final at t among ≥ 8 comparables; from sold ÷ p75 to sold ÷ p25; at most capacity",
        ),
        recipe=Solved(_each(_projected), ("performance", "bound")),
        examples=("pace-1",),
    ),
)
