"""When tickets were bought: how long before the performance, on which day, at which hour."""

from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Atoms, Basis, Context, Grain, IntervalRule, Metric, Scalar
from publicc.metrics.dimensions import LEAD_TIME_BUCKETS
from publicc.metrics.formulas import Field, empty, no_base, quantile, ratio, share_along
from publicc.metrics.sets import PAID
from publicc.metrics.words import LEAD_IN, LEAD_OUT, NEVER_SHARED, PAID_IN, PAID_OUT, SHOWS_F30, SOLD_IN, SOLD_OUT

LED: Final = Atom("led", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND lead_time_days >= 0)")
LEAD: Final = Atom(
    "lead_median", Grain.TICKET, "quantile_cont(lead_time_days, 0.5) FILTER (WHERE is_paid AND lead_time_days >= 0)"
)
_DATED: Final = Atom("dated", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND ordered_on IS NOT NULL)")
_SINGLE: Final = "is_paid AND lead_time_days >= 0 AND price_group NOT IN ('SUBSCRIPTION', 'PASS')"
_LEAD_SINGLE: Final = Atom("lead_single", Grain.TICKET, f"quantile_cont(lead_time_days, 0.5) FILTER (WHERE {_SINGLE})")
_SINGLES: Final = Atom("singles", Grain.TICKET, f"count(*) FILTER (WHERE {_SINGLE})")
_MAPPED: Final = Atom("mapped", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND price_group <> 'UNMAPPED')")
_LATE: Final = Atom("late", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND lead_time_days BETWEEN 0 AND 7)")
_AFTER: Final = Atom("after", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND ordered_on > starts_on)")
_EARLY: Final = Atom("presold", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND ordered_on < general_sale_on)")
_ON_SALE: Final = Atom(
    "on_sale_known",
    Grain.TICKET,
    "count(*) FILTER (WHERE is_paid AND general_sale_on IS NOT NULL AND ordered_on IS NOT NULL)",
)
ORDER_DATE: Final = Field("ordered_on", PAID, _DATED)
_SALE_DAYS: Final = """CASE WHEN general_sale_on IS NOT NULL THEN CAST(date_diff('day', general_sale_on, starts_on) AS DOUBLE)
 ELSE lead_p95 - lead_p05 END"""
_SALE_PERIOD: Final = Atom("sale_period", Grain.PERFORMANCE, f"quantile_cont({_SALE_DAYS}, 0.5) FILTER (WHERE played)")
_PERIODS: Final = Atom("sale_periods", Grain.PERFORMANCE, f"count({_SALE_DAYS}) FILTER (WHERE played)")
_ESTIMATED: Final = Atom(
    "estimated_periods", Grain.PERFORMANCE, "count(lead_p95) FILTER (WHERE played AND general_sale_on IS NULL)"
)
_RECENT: Final = """count(*) FILTER (WHERE ever_paid AND ordered_on <= {day} AND (ticket_status = 'VALID' OR cancelled_on > {day}))"""
_SOLD_NOW: Final = Atom("sold_now", Grain.SALE, _RECENT.format(day="$as_of"))
_SOLD_BEFORE: Final = Atom("sold_before", Grain.SALE, _RECENT.format(day="CAST($as_of - INTERVAL 7 DAY AS DATE)"))


def _of_single_tickets() -> Scalar:
    """The median without subscriptions and passes, where at least 90 % of paid tickets have a mapped group."""

    def compute(atoms: Atoms, _: Context) -> Cell:
        value = atoms.get(_LEAD_SINGLE)
        if atoms.count(_MAPPED) * 10 < atoms.count(PAID) * 9:
            return no_base("price_category")
        return empty(atoms, ORDER_DATE) if value is None else Shown(float(value), n=atoms.count(_SINGLES))

    return Scalar((_LEAD_SINGLE, _SINGLES, _MAPPED, PAID, *ORDER_DATE.atoms), compute)


def _of_sale_periods() -> Scalar:
    """The median over performances, marked estimated when one of them has no declared on-sale day."""

    def compute(atoms: Atoms, _: Context) -> Cell:
        value = atoms.get(_SALE_PERIOD)
        if value is None:
            return no_base("general_sale_on")
        return Shown(float(value), n=atoms.count(_PERIODS), estimated=atoms.count(_ESTIMATED) > 0)

    return Scalar((_SALE_PERIOD, _PERIODS, _ESTIMATED), compute)


def _of_last_days() -> Scalar:
    def compute(atoms: Atoms, _: Context) -> Cell:
        return Shown(atoms.count(_SOLD_NOW) - atoms.count(_SOLD_BEFORE), n=atoms.count(_SOLD_NOW))

    return Scalar((_SOLD_NOW, _SOLD_BEFORE), compute)


_of_lead_times: Final = partial(Metric, counts_in=LEAD_IN, counts_out=LEAD_OUT, grain=Grain.TICKET, base=SHOWS_F30)

