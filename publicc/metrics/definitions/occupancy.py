"""How full the seats were."""

from functools import partial
from typing import Final

from publicc.kernel.cells import Cell
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Atoms, Context, Grain, IntervalRule, Metric, Scalar
from publicc.metrics.definitions.supply import CAPACITY
from publicc.metrics.formulas import Field, complement, no_data, ratio
from publicc.metrics.words import SEATED_IN, SEATED_OUT, SHOWS_F30

ELIGIBLE: Final = Atom("eligible_performances", Grain.PERFORMANCE, "count(*) FILTER (WHERE eligible)")
ADMISSIONS: Final = Atom("eligible_admissions", Grain.PERFORMANCE, "sum(admissions) FILTER (WHERE eligible)")
_PAID: Final = Atom("eligible_paid", Grain.PERFORMANCE, "sum(paid) FILTER (WHERE eligible)")
SEATS: Final = Atom("eligible_seats", Grain.PERFORMANCE, "sum(capacity) FILTER (WHERE eligible)")
_FULL: Final = Atom(
    "full_houses",
    Grain.PERFORMANCE,
    "count(*) FILTER (WHERE eligible AND (admissions * 100 >= capacity * 98 OR soldout_since IS NOT NULL))",
)
_FULL_EARLY: Final = Atom(
    "early_full_houses", Grain.PERFORMANCE, "count(*) FILTER (WHERE eligible AND early * 100 >= capacity * 98)"
)
_SCANNED_SHOW: Final = "played AND admissions > 0 AND scanned * 2 >= admissions"
_SCANNED: Final = Atom("scanned", Grain.PERFORMANCE, f"sum(scanned) FILTER (WHERE {_SCANNED_SHOW})")
_EXPECTED: Final = Atom("expected", Grain.PERFORMANCE, f"sum(admissions) FILTER (WHERE {_SCANNED_SHOW})")
_ALL_ADMISSIONS: Final = Atom("all_admissions", Grain.PERFORMANCE, "sum(admissions) FILTER (WHERE played)")
_ALL_SCANS: Final = Atom("all_scans", Grain.PERFORMANCE, "sum(scans_known) FILTER (WHERE played)")


def _zones() -> Scalar:
    def compute(_: Atoms, __: Context) -> Cell:
        return no_data("zone_capacity")

    return Scalar((), compute)


_of_seats: Final = partial(
    Metric, unit=Unit.RATIO, counts_in=SEATED_IN, counts_out=SEATED_OUT, grain=Grain.PERFORMANCE, base=SHOWS_F30
)

METRICS: Final = (
    _of_seats(
        id="occupancy_rate",
        label=Text("Taux d'occupation", "Occupancy"),
        formula=Text("Σ entrées de PE ÷ Σ jauges de PE", "Σ_PE admissions ÷ Σ_PE capacity"),
        recipe=ratio(ADMISSIONS, SEATS, n=ELIGIBLE, field=CAPACITY),
        needs=("capacity",),
        source="OCCQ",
        examples=("occ-1",),
    ),
    Metric(
        id="paid_occupancy_rate",
        label=Text("Taux d'occupation payante", "Paid occupancy"),
        unit=Unit.RATIO,
        formula=Text("Σ entrées payantes de PE ÷ Σ jauges de PE", "Σ_PE paid admissions ÷ Σ_PE capacity"),
        counts_in=Text(
            "Entrées payantes des mêmes représentations que le taux d'occupation.",
            "Paid admissions of the same performances as occupancy.",
        ),
        counts_out=SEATED_OUT,
        recipe=ratio(_PAID, SEATS, n=ELIGIBLE, field=CAPACITY),
        grain=Grain.PERFORMANCE,
        base=SHOWS_F30,
        needs=("capacity",),
        source="proposed",
        examples=("occ-1",),
    ),
    _of_seats(
        id="sold_out_share",
        label=Text("Représentations complètes", "Sold-out share"),
        formula=Text(
            "PE à ≥ 98 % de la jauge, ou dites complètes ÷ |PE|",
            "PE with admissions ≥ 98% of capacity, or sold out ÷ |PE|",
        ),
        recipe=ratio(_FULL, ELIGIBLE, field=CAPACITY),
        needs=("capacity",),
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("full-1",),
    ),
    _of_seats(
        id="early_sellout_share",
        label=Text("Complètes tôt", "Early sell-out"),
        formula=Text(
            "PE dont les billets valides achetés ≥ 14 jours avant atteignent 98 % de la jauge ÷ |PE|",
            "PE whose valid tickets ordered ≥ 14 days before reach 98% of capacity ÷ |PE|",
        ),
        recipe=ratio(_FULL_EARLY, ELIGIBLE, field=CAPACITY),
        needs=("capacity", "ordered_on"),
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("full-1",),
    ),
    Metric(
        id="no_show_rate",
        label=Text("Taux d'absence", "No-show rate"),
        unit=Unit.RATIO,
        formula=Text("1 − billets scannés ÷ entrées", "1 − scanned ÷ admissions"),
        counts_in=Text(
            "Représentations dont au moins la moitié des billets sont scannés.",
            "Performances with at least half of the tickets scanned.",
        ),
        counts_out=Text("Sans contrôle à la porte.", "Without door control."),
        recipe=complement(_SCANNED, _EXPECTED, field=Field("is_scanned", _ALL_ADMISSIONS, _ALL_SCANS)),
        grain=Grain.PERFORMANCE,
        base=SHOWS_F30,
        needs=("is_scanned",),
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("full-1",),
    ),
    Metric(
        id="zone_sell_through",
        label=Text("Vente par zone", "Sell-through by zone"),
        unit=Unit.RATIO,
        formula=Text("Entrées ÷ places, par zone de prix", "Admissions ÷ capacity, by price zone"),
        counts_in=SEATED_IN,
        counts_out=Text("Zones dont les places ne sont pas connues.", "Zones whose seats are not known."),
        recipe=_zones(),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("zone_capacity",),
        source="proposed",
        examples=("full-1",),
    ),
)
