"""*Profils* on the page of segments: how many of each, since when, who moved, what draws them, what they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Value
from publicc.dashboards.screens.common import figure_column
from publicc.dashboards.screens.profile_mix import beside_the_collective
from publicc.dashboards.wording import said, shown_value, words
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline, PriceGroup
from publicc.metrics.answers import Row
from publicc.metrics.definition import UNKNOWN
from publicc.metrics.dimensions import WEEKDAYS

METRICS: Final = ("profile_share", "profile_transition", "profile_lift")
UNDETERMINED: Final = Text("Indéterminé", "Undetermined")
_NONE: Final = Unknown(UnknownReason.NO_BASE)
_CLASSES: Final = "SELECT code, name_fr, name_en, card_fr, card_en FROM profile_classes ORDER BY position"
_OFFERS: Final[Mapping[str, tuple[Text, Mapping[str, Text]]]] = {
    "discipline": (
        Text("Ce qui attire chaque profil : disciplines", "What draws each profile: disciplines"),
        {one.value: one.label for one in Discipline},
    ),
    "price_group": (
        Text("Ce qui attire chaque profil : tarifs", "What draws each profile: price groups"),
        {one.value: one.label for one in PriceGroup},
    ),
    "weekday": (Text("Ce qui attire chaque profil : jours", "What draws each profile: weekdays"), WEEKDAYS),
}


@dataclass(frozen=True, slots=True)
class Profiles:
    """What the page of segments gets of the profiles; nothing but a notice before the common model is published."""

    charts: tuple[Chart, ...] = ()
    tables: tuple[DataTable, ...] = ()
    notices: tuple[Notice, ...] = ()


def profile_names(asker: Asker) -> dict[str, Text]:
    """Code → the name that the collective gave, in the order of the model; empty before it tells anything."""
    return {code: name for code, (name, _) in _told(asker).items()}


def profiles_of(asker: Asker, card: Sequence[str]) -> Profiles:
    """The profiles' part of the page. `card`: the figures told of each."""
    told = _told(asker)
    if not told:
        return Profiles(notices=(Notice("info", _NOT_YET),))
    names = {code: name for code, (name, _) in told.items()} | {UNKNOWN: UNDETERMINED}
    charts = (*_sizes(asker, names), *beside_the_collective(asker, names), *_moves(asker, names), *_pulls(asker, names))
    return Profiles(charts, (*_cards(asker, names, card), _words(told)))


_NOT_YET: Final = Text(
    "Les profils communs ne sont pas encore publiés : seuls les parcours sont montrés.",
    "The common profiles are not published yet: only lifecycles are shown.",
)


def _told(asker: Asker) -> dict[str, tuple[Text, Text]]:
    if "profile_classes" not in asker.facts.tables:
        return {}
    rows = asker.facts.connection.execute(_CLASSES).fetchall()
    return {code: (Text(name_fr, name_en), Text(card_fr, card_en)) for code, name_fr, name_en, card_fr, card_en in rows}


def _sizes(asker: Asker, names: Mapping[str, Text]) -> tuple[Chart, ...]:
    """Size now beside a season earlier, and the mix of every season."""
    if not asker.can_answer("profile_share"):
        return ()
    found: dict[str, dict[str, Cell]] = {}
    for row in asker.answer(("profile_share",)).rows:
        found.setdefault(row.dims["told_season"], {})[row.dims["profile"]] = row.cells["profile_share"]
    seasons = sorted(found)
    if not seasons:
        return ()
    now, before = found[seasons[-1]], found[seasons[-2]] if len(seasons) > 1 else {}
    rows = tuple((name, now.get(code, Shown(0)), before.get(code, _NONE)) for code, name in names.items())
    largest = max(rows[:-1], key=lambda row: float(shown_value(row[1]) or 0))
    unsure = now.get(UNKNOWN)
    columns = (
        Column("profile", Text("Profil", "Profile")),
        Column("now", Text(seasons[-1], seasons[-1]), Unit.RATIO, 0),
        Column("before", Text("Saison précédente", "Season before"), Unit.RATIO, 0),
    )
    chart = Chart(
        id="profiles",
        kind="ranked_bars",
        title=Text("{profile} : {share} des acheteurs typés", "{profile}: {share} of typed buyers").filled(
            profile=largest[0], share=words(largest[1], Unit.RATIO, 0)
        ),
        subtitle=Text(
            "Part des acheteurs de chaque profil; le trait est la saison précédente; indéterminés {unsure}, n = {n}",
            "Share of buyers of each profile; the mark is the season before; undetermined {unsure}, n = {n}",
        ).filled(unsure=words(unsure, Unit.RATIO, 0) if unsure else "0 %", n=said(_base(now), Unit.COUNT)),
        summary=Text("Barres des parts de cette saison, traits de la précédente.",
                     "Bars of this season's shares, marks of the one before."),
        table=DataTable("profiles", Text("Répartition des profils", "Profile mix"), columns, rows),
        metrics=("profile_share",),
        note=Text(
            "Indéterminé : le modèle commun n'est pas assez certain; ces acheteurs ne sont rangés nulle part.",
            "Undetermined: the common model is not certain enough; these buyers are put nowhere.",
        ),
    )  # fmt: skip
    return (chart, *_trend(found, seasons, names))


def _base(cells: Mapping[str, Cell]) -> int:
    return max((cell.n or 0 for cell in cells.values() if isinstance(cell, Shown)), default=0)


