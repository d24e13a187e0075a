"""What kinds of publics there are: persons by profile of the common model, and by parcours. Pure."""

from collections.abc import Mapping
from typing import Final

from publicc.dashboards.page import Chart, Column, DataTable
from publicc.dashboards.portrait.people import PERSONS
from publicc.dashboards.portrait.saying import bare, by_value
from publicc.dashboards.wording import said
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Parcours
from publicc.releases.contents import BUYERS, PARCOURS, PROFILE, SEGMENTS, UNDETERMINED
from publicc.releases.portrait import Portrait

_COUNT: Final = Column(PERSONS, Text("Personnes", "People"), Unit.PERSONS)
_UNSURE: Final = Text("Indéterminé", "Undetermined")
_LOOKED_AT: Final = Text(
    "Personnes venues dans la période, d'après leurs sorties des 36 mois chez tous les membres. Arrondi à 5 près.",
    "People who came in the period, by their outings of 36 months at all members. Rounded to 5.",
)
_SINCE: Final = Text(
    "Personnes venues dans la période, d'après tout l'historique déposé par les membres. Arrondi à 5 près.",
    "People who came in the period, by the whole history that members deposited. Rounded to 5.",
)


def segments(portrait: Portrait) -> tuple[tuple[Chart, ...], tuple[DataTable, ...]]:
    """Two drawings and their crossing; nothing of a release made without a model in force."""
    names = {**portrait.profiles, UNDETERMINED: _UNSURE} if portrait.profiles else {}
    if not names:
        return (), ()
    lifecycles = {value: Parcours(value).label for value in PARCOURS.values}
    version = Text("Modèle commun, version {v}.", "Common model, version {v}.").filled(
        v=str(portrait.certificate["profiles"]["version"])
    )
    profile = Column("profile", Text("Profil", "Profile"))
    parcours = Column("parcours", Text("Parcours", "Lifecycle"))
    charts = (
        *_chart(portrait, ("profiles", PROFILE), profile, names, subtitle=_LOOKED_AT, note=version),
        *_chart(portrait, ("parcours", PARCOURS.name), parcours, lifecycles, subtitle=_SINCE, note=None),
    )
    return charts, (_crossing(portrait, names, lifecycles),)


def _chart(
    portrait: Portrait,
    cut: tuple[str, str],
    head: Column,
    names: Mapping[str, Text],
    *,
    subtitle: Text,
    note: Text | None,
) -> tuple[Chart, ...]:
    """The values shown, the largest first, and which are withheld; nothing when fewer than two are shown."""
    chart_id, dimension = cut
    cells = portrait.values(SEGMENTS, PERSONS, "count", dimension)
    told = [(value, bare(cell)) for value, cell in by_value(cells)]
    shown = [(names[value], cell) for value, cell in told if isinstance(cell, Shown)]
    if len(shown) < 2:
        return ()
    held = [names[value] for value, cell in told if not isinstance(cell, Shown)]
    return (
        Chart(
            id=chart_id,
            kind="ranked_bars",
            title=_title(portrait, shown[0]),
            subtitle=subtitle,
            summary=Text("Une barre par segment montré.", "One bar for each segment shown."),
            table=DataTable(chart_id, head.label, (head, _COUNT), tuple(shown)),
            metrics=(PERSONS,),
            note=_note(note, held),
        ),
    )


def _title(portrait: Portrait, first: tuple[Text, Cell]) -> Text:
    """What share the largest has: both numbers are rounded ones."""
    name, cell = first
    total = portrait.cell(BUYERS.id, PERSONS, "count")
    if not isinstance(total, Shown) or not isinstance(cell, Shown) or not total.value:
        return Text("{name} : le plus grand segment montré", "{name}: the largest segment shown").filled(name=name)
    share = said(float(cell.value) / float(total.value), Unit.RATIO, 0)
    return Text("{name} : {share} des gens", "{name}: {share} of people").filled(name=name, share=share)


def _note(version: Text | None, held: list[Text]) -> Text | None:
    listed = Text(", ".join(one.fr for one in held), ", ".join(one.en for one in held))
    kept = Text("Masqué : {names}.", "Withheld: {names}.").filled(names=listed) if held else None
    parts = [one for one in (version, kept) if one is not None]
    return Text(" ".join(one.fr for one in parts), " ".join(one.en for one in parts)) if parts else None


def _crossing(portrait: Portrait, names: Mapping[str, Text], lifecycles: Mapping[str, Text]) -> DataTable:
    columns = (
        Column("profile", Text("Profil", "Profile")),
        Column("all", Text("Tous", "All"), Unit.PERSONS),
        *(Column(f"parcours_{at}", label, Unit.PERSONS) for at, label in enumerate(lifecycles.values(), start=1)),
    )
    rows = tuple(
        (
            name,
            bare(portrait.cell(SEGMENTS, PERSONS, "count", **{PROFILE: code})),
            *(
                bare(portrait.cell(SEGMENTS, PERSONS, "count", **{PROFILE: code, PARCOURS.name: value}))
                for value in lifecycles
            ),
        )
        for code, name in names.items()
    )
    title = Text("Profils et parcours du collectif", "Profiles and lifecycles of the collective")
    return DataTable("segments", title, columns, rows)
