"""What was paid, and what could have been."""

from functools import partial
from typing import Final

from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Grain, IntervalRule, Metric
from publicc.metrics.definitions.supply import CAPACITY
from publicc.metrics.formulas import Field, complement, dollars, money, money_each, quantile, ratio
from publicc.metrics.sets import PAID, PRICE, PRICED, REVENUE
from publicc.metrics.words import (
    FACED_IN,
    HOUSES_IN,
    HOUSES_OUT,
    NEVER_SHARED,
    PAID_IN,
    PAID_OUT,
    PRICED_IN,
    PRICED_OUT,
    SHOWS_F30,
)

_MEDIAN: Final = Atom("median_cents", Grain.TICKET, "quantile_cont(net_cents, 0.5) FILTER (WHERE is_priced)")
_ORDERS: Final = Atom(
    "priced_orders",
    Grain.TICKET,
    "count(DISTINCT basket) FILTER (WHERE is_priced AND order_id IS NOT NULL)",
)
_ORDERED_CENTS: Final = Atom(
    "ordered_cents", Grain.TICKET, "sum(net_cents) FILTER (WHERE is_priced AND order_id IS NOT NULL)"
)
_FACED: Final = Atom("faced", Grain.TICKET, "count(*) FILTER (WHERE is_priced AND face_cents IS NOT NULL)")
_FACE: Final = Atom("face_cents_sum", Grain.TICKET, "sum(face_cents) FILTER (WHERE is_priced)")
_OFF: Final = Atom(
    "discount_cents", Grain.TICKET, "sum(face_cents - net_cents) FILTER (WHERE is_priced AND face_cents IS NOT NULL)"
)
_MAPPED: Final = Atom("mapped", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND price_group <> 'UNMAPPED')")
_FULL: Final = Atom("full_priced", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND price_group = 'FULL')")
FACE: Final = Field("face_price", PRICED, _FACED)
GROUPED: Final = Field("price_category", PAID, _MAPPED)

_HOUSE: Final = "eligible AND NOT free_performance AND priced * 100 >= paid * 80"
_FULL_HOUSE: Final = f"{_HOUSE} AND full_price_cents > 0"
_HOUSES: Final = Atom("priced_houses", Grain.PERFORMANCE, f"count(*) FILTER (WHERE {_HOUSE})")
_HOUSE_CENTS: Final = Atom("house_cents", Grain.PERFORMANCE, f"sum(revenue_cents) FILTER (WHERE {_HOUSE})")
_HOUSE_SEATS: Final = Atom("house_seats", Grain.PERFORMANCE, f"sum(capacity) FILTER (WHERE {_HOUSE})")
# Both are doubled: a median price may end on half a cent.
_USED: Final = Atom("used_cents", Grain.PERFORMANCE, f"sum(revenue_cents * 2) FILTER (WHERE {_FULL_HOUSE})")
_POSSIBLE: Final = Atom(
    "possible_cents",
    Grain.PERFORMANCE,
    f"sum(CAST(capacity * full_price_cents * 2 AS BIGINT)) FILTER (WHERE {_FULL_HOUSE})",
)
_FULL_HOUSES: Final = Atom("full_priced_houses", Grain.PERFORMANCE, f"count(*) FILTER (WHERE {_FULL_HOUSE})")
_FULL_PRICE: Final = Atom(
    "full_price_middle", Grain.PERFORMANCE, "quantile_cont(full_price_cents, 0.5) FILTER (WHERE played)"
)
_WITH_FULL_PRICE: Final = Atom(
    "with_full_price", Grain.PERFORMANCE, "count(*) FILTER (WHERE played AND full_price_cents IS NOT NULL)"
)
_PAID_SHOWS: Final = Atom("paid_shows", Grain.PERFORMANCE, "count(*) FILTER (WHERE played AND paid > 0)")
FULL_PRICE: Final = Field("full_price", _PAID_SHOWS, _WITH_FULL_PRICE)

_of_prices: Final = partial(
    Metric, unit=Unit.MONEY, counts_in=PRICED_IN, counts_out=PRICED_OUT, grain=Grain.TICKET, base=SHOWS_F30
)
_of_houses: Final = partial(Metric, counts_in=HOUSES_IN, counts_out=HOUSES_OUT, grain=Grain.PERFORMANCE, base=SHOWS_F30)
_of_face_prices: Final = partial(
    Metric,
    counts_in=FACED_IN,
    counts_out=PRICED_OUT,
    grain=Grain.TICKET,
    base=SHOWS_F30,
    needs=(
        "net_price",
        "face_price",
    ),
)

