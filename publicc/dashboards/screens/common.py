"""What screens share: tiles from metrics, tables from rows, and the notices that qualify every figure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlencode

from publicc.dashboards.asking import Asker
from publicc.dashboards.filters import NAMES
from publicc.dashboards.page import Column, DataTable, Notice, Tile, Value
from publicc.dashboards.wording import counted, said, words
from publicc.directory.areas import AREA_NAME, sources
from publicc.directory.official.layers import Layer
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit, month
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import EventType
from publicc.metrics.answers import Row
from publicc.metrics.definition import UNKNOWN
from publicc.metrics.dimensions import DIMENSIONS
from publicc.metrics.registry import METRICS

_WARN_BELOW: Final = {
    "postal_coverage": 0.70,
    "buyer_coverage": 0.60,
    "capacity_coverage": 0.80,
    "price_coverage": 0.80,
}
_COVERAGE: Final = {
    "postal_coverage": Text("Codes postaux connus : {share}.", "Postal codes known: {share}."),
    "buyer_coverage": Text(
        "Billets d'acheteurs identifiés : {share}. Les chiffres d'acheteurs sont à lire avec prudence.",
        "Tickets of identified buyers: {share}. Read figures of buyers with caution.",
    ),
    "capacity_coverage": Text(
        "Jauges connues : {share} des représentations.", "Capacities known: {share} of performances."
    ),
    "price_coverage": Text("Prix connus : {share} des billets payants.", "Prices known: {share} of paid tickets."),
}
_ABSENT: Final = {
    "postal_coverage": Text(
        "Codes postaux absents : la provenance ne peut pas être calculée.",
        "No postal codes: origins cannot be computed.",
    ),
    "buyer_coverage": Text(
        "Aucun acheteur identifié : les chiffres d'acheteurs ne peuvent pas être calculés.",
        "No identified buyer: figures of buyers cannot be computed.",
    ),
    "capacity_coverage": Text(
        "Jauges absentes : le taux d'occupation ne peut pas être calculé.",
        "No capacities: occupancy cannot be computed.",
    ),
    "price_coverage": Text(
        "Prix absents : les revenus ne peuvent pas être calculés.", "No prices: revenue cannot be computed."
    ),
}


_NO_SUCH_FILTER: Final = Text(
    "Un filtre de l'adresse n'existe pas ici; il a été retiré.",
    "A filter of the address does not exist here; it was removed.",
)
_GONE_SHOW: Final = Text(
    "Le spectacle de cette adresse n'existe plus ici : il a été réuni à un autre ou retiré d'un dépôt. Tous les "
    "spectacles sont montrés; choisir le bon dans le filtre, puis garder la vue de nouveau.",
    "The show of this address no longer exists here: it was merged with another or removed from a deposit. All shows "
    "are shown; choose the right one in the filter, then keep the view again.",
)


def areas_name(asker: Asker) -> Text:
    """What a map draws: official limits once they are imported, else inhabited areas that are not limits."""
    if Layer.FSA_LIMITS in asker.imported:
        return Text("limites officielles simplifiées", "official limits, simplified")
    return Text(AREA_NAME.fr.lower(), AREA_NAME.en.lower())


def areas_attribution(asker: Asker) -> Text:
    """The line that must stand beside a map."""
    official = asker.imported.get(Layer.FSA_LIMITS)
    return official.attribution if official else sources()["fsa_areas"].attribution


def tile(metric_id: str, cells: Mapping[str, Cell], before: Mapping[str, Cell] | None = None) -> Tile:
    """A metric as a tile, with the same figure a season earlier when there is one."""
    one = METRICS[metric_id]
    return Tile(
        metric=metric_id,
        label=one.label,
        cell=cells[metric_id],
        unit=one.unit,
        decimals=one.decimals or None,
        before=before[metric_id] if before else None,
    )


def figure_column(metric_id: str, *, label: Text | None = None, bar: bool = False) -> Column:
    """The column of a metric."""
    one = METRICS[metric_id]
    return Column(metric_id, label or one.label, one.unit, one.decimals or None, bar)


def table_of(
    table_id: str,
    title: Text,
    rows: Iterable[Row],
    *,
    by: str,
    metrics: Sequence[str],
    names: Mapping[str, str] | None = None,
) -> DataTable:
    """A table with one row a value of `by`, in the order of the rows given."""
    head = Column(by, DIMENSIONS[by].label)
    lines = tuple((named(by, row.dims[by], names), *(row.cells[metric_id] for metric_id in metrics)) for row in rows)
    return DataTable(table_id, title, (head, *(figure_column(one) for one in metrics)), lines)


def named(dimension: str, value: str, names: Mapping[str, str] | None = None) -> Value:
    """How a value of a dimension is read: its label, the organization's own title, or the code itself."""
    labels = DIMENSIONS[dimension].labels
    if labels and value in labels:
        return labels[value]
    if names and value in names:
        return names[value]
    if value == UNKNOWN:
        return Text("inconnu", "unknown")
    return value


