"""What a version of the model shows of itself before it is named: why that many profiles, what each is, who moves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from publicc.dashboards.page import Chart, Column, DataTable, Value
from publicc.dashboards.wording import said
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.segments.drifting import Drift
from publicc.segments.model import Feature, Level, SegmentClass, SegmentModel

STRONGEST: Final = 5
_ARI: Final = Text(
    "Indice de Rand ajusté : 1 = la même répartition à chaque tirage, 0 = le hasard",
    "Adjusted Rand index: 1 = the same profiles at each draw, 0 = chance",
)


@dataclass(frozen=True, slots=True)
class Strong:
    """A level that a profile has more often than people at large. `share` within the profile; `times` the pool's."""

    feature: Text
    level: Text
    share: Text
    times: Text


@dataclass(frozen=True, slots=True)
class Card:
    """One profile as it is read before it is named."""

    segment: SegmentClass
    size: Text
    strongest: tuple[Strong, ...]


def cards_of(model: SegmentModel) -> tuple[Card, ...]:
    """Every profile with the levels that set it apart most."""
    return tuple(
        Card(one, said(model.priors[at], Unit.RATIO, 0), _strongest(model, at)) for at, one in enumerate(model.classes)
    )


def _strongest(model: SegmentModel, at: int) -> tuple[Strong, ...]:
    """Levels above the pool's, by ratio and by weight: a rare level that doubles says less than a common one."""
    told: list[tuple[float, Strong]] = []
    for feature in model.features:
        table = model.tables[feature.id]
        for place, level in enumerate(feature.levels):
            pool = sum(prior * row[place] for prior, row in zip(model.priors, table, strict=True))
            share = table[at][place]
            if share > pool:
                told.append(((share - pool) * share / pool, _strong(feature, level, share, pool)))
    return tuple(strong for _, strong in sorted(told, key=lambda pair: (-pair[0], pair[1].level.fr))[:STRONGEST])


def _strong(feature: Feature, level: Level, share: float, pool: float) -> Strong:
    return Strong(feature.label, level.label, said(share, Unit.RATIO, 0), said(share / pool, Unit.PLAIN, 1))


def charts_of(model: SegmentModel) -> tuple[Chart, ...]:
    """The evidence for the number of profiles, drawn: stability, stability without each organization, BIC, sizes."""
    tried = _candidates(model)
    drawn = [_sizes(model)]
    if len(tried) > 1:
        drawn = [
            _by_k("stability", tried, (_STABLE, _ARI), lambda one: _worst_and_mean(one["bootstrap"]), Unit.PLAIN),
            _by_k("without-one", tried, (_WITHOUT, _ARI), lambda one: _worst_and_mean(one["without_one"]), Unit.PLAIN),
            _by_k("bic", tried, _BIC, lambda one: (one["bic"],), Unit.COUNT),
            *drawn,
        ]
    return tuple(drawn)


def _candidates(model: SegmentModel) -> list[Mapping[str, Any]]:
    return sorted(model.quality.get("candidates", ()), key=lambda one: int(one["k"]))


_STABLE: Final = Text("Stabilité quand on tire d'autres personnes", "Stability when other people are drawn")
_WITHOUT: Final = Text("Stabilité quand un organisme s'en va", "Stability when an organization leaves")
_BIC: Final = (
    Text("BIC, rapporté sans être suivi", "BIC, reported and not obeyed"),
    Text(
        "Plus petit = décrit mieux les gens; ajoute des miettes quand ils sont nombreux",
        "Smaller = describes people better; adds slivers when they are many",
    ),
)


def _worst_and_mean(told: Mapping[str, float]) -> tuple[float, ...]:
    return told["min"], told["mean"]


def _by_k(  # noqa: PLR0917 - what a small chart is made of
    chart_id: str,
    tried: Sequence[Mapping[str, Any]],
    words: tuple[Text, Text],
    told: Callable[[Mapping[str, Any]], tuple[float, ...]],
    unit: Unit,
) -> Chart:
    """One bar a number of profiles; `words`: title and subtitle; `told`: the figure of a candidate, then its mark."""
    title, subtitle = words
    worst = Text("Au pire", "At worst") if unit is Unit.PLAIN else Text("BIC", "BIC")
    columns = [
        Column("k", Text("Profils", "Profiles")),
        Column("worst", worst, unit, 2 if unit is Unit.PLAIN else None),
    ]
    if unit is Unit.PLAIN:
        columns.append(Column("mean", Text("En moyenne", "On average"), unit, 2))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            Text(f"{one['k']} profils", f"{one['k']} profiles"),
            *(Shown(value) for value in told(one)[: len(columns) - 1]),
        )
        for one in tried
    )
    return Chart(
        id=chart_id,
        kind="ranked_bars",
        title=title,
        subtitle=subtitle,
        summary=Text("Une barre par nombre de profils.", "A bar for each number of profiles."),
        table=DataTable(chart_id, title, tuple(columns), rows),
        metrics=(),
        note=Text("Le trait est la moyenne des tirages.", "The mark is the average of the draws.")
        if unit is Unit.PLAIN
        else None,
    )