METRICS: Final = (
    Metric(
        id="ticket_revenue",
        label=Text("Revenus de billetterie", "Ticket revenue"),
        unit=Unit.MONEY,
        formula=Text("Σ prix net sur TPk", "Σ net price over TPk"),
        counts_in=PRICED_IN,
        counts_out=PRICED_OUT,
        recipe=money(REVENUE, PRICED, PRICE),
        grain=Grain.TICKET,
        base=NEVER_SHARED,
        needs=("net_price",),
        source="OCCQ",
        examples=("price-1",),
    ),
    Metric(
        id="price_coverage",
        label=Text("Couverture des prix", "Price coverage"),
        unit=Unit.RATIO,
        formula=Text("|TPk| ÷ |TP|", "|TPk| ÷ |TP|"),
        counts_in=PAID_IN,
        counts_out=PAID_OUT,
        recipe=ratio(PRICED, PAID),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("price-1",),
    ),
    _of_prices(
        id="average_price_paid",
        label=Text("Prix moyen payé", "Average price paid"),
        formula=Text("ticket_revenue ÷ |TPk|", "ticket_revenue ÷ |TPk|"),
        recipe=money_each(REVENUE, PRICED, field=PRICE),
        needs=("net_price",),
        source="OCCQ, SecuTix",
        examples=("price-1",),
    ),
    _of_prices(
        id="median_price_paid",
        label=Text("Prix médian payé", "Median price paid"),
        formula=Text("Médiane du prix net sur TPk", "Median net price over TPk"),
        recipe=quantile(_MEDIAN, PRICED, PRICE, dollars),
        needs=("net_price",),
        source="proposed",
        examples=("price-1",),
    ),
    Metric(
        id="full_price",
        label=Text("Plein prix", "Full price"),
        unit=Unit.MONEY,
        formula=Text(
            "Médiane, par représentation, du prix affiché des billets FULL; médiane des représentations",
            "Median face price of FULL tickets of each performance; median over performances",
        ),
        counts_in=Text(
            "Représentations jouées ayant des billets plein tarif à prix affiché.",
            "Performances played with full-price tickets that have a face price.",
        ),
        counts_out=Text("Sans prix affiché.", "Without a face price."),
        recipe=quantile(_FULL_PRICE, _WITH_FULL_PRICE, FULL_PRICE, dollars),
        grain=Grain.PERFORMANCE,
        base=SHOWS_F30,
        needs=("face_price",),
        source="proposed",
        examples=("price-1",),
    ),
    _of_houses(
        id="financial_utilization",
        label=Text("Utilisation financière", "Financial utilization"),
        unit=Unit.RATIO,
        formula=Text("Σ revenus ÷ Σ (jauge × plein prix)", "Σ revenue ÷ Σ (capacity × full price)"),
        recipe=ratio(_USED, _POSSIBLE, n=_FULL_HOUSES, field=FULL_PRICE),
        needs=(
            "capacity",
            "net_price",
            "face_price",
        ),
        source="SecuTix",
        examples=("price-1",),
    ),
    _of_houses(
        id="revenue_per_seat_offered",
        label=Text("Revenu par place offerte", "Revenue per seat offered"),
        unit=Unit.MONEY,
        formula=Text("Σ revenus ÷ Σ jauges, mêmes représentations", "Σ revenue ÷ Σ capacity, same performances"),
        recipe=money_each(_HOUSE_CENTS, _HOUSE_SEATS, n=_HOUSES, field=CAPACITY),
        needs=(
            "capacity",
            "net_price",
        ),
        source="SecuTix, AMS",
        examples=("price-1",),
    ),
    _of_face_prices(
        id="average_discount",
        label=Text("Rabais moyen", "Discount per ticket"),
        unit=Unit.MONEY,
        formula=Text("Σ (affiché − net) ÷ n sur TPk à prix affiché", "Σ (face − net) ÷ n over TPk with face price"),
        recipe=money_each(_OFF, _FACED, field=FACE),
        source="SecuTix",
        examples=("price-1",),
    ),
    _of_face_prices(
        id="discount_rate",
        label=Text("Taux de rabais", "Discount rate"),
        unit=Unit.RATIO,
        formula=Text("Σ (affiché − net) ÷ Σ affiché", "Σ (face − net) ÷ Σ face"),
        recipe=ratio(_OFF, _FACE, n=_FACED, field=FACE),
        source="proposed",
        examples=("price-1",),
    ),
    Metric(
        id="reduced_share",
        label=Text("Part de billets à prix réduit", "Reduced share"),
        unit=Unit.RATIO,
        formula=Text("1 − FULL ÷ TP de groupe tarifaire connu", "1 − FULL ÷ TP with mapped group"),
        counts_in=Text(
            "Billets payants dont le groupe tarifaire est connu; un remboursement partiel ne change pas le tarif.",
            "Paid tickets with a mapped price group; a partial refund does not change the tariff.",
        ),
        counts_out=Text("Billets à classer.", "Tickets to be mapped."),
        recipe=complement(_FULL, _MAPPED, field=GROUPED),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("price_category",),
        interval=IntervalRule.WILSON,
        source="SecuTix",
        examples=("price-1",),
    ),
    _of_prices(
        id="basket_value",
        label=Text("Panier moyen", "Basket"),
        formula=Text("Revenus ÷ transactions ayant ≥ 1 billet de TPk", "Revenue ÷ orders with ≥ 1 ticket of TPk"),
        recipe=money_each(_ORDERED_CENTS, _ORDERS, field=PRICE),
        needs=(
            "net_price",
            "order",
        ),
        source="proposed",
        examples=("cart-1",),
    ),
)
