import json
from typing import Any

import pytest
from altair.utils.schemapi import validate_jsonschema
from altair.vegalite.v6.schema import load_schema

from publicc.dashboards.charts.drawing import MAP_KIND, PLAIN_KINDS, picture, specification
from publicc.dashboards.charts.look import PAGE, PRINT, Look
from publicc.dashboards.charts.maps import step_names, thresholds
from publicc.dashboards.page import Chart, Column, DataTable
from publicc.kernel.cells import Shown, Unknown, UnknownReason, Withheld, WithheldReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text

AREAS: dict[str, Any] = {
    "type": "Topology",
    "objects": {"fsa": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "id": "H2X", "arcs": [[0]]}]}},
    "arcs": [[[-73.7, 45.5], [-73.7, 45.6], [-73.5, 45.6], [-73.5, 45.5], [-73.7, 45.5]]],
}


def table(*figures: Column) -> DataTable:
    columns = (
        Column("name", Text("Nom", "Name")),
        *(figures or (Column("n", Text("Billets", "Tickets"), Unit.COUNT),)),
    )
    rows = tuple(
        (name, *(Shown(value + k, n=base) for k in range(len(columns) - 1)))
        for name, value, base in (("H2X", 1200, 300), ("G1R", 40, 12))
    )
    hidden = ("J4K", *(Withheld(WithheldReason.PERSONS) for _ in columns[1:]))
    unknown = ("J7W", *(Unknown(UnknownReason.NO_BASE) for _ in columns[1:]))
    return DataTable("t", Text("Table", "Table"), columns, (*rows, hidden, unknown))


def chart(kind: str, of: DataTable) -> Chart:
    return Chart(
        "c", kind, Text("Le constat", "The finding"), Text("Mesure", "Measure"), Text("Résumé", "Summary"), of, ()
    )


def numbered() -> DataTable:
    columns = tuple(Column(k, Text(k, k), Unit.COUNT) for k in ("days", "now", "before"))
    return DataTable(
        "t",
        Text("T", "T"),
        columns,
        ((Shown(10), Shown(5), Shown(6)), (Shown(5), Unknown(UnknownReason.NO_BASE), Shown(9))),
    )


def fit_for(kind: str) -> DataTable:
    """A table with the columns that a drawing asks for."""
    if kind == "season_curves":
        return numbered()
    if kind == "indices":
        return table(Column("n", Text("Indice", "Index"), Unit.INDEX))
    figures = {"bands": 3, "estimates": 3, "beside_peers": 4, "scatter": 2}.get(kind, 1)
    return table(*(Column("n" * (at + 1), Text("Billets", "Tickets"), Unit.COUNT) for at in range(figures)))


@pytest.mark.parametrize("look", [PAGE, PRINT])
@pytest.mark.parametrize("kind", sorted(PLAIN_KINDS))
def test_every_drawing_holds_its_data_its_words_and_its_colours(kind: str, look: Look) -> None:
    drawn = specification(chart(kind, fit_for(kind)), look=look, lang="fr")
    validate_jsonschema(drawn, load_schema())
    assert drawn["description"] == "Résumé"
    told = json.dumps(drawn)
    assert any(colour in told for colour in (look.ours, look.ramp[-1], look.around[-1]))
    assert "url" not in json.dumps(drawn["data"] if "data" in drawn else drawn["layer"])


def test_a_region_colours_every_area_of_it_and_what_is_withheld_is_never_nobody() -> None:
    columns = (Column("home", Text("Région", "Region")), Column("n", Text("Personnes", "People"), Unit.PERSONS))
    rows = (("Montréal", Shown(1200)), ("Estrie", Withheld(WithheldReason.PERSONS)))
    regions = DataTable("t", Text("T", "T"), columns, rows)
    told = json.dumps(
        specification(chart("regions_map", regions), lang="fr", areas_url="/areas.json", feature="fsa"),
        ensure_ascii=False,
    )
    assert '"fsa": "H2X"' in told
    assert '"default": "masqué, ou personne"' in told
    assert picture(chart("regions_map", regions), "png", lang="en", areas=AREAS)[:4] == b"\x89PNG"


def test_a_withheld_figure_is_nowhere_in_the_drawing_but_as_words() -> None:
    written = json.dumps(specification(chart("ranked_bars", table()), lang="fr"), ensure_ascii=False)
    assert "masqué\u00a0: moins de 10" in written
    assert '"n_state": "withheld"' in written
    assert '"n": null' in written


def test_the_future_of_a_curve_is_blank() -> None:
    drawn = specification(chart("season_curves", numbered()), lang="fr")
    values = [row for layer in drawn["layer"] for row in layer.get("data", {}).get("values", [])] + [
        row for rows in drawn.get("datasets", {}).values() for row in rows
    ]
    assert {(row["season"], row["days"]) for row in values} == {("now", 10), ("before", 10), ("before", 5)}


def test_a_map_asks_for_its_areas_where_the_page_says() -> None:
    drawn = specification(chart(MAP_KIND, table()), lang="fr", areas_url="/areas.json", feature="fsa")
    assert "/areas.json" in json.dumps(drawn)


def test_a_picture_needs_no_browser() -> None:
    assert picture(chart("shares", table()), "png", lang="fr")[:8] == b"\x89PNG\r\n\x1a\n"
    assert picture(chart(MAP_KIND, table()), "png", lang="en", areas=AREAS)[:4] == b"\x89PNG"


def test_a_picture_that_can_be_enlarged_says_whose_figures_it_holds() -> None:
    drawn = picture(chart("shares", table()), "svg", lang="fr", said="Théâtre du Nord · saison 2018-2019").decode()
    assert drawn.startswith("<svg")
    assert "Théâtre du Nord · saison 2018-2019" in drawn
    assert "var(--" not in drawn


@pytest.mark.parametrize("kind", sorted(PLAIN_KINDS))
def test_a_phone_is_drawn_with_the_same_figures(kind: str) -> None:
    of = fit_for(kind)
    wide = specification(chart(kind, of), lang="en")
    narrow = specification(chart(kind, of), lang="en", narrow=True)
    assert figures(wide) == figures(narrow)


def figures(drawn: dict[str, Any]) -> set[str]:
    told = [row for rows in drawn.get("datasets", {}).values() for row in rows]
    return {f"{row.get('n')} {row.get('sold')} {row.get('value')}" for row in told}


def test_the_steps_of_a_map_are_figures_one_can_say() -> None:
    steps = thresholds([float(n) for n in range(1, 200)])
    assert steps == sorted(set(steps))
    assert len(steps) <= 4
    assert step_names([5.0, 15.0], "fr") == ["moins de 5", "5 à 14", "15 et plus"]
    assert step_names([2.0, 3.0], "en") == ["under 2", "2", "3 or more"]
    assert step_names([], "fr") == ["1 et plus"]


def test_a_map_without_any_figure_is_still_a_map() -> None:
    nothing = DataTable("t", Text("T", "T"), table().columns, ())
    assert specification(chart(MAP_KIND, nothing), lang="fr", areas_url="a", feature="fsa")
