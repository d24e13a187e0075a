"""What a release holds, fixed before any data are read: tables, their dimensions and every value these may take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from publicc.directory.territories import REGIONS
from publicc.disclosure.recoding import Cut, at_cuts
from publicc.disclosure.tables import Dimension, Table, partition_table
from publicc.kernel.vocabulary import Discipline

Statistic: TypeAlias = Literal["count", "sum", "median", "p25", "p75"]

OUTSIDE: Final = ("CANADA", "FOREIGN", "UNKNOWN")
"""Homes outside Québec's regions: elsewhere in Canada (or Québec without a region), abroad, not known."""

BUYER_REGION: Final = Dimension(
    "buyer_region",
    (*REGIONS, *OUTSIDE),
    (
        ("06",), ("13", "14", "15", "16"), ("05", "17", "04"), ("03", "12"), ("01", "11", "09"), ("02", "10"),
        ("08", "07"), ("CANADA", "FOREIGN"), ("UNKNOWN",),
    ),
)  # fmt: skip
"""Families: Montréal, the regions around it, the south, Québec City, the east, the north, the west, elsewhere."""
MAIN_DISCIPLINE: Final = Dimension(
    "main_discipline",
    tuple(Discipline),
    (
        (Discipline.THEATRE, Discipline.SPOKEN_WORD),
        (Discipline.DANCE, Discipline.CIRCUS),
        (Discipline.CLASSICAL_MUSIC, Discipline.OPERA, Discipline.INSTRUMENTAL_MUSIC),
        (Discipline.SONG_FR, Discipline.SONG_EN, Discipline.SONG_OTHER, Discipline.MUSICAL),
        (Discipline.HUMOUR, Discipline.VARIETY),
        (Discipline.CINEMA, Discipline.EXHIBITION, Discipline.OTHER, Discipline.UNKNOWN),
    ),
)
BREADTH: Final = Dimension("organizations_visited", ("1", "2", "3+"), (("1",), ("2",), ("3+",)))
"""How many organizations a person went to in the period."""
TERRITORY: Final = Dimension("organization_region", (*REGIONS, "OTHER"))
ORGANIZATION_DISCIPLINE: Final = Dimension("organization_discipline", tuple(Discipline))
SIZE: Final = Dimension("organization_size", ("XS", "S", "M", "L", "XL", "UNKNOWN"))
MONTH: Final = Dimension("month", tuple(f"{month:02}" for month in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)))
"""In the order of a season."""
WEEKDAY: Final = Dimension("weekday", tuple(str(day) for day in range(1, 8)))
"""Monday is 1."""
COHORT: Final = (TERRITORY, ORGANIZATION_DISCIPLINE, SIZE)
"""What a group of peers may be cut by."""
GROUP: Final = "group"
"""Column of a permitted custom group; empty for the groups that every member reads."""


@dataclass(frozen=True, slots=True)
class CatalogueTable:
    """One family of cells: the metric, how it is summed up, and the dimensions of which every margin is offered."""

    id: str
    metric: str
    statistics: tuple[Statistic, ...]
    dimensions: tuple[Dimension, ...]
    offered: tuple[tuple[str, ...], ...] | None = None
    """The sets of dimensions by which it is cut; None: every one."""


@dataclass(frozen=True, slots=True)
class ComparedMetric:
    """A figure that is compared between organizations: median and quartiles, one organization one vote."""

    metric: str
    family: str
    least: int = 30
    """An organization votes only when its own figure rests on that many rows of the metric's grain."""