METRICS: Final = (
    _of_lead_times(
        id="lead_time_days",
        label=Text("Délai d'achat", "Lead time"),
        unit=Unit.DAYS,
        formula=Text(
            "Médiane de (date de la représentation − date d'achat)", "Median of (performance date − order date)"
        ),
        recipe=quantile(LEAD, LED, ORDER_DATE),
        needs=("ordered_on",),
        source="SecuTix",
        examples=("lead-1",),
    ),
    _of_lead_times(
        id="lead_time_median",
        label=Text("Délai d'achat médian", "Median lead time"),
        unit=Unit.DAYS,
        formula=Text(
            "Médiane de (date de la représentation − date d'achat)", "Median of (performance date − order date)"
        ),
        recipe=quantile(LEAD, LED, ORDER_DATE),
        needs=("ordered_on",),
        source="proposed",
        examples=("lead-1",),
    ),
    _of_lead_times(
        id="lead_time_median_single",
        label=Text("Délai d'achat médian, hors abonnements", "Median lead time, single tickets"),
        unit=Unit.DAYS,
        formula=Text(
            "Même médiane sans SUBSCRIPTION ni PASS, si ≥ 90 % de TP ont un groupe tarifaire",
            "Same median without SUBSCRIPTION and PASS, if ≥ 90% of TP have a mapped group",
        ),
        recipe=_of_single_tickets(),
        needs=(
            "ordered_on",
            "price_category",
        ),
        source="proposed",
        examples=("lead-1",),
    ),
    _of_lead_times(
        id="lead_time_bucket_share",
        label=Text("Répartition du délai d'achat", "Lead time buckets"),
        unit=Unit.RATIO,
        formula=Text(
            "Part par tranche : 0 · 1–7 · 8–30 · 31–90 · 91–180 · 181+ jours",
            "Share by bucket: 0 · 1–7 · 8–30 · 31–90 · 91–180 · 181+ days",
        ),
        recipe=share_along(
            ("lead_time_bucket",), PAID, missing=ORDER_DATE, categories=tuple((one,) for one in LEAD_TIME_BUCKETS)
        ),
        needs=("ordered_on",),
        source="SecuTix",
        examples=("lead-1",),
    ),
    _of_lead_times(
        id="late_sales_share",
        label=Text("Ventes tardives", "Late sales"),
        unit=Unit.RATIO,
        formula=Text(
            "Billets achetés de 0 à 7 jours avant ÷ billets de délai connu",
            "Tickets ordered 0 to 7 days before ÷ tickets with a lead time",
        ),
        recipe=ratio(_LATE, LED, field=ORDER_DATE),
        needs=("ordered_on",),
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("lead-1",),
    ),
    Metric(
        id="late_entry_share",
        label=Text("Saisies après coup", "Late entries"),
        unit=Unit.RATIO,
        formula=Text(
            "TP achetés après la date de la représentation ÷ TP", "TP ordered after the performance date ÷ TP"
        ),
        counts_in=PAID_IN,
        counts_out=PAID_OUT,
        recipe=ratio(_AFTER, PAID),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("ordered_on",),
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("lead-1",),
    ),
    Metric(
        id="presale_share",
        label=Text("Part de la prévente", "Presale share"),
        unit=Unit.RATIO,
        formula=Text(
            "TP achetés avant la vente générale ÷ TP dont la vente générale est connue",
            "TP ordered before general on-sale ÷ TP with on-sale known",
        ),
        counts_in=PAID_IN,
        counts_out=PAID_OUT,
        recipe=ratio(_EARLY, _ON_SALE, field=Field("general_sale_on", PAID, _ON_SALE)),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=(
            "ordered_on",
            "general_sale_on",
        ),
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("cart-1",),
    ),
    Metric(
        id="purchase_grid",
        label=Text("Achats par jour et heure", "Purchases by weekday and hour"),
        unit=Unit.RATIO,
        formula=Text(
            "Part des billets par jour de la semaine × heure d'achat", "Share of tickets per weekday × hour of order"
        ),
        counts_in=PAID_IN,
        counts_out=Text(
            "Achats sans heure; faveurs, gratuités.", "Orders without an hour; complimentary and free tickets."
        ),
        recipe=share_along(("order_weekday", "order_hour"), PAID, missing="order_time"),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("order_time",),
        source="Synapse C 2019",
        examples=("cart-1",),
    ),
    Metric(
        id="sale_period_days",
        label=Text("Période de vente", "Sale period"),
        unit=Unit.DAYS,
        formula=Text(
            "Date de la représentation − vente générale; sinon p95 − p05 des délais (estimé); médiane des représentations",
            "Performance date − general on-sale date; else p95 − p05 of lead times (estimated); median over performances",
        ),
        counts_in=Text("Représentations jouées.", "Performances played."),
        counts_out=Text("Ni vente générale ni date d'achat.", "Neither on-sale day nor order dates."),
        recipe=_of_sale_periods(),
        grain=Grain.PERFORMANCE,
        base=SHOWS_F30,
        needs=("ordered_on",),
        source="proposed",
        examples=("lead-1",),
    ),
    Metric(
        id="sales_last_7d",
        label=Text("Ventes, 7 jours", "Sales, last 7 days"),
        unit=Unit.TICKETS,
        formula=Text("vendus(jour de calcul) − vendus(jour de calcul − 7)", "sold(as_of) − sold(as_of − 7)"),
        counts_in=SOLD_IN,
        counts_out=SOLD_OUT,
        recipe=_of_last_days(),
        grain=Grain.SALE,
        base=NEVER_SHARED,
        needs=("ordered_on",),
        source="proposed",
        basis=Basis.SALES,
        examples=("curve-1",),
    ),
)
