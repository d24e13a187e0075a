"""One's own mix of profiles beside that of the collective: released cells, rounded, never another organization's."""

from collections.abc import Mapping
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable
from publicc.dashboards.wording import said, shown_value
from publicc.kernel.cells import Cell, Shown, Withheld
from publicc.kernel.formats import Unit, period_words
from publicc.kernel.text import Text
from publicc.metrics.answers import Row
from publicc.metrics.definition import UNKNOWN
from publicc.releases.contents import BUYERS, PROFILE, SEGMENTS, UNDETERMINED
from publicc.releases.portrait import Portrait

_MODEL: Final = "SELECT version FROM profile_model"


def beside_the_collective(asker: Asker, names: Mapping[str, Text]) -> tuple[Chart, ...]:
    """Shares of one's own buyers of the released period, and of the people of the collective, by profile.

    `names`: code → name, the undetermined under the code of what is not known. Nothing when the release was made
    without a model, or by another version of it: two versions are never put side by side.
    """
    released = asker.collective
    if released is None or not released.profiles or released.certificate["profiles"]["version"] != _version(asker):
        return ()
    own = {row.dims["profile"]: row.cells["buyer_count"] for row in _own(asker, released)}
    buyers = sum(int(shown_value(cell) or 0) for cell in own.values())
    everyone = released.cell(BUYERS.id, "buyer_count", "count")
    if not buyers or not isinstance(everyone, Shown):
        return ()
    rows = tuple(
        (
            name,
            Shown(float(shown_value(own.get(code, Shown(0))) or 0) / buyers, n=buyers),
            _share(released, code, everyone),
        )
        for code, name in names.items()
    )
    return (_chart(rows, released, buyers),)


def _version(asker: Asker) -> str:
    found = asker.facts.connection.execute(_MODEL).fetchone()
    return str(found[0]) if found else ""


def _own(asker: Asker, released: Portrait) -> tuple[Row, ...]:
    return asker.over(released.period).rows("buyer_count", by="profile")


def _share(released: Portrait, code: str, everyone: Shown) -> Cell:
    cell = released.cell(SEGMENTS, "buyer_count", "count", **{PROFILE: UNDETERMINED if code == UNKNOWN else code})
    return Shown(float(cell.value) / float(everyone.value)) if isinstance(cell, Shown) else cell


def _chart(rows: tuple[tuple[Text, Shown, Cell], ...], released: Portrait, buyers: int) -> Chart:
    period = Text(period_words(released.period, "fr"), period_words(released.period, "en"))
    columns = (
        Column("profile", Text("Profil", "Profile")),
        Column("own", Text("Chez vous", "Yours"), Unit.RATIO, 0),
        Column("collective", Text("Collectif", "Collective"), Unit.RATIO, 0),
    )
    held = any(isinstance(row[2], Withheld) for row in rows)
    return Chart(
        id="profile-mix",
        kind="ranked_bars",
        title=_title(rows),
        subtitle=Text(
            "Part de vos acheteurs de chaque profil, {period}, sans filtre; le trait est le collectif; n = {n}",
            "Share of your buyers of each profile, {period}, no filter; the mark is the collective; n = {n}",
        ).filled(period=period, n=said(buyers, Unit.COUNT)),
        summary=Text("Barres de vos parts, traits de celles du collectif.",
                     "Bars of your shares, marks of the collective's."),
        table=DataTable("profile-mix", Text("Vos profils et ceux du collectif", "Your profiles and the collective's"),
                        columns, rows),
        metrics=("buyer_count",),
        note=_HELD if held else _NOTE,
    )  # fmt: skip


_NOTE: Final = Text(
    "Chez vous, d'après vos ventes seules. Dans le collectif, d'après les sorties chez tous les membres, vous compris "
    "(chiffres publiés, arrondis).",
    "Yours, by your own sales alone. The collective's, by outings at all members, you included: published figures, "
    "rounded.",
)
_HELD: Final = Text(f"{_NOTE.fr} Sans trait : masqué.", f"{_NOTE.en} No mark: withheld.")


def _title(rows: tuple[tuple[Text, Shown, Cell], ...]) -> Text:
    """The profile that sets one most apart, among those that the collective tells."""
    told = [(name, float(own.value), float(of_all.value)) for name, own, of_all in rows if isinstance(of_all, Shown)]
    if not told:
        return Text("Vos profils et ceux du collectif", "Your profiles and the collective's")
    name, own, of_all = max(told, key=lambda one: abs(one[1] - one[2]))
    return Text(
        "{profile} : {own} chez vous, {all} dans le collectif", "{profile}: {own} of yours, {all} of the collective"
    ).filled(profile=name, own=said(own, Unit.RATIO, 0), all=said(of_all, Unit.RATIO, 0))
