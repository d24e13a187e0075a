"""*Territoires*: where buyers come from, how far, and where one is absent.

For marketing and mediation: where to communicate, tour, or seek partners. Source: screens, screen 4.
"""

from collections.abc import Sequence
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen
from publicc.dashboards.screens.common import (
    areas_attribution,
    areas_name,
    by_figure,
    coverage_notices,
    figure_column,
    filter_notices,
    named,
    table_of,
    tile,
)
from publicc.dashboards.screens.concentration import concentration_charts, concentration_tables
from publicc.dashboards.screens.indices import INDICES, indices_by_month
from publicc.dashboards.wording import said, shown_value, words
from publicc.directory.territories import REGIONS
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.answers import Row
from publicc.metrics.definitions.catchment import Tier, tier
from publicc.metrics.dimensions import DIMENSIONS

TILES: Final = (
    "distance_median",
    "distance_p75",
    "fsas_for_half",
    "hhi_fsa",
    "out_of_province_share",
    "foreign_share",
    "postal_coverage",
)
MAP_REFUSED_BELOW: Final = 0.40
"""Under this share of known origins a map would draw the gaps of the file, not the audience."""
_AREA_FIGURES: Final = ("paid_admission_count", "buyer_count", "ticket_revenue")


def territories_screen(asker: Asker) -> Screen:
    """The whole page for the season (or period) of the filters."""
    asker.look_ahead((TILES, None), ((*_AREA_FIGURES, "market_tier"), "fsa"))
    before = asker.season_before()
    now = asker.figures(*TILES)
    then = before.figures(*TILES) if before else None
    areas = _areas(asker)
    coverage = shown_value(now["postal_coverage"])
    reading = indices_by_month(asker)
    mappable = coverage is not None and coverage >= MAP_REFUSED_BELOW
    charts = [
        *([_map(asker, areas)] if mappable and areas.rows else []),
        *_bars(asker, "distance_band_share", "distance_band"),
        *_regions(asker),
        *(reading.charts if reading else ()),
        *concentration_charts(areas, now["fsas_for_half"]),
    ]
    return Screen(
        id="territories",
        title=Text("Territoires", "Territories"),
        purpose=Text(
            "Pour le marketing et la médiation : où communiquer, où tourner, avec qui s'allier.",
            "For marketing and mediation: where to communicate, where to tour, with whom to partner.",
        ),
        answer=_answer(now),
        notices=(
            *filter_notices(asker, TILES),
            *coverage_notices(asker, "postal_coverage"),
            *(() if mappable else _no_map(coverage)),
            *(reading.notices if reading else ()),
        ),
        tiles=tuple(tile(one, now, then) for one in TILES if asker.can_answer(one)),
        charts=tuple(charts),
        tables=(*concentration_tables(asker), areas),
        metrics=(*TILES, *_AREA_FIGURES, "market_tier", "distance_band_share", "origin_share", *INDICES),
        is_empty=not areas.rows and not charts,
    )


def _answer(now: dict[str, Cell]) -> Text:
    few, median = shown_value(now["fsas_for_half"]), now["distance_median"]
    if few is None:
        return Text(
            "La provenance des acheteurs n'est pas connue dans cette période.",
            "Where buyers come from is not known in this period.",
        )
    first = Text(
        "La moitié des billets vient de {n} secteurs postaux",
        "Half of the tickets come from {n} postal areas",
    ).filled(n=said(few, Unit.COUNT))
    if not isinstance(median, Shown):
        return Text(f"{first.fr}.", f"{first.en}.")
    return Text(
        "{first}, et un billet sur deux, de moins de {km}.", "{first}, and one ticket in two from under {km}."
    ).filled(first=first, km=words(median, Unit.KM))


def _no_map(coverage: object) -> tuple[Notice, ...]:
    if coverage is None:
        return ()
    return (
        Notice(
            "warning",
            Text(
                "Moins de 40 % des provenances sont connues : la carte montrerait les trous du fichier, pas le public.",
                "Under 40% of origins are known: the map would show the gaps of the file, not the audience.",
            ),
        ),
    )


def _areas(asker: Asker) -> DataTable:
    """One line a postal area: tickets, buyers, revenue and catchment tier, most tickets first."""
    rows = [row for row in asker.rows(*_AREA_FIGURES, by="fsa") if row.dims["fsa"] != "UNKNOWN"]
    tiers = {row.dims["fsa"]: row.cells["market_tier"] for row in asker.rows("market_tier", by="fsa")}
    places = asker.known.places(asker.facts)
    columns = (
        Column("fsa", Text("Secteur postal", "Postal area")),
        Column("place", Text("Municipalité", "Municipality")),
        *(figure_column(one, bar=one == "paid_admission_count") for one in _AREA_FIGURES),
        Column("tier", Text("Aire de marché", "Catchment tier")),
    )
    lines = tuple(
        (
            row.dims["fsa"],
            places.get(row.dims["fsa"], ""),
            *(row.cells[one] for one in _AREA_FIGURES),
            _tier(tiers.get(row.dims["fsa"])),
        )
        for row in by_figure(rows, "paid_admission_count")
    )
    return DataTable("areas", Text("Chaque secteur postal", "Each postal area"), columns, lines)


