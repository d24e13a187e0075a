"""What a release holds, fixed before any data are read: tables, their dimensions and every value these may take."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from publicc.directory.territories import REGIONS
from publicc.disclosure.tables import Dimension
from publicc.kernel.vocabulary import Discipline

Statistic: TypeAlias = Literal["count", "sum", "median", "p25", "p75"]

OUTSIDE: Final = ("CANADA", "FOREIGN", "UNKNOWN")
"""Homes outside Québec's regions: elsewhere in Canada (or Québec without a region), abroad, not known."""

BUYER_REGION: Final = Dimension("buyer_region", (*REGIONS, *OUTSIDE))
MAIN_DISCIPLINE: Final = Dimension("main_discipline", tuple(Discipline))
TERRITORY: Final = Dimension("organization_region", (*REGIONS, "OTHER"))
ORGANIZATION_DISCIPLINE: Final = Dimension("organization_discipline", tuple(Discipline))


@dataclass(frozen=True, slots=True)
class CatalogueTable:
    """One family of cells: the metric, how it is summed up, and the dimensions of which every margin is offered."""

    id: str
    metric: str
    statistics: tuple[Statistic, ...]
    dimensions: tuple[Dimension, ...]
    tier: str = "portrait"


BUYERS: Final = CatalogueTable("buyers", "buyer_count", ("count",), (BUYER_REGION, MAIN_DISCIPLINE))
REVENUE: Final = CatalogueTable("revenue", "ticket_revenue", ("sum",), (TERRITORY, ORGANIZATION_DISCIPLINE))
PRICES: Final = CatalogueTable(
    "prices", "average_price_paid", ("median", "p25", "p75"), (TERRITORY, ORGANIZATION_DISCIPLINE)
)
OCCUPANCY: Final = CatalogueTable(
    "occupancy", "occupancy_rate", ("median", "p25", "p75"), (TERRITORY, ORGANIZATION_DISCIPLINE)
)
CATALOGUE: Final = (BUYERS, REVENUE, PRICES, OCCUPANCY)
DIMENSIONS: Final = ("buyer_region", "main_discipline", "organization_region", "organization_discipline")
"""Columns of `cells.parquet` that hold dimension values; empty where a dimension is summed over or not the table's."""