def _sizes(model: SegmentModel) -> Chart:
    title = Text("Taille de chaque profil", "Size of each profile")
    rows = tuple((one.name, Shown(prior)) for one, prior in zip(model.classes, model.priors, strict=True))
    columns = (Column("profile", Text("Profil", "Profile")), Column("size", Text("Part", "Share"), Unit.RATIO, 0))
    return Chart(
        id="sizes",
        kind="ranked_bars",
        title=title,
        subtitle=Text("Part des gens du collectif; chacun doit compter de 4 à 35 %",
                      "Share of people of the collective; each must count 4 to 35%"),
        summary=Text("Une barre par profil, du plus grand au plus petit.", "A bar for each profile, largest first."),
        table=DataTable("sizes", title, columns, rows),
        metrics=(),
    )  # fmt: skip


def tried_table(model: SegmentModel) -> DataTable | None:
    """Every number of profiles tried, side by side; None for a model that does not say."""
    tried = _candidates(model)
    if not tried:
        return None
    columns = (
        Column("k", Text("Profils", "Profiles")),
        Column("low", Text("Tirages, au pire", "Draws, at worst"), Unit.PLAIN, 2),
        Column("mean", Text("Tirages, en moyenne", "Draws, on average"), Unit.PLAIN, 2),
        Column("without", Text("Sans un organisme, au pire", "Without one, at worst"), Unit.PLAIN, 2),
        Column("small", Text("Le plus petit", "Smallest"), Unit.RATIO, 0),
        Column("large", Text("Le plus grand", "Largest"), Unit.RATIO, 0),
        Column("presence", Text("Présence", "Presence"), Unit.RATIO, 0),
        Column("near", Text("Départs au mieux", "Starts at the best"), Unit.RATIO, 0),
        Column("bic", Text("BIC", "BIC"), Unit.COUNT),
    )
    rows = tuple(
        (
            Text(f"{one['k']}, retenu", f"{one['k']}, kept") if one["k"] == model.k else str(one["k"]),
            Shown(one["bootstrap"]["min"]),
            Shown(one["bootstrap"]["mean"]),
            Shown(one["without_one"]["min"]),
            Shown(min(one["sizes"])),
            Shown(max(one["sizes"])),
            Shown(one["presence"]),
            Shown(one["near_best"]),
            Shown(one["bic"]),
        )
        for one in tried
    )
    return DataTable("tried", Text("Nombres de profils essayés", "Numbers of profiles tried"), columns, rows)


def drift_table(model: SegmentModel, drift: Drift | None) -> DataTable | None:
    """How far each habit has moved since training; None until it was measured."""
    if drift is None:
        return None
    columns = (
        Column("feature", Text("Habitude", "Habit")),
        Column("stability", Text("Indice de stabilité", "Stability index"), Unit.PLAIN, 2),
    )
    rows = tuple((one.label, Shown(drift.features[one.id])) for one in model.features if one.id in drift.features)
    return DataTable("drift", Text("Depuis l'apprentissage", "Since training"), columns, rows)


def moves_table(model: SegmentModel, former: SegmentModel | None) -> DataTable | None:
    """Former profile × new profile, shares of people; None for a first version."""
    people = model.migration.get("people")
    if not people or former is None:
        return None
    names = {one.code: one.name for one in former.classes}
    columns = (
        Column("former", Text("Version précédente", "Former version")),
        *(Column(f"c{at}", one.name, Unit.RATIO, 0) for at, one in enumerate(model.classes)),
    )
    rows = zip(model.migration["rows"], people, strict=True)
    told = tuple((names.get(code, Text(code, code)), *_shares(counts)) for code, counts in rows)
    return DataTable(
        "moves",
        Text("Qui passerait où", "Who would go where"),
        columns,
        told,
        note=Text("Part des gens de chaque ancien profil. Une case de moins de dix personnes est cachée.",
                  "Share of people of each former profile. A box of under ten people is hidden."),
    )  # fmt: skip


def _shares(counts: Sequence[int | None]) -> tuple[Cell, ...]:
    """Shares of what is shown; a hidden box stays hidden, and counts for nobody."""
    whole = sum(n for n in counts if n is not None)
    return tuple(
        Withheld(WithheldReason.PERSONS) if n is None or not whole else Shown(n / whole, n=whole) for n in counts
    )