def _trend(
    found: Mapping[str, Mapping[str, Cell]], seasons: Sequence[str], names: Mapping[str, Text]
) -> tuple[Chart, ...]:
    if len(seasons) < 2:
        return ()
    latest = seasons[-6:]
    return (
        _grid(
            "profiles-trend",
            Text("Les profils, saison après saison", "Profiles, season after season"),
            Text("Part des acheteurs typés au dernier jour de chaque saison",
                 "Share of typed buyers on the last day of each season"),
            {season: Text(season, season) for season in latest},
            {code: {season: found[season].get(code, Shown(0)) for season in latest} for code in names},
            names=names,
            unit=Unit.RATIO,
            metric="profile_share",
        ),
    )  # fmt: skip


def _moves(asker: Asker, names: Mapping[str, Text]) -> tuple[Chart, ...]:
    if not asker.can_answer("profile_transition"):
        return ()
    cells: dict[str, dict[str, Cell]] = {}
    for row in asker.answer(("profile_transition",)).rows:
        cells.setdefault(row.dims["profile"], {})[row.dims["profile_next"]] = row.cells["profile_transition"]
    if len(cells) < 2:
        return ()
    return (
        _grid(
            "profile-moves",
            Text("Qui change de profil d'une saison à l'autre", "Who changes profile from a season to the next"),
            Text("Part de chaque profil de la saison précédente (ligne), selon celui de cette saison (colonne)",
                 "Share of each profile of the season before (row), by that of this season (column)"),
            names,
            cells,
            names=names,
            unit=Unit.RATIO,
            metric="profile_transition",
        ),
    )  # fmt: skip


def _pulls(asker: Asker, names: Mapping[str, Text]) -> tuple[Chart, ...]:
    """Profile × discipline, price group, weekday: how many times the average buyer, where it is surely not once."""
    if not asker.can_answer("profile_lift"):
        return ()
    bounds: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in asker.answer(("profile_lift",)).rows:
        cell, (kind, _, value) = row.cells["profile_lift"], row.dims["offer"].partition(":")
        if isinstance(cell, Shown) and row.dims["profile"] != UNKNOWN:
            bounds.setdefault((kind, row.dims["profile"], value), {})[row.dims["bound"]] = float(cell.value)
    charts = []
    for kind, (title, values) in _OFFERS.items():
        here = {(profile, value): ends for (one, profile, value), ends in bounds.items() if one == kind}
        told = {key: _pull(bound) for key, bound in here.items()}
        sure = {key for key, cell in told.items() if isinstance(cell, Shown)}
        across = {value: label for value, label in values.items() if any(value == seen for _, seen in sure)}
        cells = {
            code: {value: told.get((code, value), _NONE) for value in across}
            for code in names
            if any(code == seen for seen, _ in sure)
        }
        if across and len(cells) > 1:
            charts.append(_grid(f"profile-{kind.replace('_', '-')}", title, _TIMES, across, cells,
                                names=names, unit=Unit.PLAIN, metric="profile_lift"))  # fmt: skip
    return tuple(charts)


_TIMES: Final = Text(
    "Fois l'acheteur moyen, 24 mois; une case vide n'en diffère pas sûrement",
    "Times the average buyer, 24 months; an empty box is not surely different",
)


def _pull(bounds: Mapping[str, float]) -> Cell:
    if bounds["low"] <= 1.0 <= bounds["high"]:
        return _NONE
    return Shown(bounds["middle"])


def _grid(  # noqa: PLR0917 - what a grid is made of
    chart_id: str,
    title: Text,
    subtitle: Text,
    across: Mapping[str, Text],
    cells: Mapping[str, Mapping[str, Cell]],
    *,
    names: Mapping[str, Text],
    unit: Unit,
    metric: str,
) -> Chart:
    decimals = 1 if unit is Unit.PLAIN else 0
    columns = (
        Column("row", Text("Profil", "Profile")),
        *(Column(f"c_{at}", label, unit, decimals) for at, label in enumerate(across.values())),
    )
    rows = tuple(
        (name, *(cells[code].get(one, _NONE) for one in across)) for code, name in names.items() if code in cells
    )
    return Chart(
        id=chart_id,
        kind="heat",
        title=title,
        subtitle=subtitle,
        summary=Text("Une case par croisement, d'autant plus foncée que le chiffre est grand.",
                     "One box a crossing, the darker the greater the figure."),
        table=DataTable(chart_id, title, columns, rows),
        metrics=(metric,),
    )  # fmt: skip


def _cards(asker: Asker, names: Mapping[str, Text], card: Sequence[str]) -> tuple[DataTable, ...]:
    """One line a profile, the undetermined last; those with nobody in the period are left out."""
    found: dict[str, Row] = {row.dims["profile"]: row for row in asker.rows(*card, by="profile")}
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (name, *(found[code].cells[one] for one in card))
        for code, name in names.items()
        if code in found and shown_value(found[code].cells["buyer_count"])
    )
    if not rows:
        return ()
    columns = (Column("profile", Text("Profil", "Profile")), *(figure_column(one) for one in card))
    return (
        DataTable(
            "profile-cards", Text("Chaque profil, dans la période", "Each profile, in the period"), columns, rows
        ),
    )


def _words(told: Mapping[str, tuple[Text, Text]]) -> DataTable:
    return DataTable(
        "profile-words",
        Text("Ce que sont les profils", "What the profiles are"),
        (Column("profile", Text("Profil", "Profile")), Column("card", Text("En bref", "In short"))),
        tuple((name, card) for name, card in told.values()),
    )
