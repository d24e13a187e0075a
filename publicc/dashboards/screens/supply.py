"""*Offre et affluence*: when performances are given, inside the territory and outside, and how full crowded days are.

For programming: which days are crowded, and whether one's own seats fill less then. What goes together, never why.
Source: screens, territory studies 4.1 and 4.4.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Chooser, Column, DataTable, Notice, Screen
from publicc.dashboards.screens.common import figure_column, filter_notices, tile
from publicc.dashboards.screens.supply_days import crowded_dates, days_by_crowd, kinds_of_day
from publicc.dashboards.screens.supply_grids import grids, own_grid, territory_name, weekdays
from publicc.dashboards.wording import said, words
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.period import Period, season_period
from publicc.kernel.text import Text
from publicc.metrics.dimensions import CROWDS
from publicc.metrics.registry import METRICS

TILES: Final = ("same_day_count", "crowded_day_share", "performance_count", "occupancy_rate")
_CROWDING: Final = ("occupancy_by_crowding", "occupancy_by_crowding_adjusted")
_BREAK: Final = "crowding_break"
_NO_BASE: Final = Unknown(UnknownReason.NO_BASE)


def supply_screen(asker: Asker) -> Screen:
    """The whole page: supply of the period of the filters; crowding over every season up to its end."""
    asker.look_ahead((TILES, None))
    before = asker.season_before()
    now, then = asker.figures(*TILES), before.figures(*TILES) if before else None
    whole = _until_now(asker)
    told = _break(whole)
    charts = (*_crowding(whole, told), *grids(asker), *own_grid(asker), *weekdays(asker), *days_by_crowd(asker))
    return Screen(
        id="supply",
        title=Text("Offre et affluence", "Supply and crowding"),
        purpose=Text(
            "Pour la programmation : quels jours sont chargés, et comment vos salles s'y remplissent.",
            "For programming: which days are crowded, and how your venues fill on them.",
        ),
        answer=_answer(told),
        notices=(*filter_notices(asker, (*TILES, *_CROWDING, _BREAK)), *_no_supply(asker)),
        tiles=tuple(tile(one, now, then) for one in TILES if asker.can_answer(one)),
        charts=charts,
        tables=(*_break_table(told), *crowded_dates(asker), *kinds_of_day(asker)),
        metrics=(*TILES, *_CROWDING, _BREAK, "supply_grid"),
        is_empty=not charts,
        chooser=_territories(asker),
    )


def _territories(asker: Asker) -> Chooser | None:
    """Whose supply: the organization's own territory, or any other that is named in the public supply."""
    named = asker.supply.territories()
    if not named:
        return None
    options = (("", Text("Mon territoire", "My territory")), *((slug, territory_name(slug)) for slug in named))
    return Chooser("territory", Text("Territoire", "Territory"), options, asker.territory)


def _until_now(asker: Asker) -> Asker:
    """The same filters from the first season known to the end of the period: a break is not seen in one season."""
    seasons = asker.choices.seasons
    if asker.filters.season is None or not seasons:
        return asker
    first_on = min(season_period(min(seasons)).first_on, asker.filters.period.first_on)
    return replace(asker, filters=asker.filters.over(Period(first_on, asker.filters.period.last_on)))


def _break(whole: Asker) -> Mapping[str, Cell]:
    """What the estimate of a break says, by name; empty when the filters cannot cut it."""
    if not whole.can_answer(_BREAK):
        return {}
    return {row.dims["estimate"]: row.cells[_BREAK] for row in whole.answer((_BREAK,)).rows}


def _answer(told: Mapping[str, Cell]) -> Text:
    above, slope = told.get("break"), told.get("slope")
    if not isinstance(slope, Shown):
        return Text(
            "Trop peu de représentations à jauge et territoire connus pour chercher un seuil d'affluence.",
            "Too few performances of known capacity and territory to look for a crowding threshold.",
        )
    if not isinstance(above, Shown):
        return Text(
            "Aucun seuil trouvé : rien ne montre que vos salles se remplissent moins les jours où l'offre est grande.",
            "No break found: nothing shows that your venues fill less on days when much is offered.",
        )
    return Text(
        "Au-delà de {n} représentations le même jour dans le territoire, vos salles sont moins pleines : "
        "{seats} des places en moins pour chacune de plus (seuil entre {low} et {high}). "
        "Cela va ensemble, sans dire pourquoi.",
        "Past {n} performances on the same day in the territory, your venues are less full: {seats} of seats "
        "fewer for each one more (threshold between {low} and {high}). They go together; this does not say why.",
    ).filled(
        n=said(above.value, Unit.COUNT),
        seats=said(-float(slope.value), Unit.RATIO),
        low=words(told["break_low"], Unit.COUNT),
        high=words(told["break_high"], Unit.COUNT),
    )