_TIERS: Final = {
    Tier.CORE: Text("Noyau", "Core"),
    Tier.PRIMARY: Text("Primaire", "Primary"),
    Tier.SECONDARY: Text("Secondaire", "Secondary"),
    Tier.REST: Text("Reste", "Rest"),
}


def _map(asker: Asker, areas: DataTable) -> Chart:
    """The areas by tickets."""
    code, place, tickets, buyers = (0, 1, 2, 3)
    first = areas.rows[0]
    drawn = (code, tickets, place, buyers)
    return Chart(
        id="map",
        kind="choropleth",
        title=Text("Premier secteur : {fsa}, {n} billets", "First area: {fsa}, {n} tickets").filled(
            fsa=f"{first[code]} ({first[place]})" if first[place] else first[code],
            n=words(_cell(first[tickets]), Unit.COUNT),
        ),
        subtitle=Text(
            "Billets payants selon le secteur postal où vivent les acheteurs; {areas}",
            "Paid tickets by the postal area where buyers live; {areas}",
        ).filled(areas=areas_name(asker)),
        summary=Text(
            "Carte des billets par secteur postal; le tableau les donne tous.",
            "Map of tickets by postal area; the table lists them all.",
        ),
        table=DataTable(
            "map",
            areas.title,
            tuple(areas.columns[at] for at in drawn),
            tuple(tuple(row[at] for at in drawn) for row in areas.rows),
        ),
        metrics=("paid_admission_count",),
        note=areas_attribution(asker),
    )


def _cell(value: object) -> Cell:
    if not isinstance(value, Shown):
        raise TypeError(type(value).__name__)
    return value


def _bars(asker: Asker, metric_id: str, axis: str) -> tuple[Chart, ...]:
    """Shares along an axis, in the axis's own order."""
    if not asker.can_answer(metric_id):
        return ()
    rows = [row for row in asker.rows(metric_id, by=axis) if isinstance(row.cells[metric_id], Shown)]
    if not rows:
        return ()
    table = table_of(axis, DIMENSIONS[axis].label, rows, by=axis, metrics=(metric_id,))
    top = by_figure(rows, metric_id)[0]
    return (
        Chart(
            id=axis.replace("_", "-"),
            kind="shares",
            title=_from(words(top.cells[metric_id], Unit.RATIO, 0), named(axis, top.dims[axis]), top.dims[axis]),
            subtitle=_with_base(DIMENSIONS[axis].label, rows, metric_id),
            summary=Text("Barres par bande de distance.", "Bars by distance band."),
            table=table,
            metrics=(metric_id,),
        ),
    )


def _from(share: Text, band: object, code: str) -> Text:
    if code == "FOREIGN":
        return Text("{share} des billets viennent de l'étranger", "{share} of tickets come from abroad").filled(
            share=share
        )
    return Text("{share} des billets viennent de {band}", "{share} of tickets come from {band}").filled(
        share=share, band=band
    )


def _with_base(label: Text, rows: Sequence[Row], metric_id: str) -> Text:
    base = next((cell.n for row in rows if isinstance(cell := row.cells[metric_id], Shown) and cell.n), 0)
    return Text("{what}, n = {n} billets", "{what}, n = {n} tickets").filled(what=label, n=said(base, Unit.COUNT))


def _regions(asker: Asker) -> tuple[Chart, ...]:
    """Administrative regions by share of tickets, greatest first."""
    rows = [
        row
        for row in asker.rows("origin_share", by="admin_region")
        if row.dims["admin_region"] in REGIONS and isinstance(row.cells["origin_share"], Shown)
    ]
    if len(rows) < 2:
        return ()
    ranked = by_figure(rows, "origin_share")
    table = table_of(
        "regions",
        Text("Région administrative", "Administrative region"),
        ranked,
        by="admin_region",
        metrics=("origin_share",),
        names=REGIONS,
    )
    return (
        Chart(
            id="regions",
            kind="ranked_bars",
            title=Text("{region} : {share} des billets", "{region}: {share} of tickets").filled(
                share=words(ranked[0].cells["origin_share"], Unit.RATIO, 0),
                region=REGIONS[ranked[0].dims["admin_region"]],
            ),
            subtitle=_with_base(
                Text("Part des billets de provenance connue", "Share of tickets of known origin"), rows, "origin_share"
            ),
            summary=Text("Barres par région administrative du Québec.", "Bars by administrative region of Québec."),
            table=table,
            metrics=("origin_share",),
        ),
    )


def _tier(cell: Cell | None) -> Text | str:
    return _TIERS[tier(float(cell.value))] if isinstance(cell, Shown) else ""