BUYERS: Final = CatalogueTable(
    "buyers",
    "buyer_count",
    ("count",),
    (BUYER_REGION, BREADTH, MAIN_DISCIPLINE),
    (
        (),
        (BUYER_REGION.name,),
        (MAIN_DISCIPLINE.name,),
        (BUYER_REGION.name, MAIN_DISCIPLINE.name),
        (BREADTH.name,),
        (BREADTH.name, MAIN_DISCIPLINE.name),
    ),
)
REVENUE: Final = CatalogueTable("revenue", "ticket_revenue", ("sum",), (TERRITORY, ORGANIZATION_DISCIPLINE))
ADMISSIONS: Final = CatalogueTable("admissions", "admission_count", ("sum",), (TERRITORY, ORGANIZATION_DISCIPLINE))
SUMS: Final = (REVENUE, ADMISSIONS)
SUPPLY: Final = CatalogueTable(
    "supply", "performance_count", ("count",), (MONTH, WEEKDAY), ((MONTH.name,), (WEEKDAY.name,))
)
"""Dates are public: what is kept back is only a month or weekday in which too few organizations play."""
PARCOURS: Final = Dimension("parcours", ("NEW", "RETURNING", "REGULAR", "PASSIONATE"))
"""Where a person stands who came within the year: nobody of them can be dormant or lost."""
PROFILE: Final = "profile"
UNDETERMINED: Final = "UNDETERMINED"
SEGMENTS: Final = "segments"
"""The table that holds persons by profile and parcours."""
PERFORMANCES: Final = 5
COMPARED: Final = (
    *(
        ComparedMetric(metric, "occupancy", PERFORMANCES)
        for metric in ("occupancy_rate", "paid_occupancy_rate", "sold_out_share", "early_sellout_share")
    ),
    ComparedMetric("comp_rate", "occupancy"),
    *(ComparedMetric(metric, "prices") for metric in ("average_price_paid", "median_price_paid", "reduced_share")),
    *(
        ComparedMetric(metric, "prices", PERFORMANCES)
        for metric in ("revenue_per_seat_offered", "financial_utilization")
    ),
    ComparedMetric("discount_rate", "prices"),
    *(ComparedMetric(metric, "pace") for metric in ("lead_time_median", "late_sales_share", "presale_share")),
    *(
        ComparedMetric(metric, "audiences")
        for metric in (
            "new_buyer_share",
            "retention_rate",
            "new_buyer_retention",
            "frequency",
            "multi_buyer_share",
            "subscriber_share",
            "party_size",
            "buyer_growth",
        )
    ),
    *(
        ComparedMetric(metric, "territories")
        for metric in ("distance_median", "out_of_province_share", "foreign_share")
    ),
)
COMPARISON: Final = "comparison"
"""The table that holds every compared metric."""
DIMENSIONS: Final = tuple(
    dimension.name
    for dimension in (
        BUYER_REGION,
        MAIN_DISCIPLINE,
        BREADTH,
        TERRITORY,
        ORGANIZATION_DISCIPLINE,
        SIZE,
        MONTH,
        WEEKDAY,
        Dimension(PROFILE, ()),
        PARCOURS,
    )
)
"""Columns of `cells.parquet` that hold dimension values; empty where a dimension is summed over or not the table's."""


def buyers_table() -> Table:
    """The cells of persons over the finest groups."""
    return partition_table(BUYERS.dimensions, BUYERS.offered)


def buyers_told(certificate: Mapping[str, Any]) -> Table:
    """The same with the cells of the values that a release tells together."""
    return at_cuts(buyers_table(), cuts_of(certificate))


def cuts_of(certificate: Mapping[str, Any]) -> dict[Cut, tuple[tuple[str, ...], ...]]:
    """The values by which a release tells persons: dimensions cut by → the values of each."""
    return {tuple(one["by"]): tuple(tuple(told) for told in one["values"]) for one in certificate.get("cuts", ())}


def segments_catalogue(codes: Sequence[str]) -> CatalogueTable:
    """Persons by profile and parcours, of a model that has these profiles, fixed before any person is counted.

    The same persons as `BUYERS`, and nothing else in common with it: whoever attacks either is given their number.
    """
    profiles = Dimension(PROFILE, (*codes, UNDETERMINED))
    offered = ((PROFILE,), (PARCOURS.name,), (PROFILE, PARCOURS.name))
    return CatalogueTable(SEGMENTS, BUYERS.metric, BUYERS.statistics, (profiles, PARCOURS), offered)


def segments_table(codes: Sequence[str]) -> Table:
    """The cells of persons by profile and parcours; their number is told by the other table of persons alone."""
    told = segments_catalogue(codes)
    return partition_table(told.dimensions, told.offered)