def leads_to_shows(show_ids: Iterable[str]) -> tuple[str, ...]:
    """For each show, the address of its own page from that of another screen."""
    return tuple("" if one == UNKNOWN else f"../show/?{urlencode({'show': one})}" for one in show_ids)


def by_figure(rows: Iterable[Row], metric_id: str) -> list[Row]:
    """Rows from the greatest figure to the least; rows without one last, ties by their key."""

    def place(row: Row) -> tuple[int, float, str]:
        cell = row.cells[metric_id]
        return (0, -float(cell.value), str(row.dims)) if isinstance(cell, Shown) else (1, 0.0, str(row.dims))

    return sorted(rows, key=place)


def coverage_notices(asker: Asker, *coverages: str) -> tuple[Notice, ...]:
    """Says what share of rows carries what the figures stand on, when it is too low to be silent about."""
    found: list[Notice] = []
    for metric_id, cell in asker.figures(*coverages).items():
        never = isinstance(cell, Unknown) and cell.reason is UnknownReason.NO_DATA
        if never or (isinstance(cell, Shown) and cell.value == 0):
            found.append(Notice("missing", _ABSENT[metric_id]))
        elif isinstance(cell, Shown) and cell.value < _WARN_BELOW[metric_id]:
            found.append(Notice("warning", _COVERAGE[metric_id].filled(share=words(cell, Unit.RATIO, 0))))
    return tuple(found)


def _scope_notices(asker: Asker) -> list[Notice]:
    kinds = asker.known.out_of_scope(asker.facts)
    if not kinds:
        return []
    told = [
        Text("{what} : {n}", "{what}: {n}").filled(what=EventType(kind).label, n=said(count, Unit.COUNT))
        for kind, count in kinds.items()
    ]
    return [
        Notice(
            "warning",
            Text(
                f"Rien n'est compté ici : aucune de vos représentations n'est un spectacle de la scène "
                f"({', '.join(one.fr for one in told).lower()}). Si ce sont des spectacles, donner leur type "
                "au prochain dépôt.",
                f"Nothing is counted here: none of your performances is of the performing arts "
                f"({', '.join(one.en for one in told).lower()}). If they are, give their type at the next deposit.",
            ),
            link="deposits",
            link_words=Text("Vos dépôts", "Your deposits"),
        )
    ]


def filter_notices(asker: Asker, metrics: Iterable[str]) -> tuple[Notice, ...]:
    """Says which figures the filters in use cannot cut, which values of the address meant nothing, what is no show."""
    found: list[Notice] = _scope_notices(asker)
    if asker.filters.dropped:
        found.append(
            Notice(
                "info",
                _GONE_SHOW if "show" in asker.filters.dropped else _NO_SUCH_FILTER,
            )
        )
    deaf = [METRICS[one].label for one in metrics if not asker.can_answer(one)]
    if deaf:
        names = [NAMES[dimension] for dimension, _ in asker.filters.where]
        found.append(
            Notice(
                "info",
                Text(
                    f"Sans objet avec ce filtre ({', '.join(n.fr for n in names).lower()}) : "
                    f"{', '.join(d.fr for d in deaf).lower()}.",
                    f"Not applicable with this filter ({', '.join(n.en for n in names).lower()}): "
                    f"{', '.join(d.en for d in deaf).lower()}.",
                ),
            )
        )
    return tuple(found)


def month_name(value: str) -> Text:
    """`2019-02` → `février 2019`."""
    first = date.fromisoformat(f"{value}-01")
    return Text(month(first, "fr"), month(first, "en"))


def capital(text: Text) -> Text:
    """The same words at the head of a sentence."""
    return Text(text.fr[:1].upper() + text.fr[1:], text.en[:1].upper() + text.en[1:])


def of_shows(n: int) -> Text:
    """`12 spectacles`."""
    return counted(n, Text("spectacle", "show"), Text("spectacles", "shows"))
