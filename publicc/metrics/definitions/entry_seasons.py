"""Entry seasons and habits of return: who of the new came again, and how long between two visits."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from statistics import median
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import season_period, seasons_between
from publicc.kernel.text import Text
from publicc.metrics.definition import Context, Grain, Key, Metric, Solved
from publicc.metrics.formulas import no_base
from publicc.metrics.gathering import Cut, Facts, rows_of
from publicc.metrics.history import once_told, with_depth
from publicc.metrics.words import BUYERS_IN, BUYERS_OUT, PERSONS_F30

YEARS: Final = 5
_SEASON: Final = "CASE WHEN month(starts_on) >= 9 THEN year(starts_on) ELSE year(starts_on) - 1 END"
_TABLE: Final = f"""SELECT f.entry, s.season - f.entry, count(*) FROM
 (SELECT buyer, min({_SEASON}) AS entry FROM history GROUP BY 1) AS f JOIN
 (SELECT DISTINCT buyer, {_SEASON} AS season FROM history) AS s ON s.buyer = f.buyer GROUP BY 1, 2"""
_GAPS: Final = """SELECT latest_on, gap, count(*) FROM (
 SELECT h.buyer, max(h.starts_on) AS latest_on, quantile_cont(h.days, 0.5) AS gap FROM
 (SELECT buyer, starts_on, date_diff('day', lag(starts_on) OVER (PARTITION BY buyer ORDER BY starts_on), starts_on) AS days
 FROM history) AS h JOIN (SELECT DISTINCT buyer FROM cut WHERE is_paid AND individual) AS c ON c.buyer = h.buyer
 GROUP BY 1 HAVING count(*) >= 3) AS habits GROUP BY 1, 2"""


def _entry_table(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    """New of s with a visit in s + k ÷ new of s; seasons not yet closed have no base, those never told no data."""
    counts: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for entry, later, n in rows_of(facts, cut, _TABLE):
        counts[entry][later] = n
    cells: dict[Key, Cell] = {}
    for season in seasons_between(cut.period.first_on, min(cut.period.last_on, facts.as_of)):
        new = counts[season][0]
        context = Context(
            season_period(season), facts.as_of, history_from=facts.history_from, history_to=facts.history_to
        )
        for later in range(1, YEARS + 1):
            year = season_period(season + later)
            closed = year.last_on <= facts.as_of
            cell = (
                Shown(counts[season][later] / new, n=new)
                if closed and new
                else no_base(None if closed else "season_closed")
            )
            before = year.first_on - timedelta(1)
            cells[str(season), str(later)] = once_told(with_depth(cell, context), before, context)
    return cells


def _usual_interval(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    """The median, over buyers of the period with three visit dates or more, of their own median gap."""
    gaps = [float(gap) for _, gap, n in rows_of(facts, cut, _GAPS) for _ in range(n)]
    return {(): Shown(median(gaps), n=len(gaps)) if gaps else no_base("3_visit_dates")}


def expected_next_visit(latest_on: date, usual_interval_days: float) -> date:
    """Last visit + usual interval, rounded half away from zero."""
    days = Decimal(str(usual_interval_days)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return latest_on + timedelta(int(days))


def _expected_visits(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    """How many buyers are expected again in each month: counts only, never a list of persons."""
    months: Counter[str] = Counter()
    for latest_on, gap, n in rows_of(facts, cut, _GAPS):
        months[expected_next_visit(latest_on, gap).isoformat()[:7]] += n
    total = sum(months.values())
    return {(month,): Shown(n, n=total) for month, n in months.items()}


_of_buyers: Final = partial(
    Metric,
    counts_in=BUYERS_IN,
    counts_out=BUYERS_OUT,
    grain=Grain.BUYER,
    base=PERSONS_F30,
    needs=("buyer",),
    cuts=frozenset(),
)

METRICS: Final = (
    _of_buyers(
        id="entry_season_retention",
        label=Text("Promotion d'entrée", "Entry-season table"),
        unit=Unit.RATIO,
        formula=Text(
            "Nouveaux de s ayant une visite en s + k ÷ nouveaux de s, k = 1…5",
            "New of s with a visit in s + k ÷ new of s, k = 1…5",
        ),
        recipe=Solved(_entry_table, ("entry_season", "years_later")),
        source="proposed",
        examples=("base-1",),
    ),
    _of_buyers(
        id="usual_interval",
        label=Text("Intervalle habituel", "Usual interval"),
        unit=Unit.DAYS,
        formula=Text(
            "Médiane, sur les acheteurs d'au moins 3 dates de visite, de leur écart médian entre deux visites",
            "Median, over buyers with at least 3 visit dates, of their median gap between visits",
        ),
        recipe=Solved(_usual_interval),
        source="SecuTix",
        examples=("base-1",),
    ),
    _of_buyers(
        id="expected_next_visit",
        label=Text("Prochaine visite", "Next visit"),
        unit=Unit.PERSONS,
        formula=Text(
            "Acheteurs par mois attendu : dernière visite + intervalle habituel, arrondi",
            "Buyers by expected month: last visit + usual interval, rounded",
        ),
        recipe=Solved(_expected_visits, ("expected_month",)),
        source="SecuTix",
        examples=("base-1",),
    ),
)