def _crowding(whole: Asker, told: Mapping[str, Cell]) -> tuple[Chart, ...]:
    """Occupancy by crowd of the day: bars as they are, marks once venue, discipline, weekday and month are equal."""
    if not all(whole.can_answer(one) for one in _CROWDING):
        return ()
    raw, adjusted = ({r.dims["crowding"]: r.cells[one] for r in whole.answer((one,)).rows} for one in _CROWDING)
    known = [one for one in CROWDS if isinstance(raw.get(one), Shown)]
    if not known:
        return ()
    columns = (
        Column("crowding", Text("Représentations du jour", "Performances that day")),
        figure_column(_CROWDING[0], label=Text("Occupation", "Occupancy")),
        figure_column(_CROWDING[1], label=Text("Ajustée", "Adjusted")),
        Column("n", Text("Vos représentations", "Your performances"), Unit.COUNT),
    )
    rows = tuple((CROWDS[one], raw[one], adjusted.get(one, _NO_BASE), _base(raw[one])) for one in known)
    return (
        Chart(
            id="crowding",
            kind="ranked_bars",
            title=_finding(told),
            subtitle=Text(
                "Occupation de vos salles selon l'affluence du jour, {first} à {last}; le trait : à lieux, "
                "disciplines, jours et mois égaux",
                "Occupancy of your venues by crowd of the day, {first} to {last}; the mark: venues, disciplines, "
                "weekdays and months being equal",
            ).filled(first=str(whole.filters.period.first_on.year), last=str(whole.played_to.year)),
            summary=Text(
                "Barres : occupation par tranche d'affluence; traits : la même, ajustée.",
                "Bars: occupancy by crowd; marks: the same, adjusted.",
            ),
            table=DataTable("crowding", Text("Occupation selon l'affluence", "Occupancy by crowding"), columns, rows),
            metrics=_CROWDING,
        ),
    )


def _base(cell: Cell) -> Cell:
    return Shown(cell.n, n=cell.n) if isinstance(cell, Shown) and cell.n is not None else _NO_BASE


def _finding(told: Mapping[str, Cell]) -> Text:
    above = told.get("break")
    if isinstance(above, Shown):
        return Text(
            "Les salles se remplissent moins au-delà de {n} représentations", "Venues fill less past {n} performances"
        ).filled(n=said(above.value, Unit.COUNT))
    if isinstance(told.get("slope"), Shown):
        return Text("Aucun seuil trouvé", "No break found")
    return Text("Occupation selon l'affluence du jour", "Occupancy by crowd of the day")


_ESTIMATES: Final = (
    ("break", Text("Seuil : représentations le même jour", "Threshold: performances that day"), Unit.COUNT, None),
    ("break_low", Text("– borne basse (95 %)", "– lower bound (95%)"), Unit.COUNT, None),
    ("break_high", Text("– borne haute (95 %)", "– upper bound (95%)"), Unit.COUNT, None),
    ("slope", Text("Par représentation au-delà du seuil", "Per performance past the threshold"), Unit.RATIO, 2),
    ("slope_low", Text("– borne basse (95 %)", "– lower bound (95%)"), Unit.RATIO, 2),
    ("slope_high", Text("– borne haute (95 %)", "– upper bound (95%)"), Unit.RATIO, 2),
    ("slope_below", Text("Par représentation jusqu'au seuil", "Per performance up to the threshold"), Unit.RATIO, 2),
)


def _break_table(told: Mapping[str, Cell]) -> tuple[DataTable, ...]:
    """The estimate, line by line: a number of performances, then points of occupancy."""
    if not isinstance(told.get("slope"), Shown):
        return ()
    rows = tuple(
        (
            label,
            words(cell, unit, decimals) if isinstance(cell, Shown) else Text("aucun seuil trouvé", "no break found"),
        )
        for name, label, unit, decimals in _ESTIMATES
        if (cell := told.get(name)) is not None
    )
    columns = (Column("estimate", Text("Estimation", "Estimate")), Column("value", METRICS[_BREAK].label))
    return (DataTable("break", METRICS[_BREAK].label, columns, rows, note=_CAUTION),)


_CAUTION: Final = Text(
    "Ce qui va ensemble, jamais une cause : un jour chargé peut aussi être un jour que tous recherchent.",
    "What goes together, never a cause: a crowded day may also be a day that everyone seeks.",
)


def _no_supply(asker: Asker) -> tuple[Notice, ...]:
    if asker.supply.file is not None:
        return ()
    return (
        Notice(
            "info",
            Text(
                "L'offre publique de tous n'est pas encore préparée : elle le sera à la prochaine harmonisation.",
                "Everyone's public supply is not prepared yet: it will be at the next harmonisation.",
            ),
        ),
    )
