"""Who bought: how many persons, how often, how much. Orders know buyers, never the person in the seat."""

from functools import partial
from typing import Final

from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Grain, IntervalRule, Metric
from publicc.metrics.dimensions import BREADTHS, FREQUENCY_BANDS
from publicc.metrics.formulas import counted, money_each, quantile, ratio, share_along
from publicc.metrics.sets import BUYER, BUYERS, PAID, PERSONAL
from publicc.metrics.words import BUYERS_IN, BUYERS_OUT, PAID_IN, PAID_OUT, PERSONS_F30

_PERSONAL_CENTS: Final = Atom("personal_cents", Grain.TICKET, "sum(net_cents) FILTER (WHERE is_priced AND individual)")
HEADS: Final = Atom("heads", Grain.BUYER, "count(*)")
VISITS: Final = Atom("visits_made", Grain.BUYER, "sum(visits)")
_AGAIN: Final = Atom("came_again", Grain.BUYER, "count(*) FILTER (WHERE visits >= 2)")
_SUBSCRIBED: Final = Atom("subscribers", Grain.BUYER, "count(*) FILTER (WHERE subscribed)")
_RECENCY: Final = Atom("recency", Grain.BUYER, "quantile_cont(date_diff('day', latest_on, $as_of), 0.5)")

_of_buyers: Final = partial(
    Metric, counts_in=BUYERS_IN, counts_out=BUYERS_OUT, grain=Grain.TICKET, base=PERSONS_F30, source="–"
)

METRICS: Final = (
    _of_buyers(
        id="buyer_count",
        label=Text("Acheteurs", "Buyers"),
        unit=Unit.PERSONS,
        formula=Text("|B(P)|", "|B(P)|"),
        recipe=counted(BUYERS, BUYER),
        needs=("buyer",),
        examples=("base-1",),
    ),
    Metric(
        id="buyer_coverage",
        label=Text("Billets d'acheteurs identifiés", "Identified share"),
        unit=Unit.RATIO,
        formula=Text("TP de personnes identifiées ÷ TP", "TP of identified individuals ÷ TP"),
        counts_in=PAID_IN,
        counts_out=PAID_OUT,
        recipe=ratio(PERSONAL, PAID),
        grain=Grain.TICKET,
        base=PERSONS_F30,
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("cart-1",),
    ),
    _of_buyers(
        id="tickets_per_buyer",
        label=Text("Billets par acheteur", "Tickets per buyer"),
        unit=Unit.PLAIN,
        formula=Text("TP de personnes ÷ B(P)", "TP of individuals ÷ B(P)"),
        recipe=ratio(PERSONAL, BUYERS, field=BUYER),
        needs=("buyer",),
        examples=("cart-1",),
    ),
    _of_buyers(
        id="spend_per_buyer",
        label=Text("Dépense par acheteur", "Spend per buyer"),
        unit=Unit.MONEY,
        formula=Text("Prix net de TPk de personnes ÷ B(P)", "Net price of TPk of individuals ÷ B(P)"),
        recipe=money_each(_PERSONAL_CENTS, BUYERS, field=BUYER),
        needs=(
            "buyer",
            "net_price",
        ),
        examples=("cart-1",),
    ),
    Metric(
        id="multi_buyer_share",
        label=Text("Venus plus d'une fois", "More than once"),
        unit=Unit.RATIO,
        formula=Text("Acheteurs de ≥ 2 visites ÷ B(P)", "Buyers with ≥ 2 visits ÷ B(P)"),
        counts_in=BUYERS_IN,
        counts_out=BUYERS_OUT,
        recipe=ratio(_AGAIN, HEADS),
        grain=Grain.BUYER,
        base=PERSONS_F30,
        needs=("buyer",),
        interval=IntervalRule.WILSON,
        source="Spektrix",
        examples=("base-1",),
    ),
    Metric(
        id="subscriber_share",
        label=Text("Abonnés", "Subscribers"),
        unit=Unit.RATIO,
        formula=Text("Acheteurs ayant ≥ 1 billet SUBSCRIPTION ÷ B(P)", "Buyers with ≥ 1 SUBSCRIPTION ticket ÷ B(P)"),
        counts_in=BUYERS_IN,
        counts_out=BUYERS_OUT,
        recipe=ratio(_SUBSCRIBED, HEADS),
        grain=Grain.BUYER,
        base=PERSONS_F30,
        needs=(
            "buyer",
            "price_category",
        ),
        interval=IntervalRule.WILSON,
        source="–",
        examples=("cart-1",),
    ),
    Metric(
        id="recency_median",
        label=Text("Depuis la dernière visite", "Since the last visit"),
        unit=Unit.DAYS,
        formula=Text("Médiane de (jour de calcul − dernière visite)", "Median of `as_of` − last visit"),
        counts_in=BUYERS_IN,
        counts_out=BUYERS_OUT,
        recipe=quantile(_RECENCY, HEADS),
        grain=Grain.BUYER,
        base=PERSONS_F30,
        needs=("buyer",),
        source="–",
        examples=("base-1",),
    ),
    Metric(
        id="frequency_band_share",
        label=Text("Bandes de fréquence", "Frequency bands"),
        unit=Unit.RATIO,
        formula=Text(
            "Part des acheteurs à 1 · 2 · 3 · 4–10 · > 10 visites",
            "Share of buyers with 1 · 2 · 3 · 4–10 · > 10 visits",
        ),
        counts_in=BUYERS_IN,
        counts_out=BUYERS_OUT,
        recipe=share_along(("frequency_band",), HEADS, categories=tuple((band,) for band in FREQUENCY_BANDS)),
        grain=Grain.BUYER,
        base=PERSONS_F30,
        needs=("buyer",),
        source="Purple Seven",
        examples=("base-1",),
    ),
    Metric(
        id="breadth_share",
        label=Text("Exploration", "Breadth"),
        unit=Unit.RATIO,
        formula=Text(
            "Part des acheteurs de 1, 2, ≥ 3 disciplines en 24 mois",
            "Share of buyers with 1, 2, ≥ 3 disciplines in 24 months",
        ),
        counts_in=BUYERS_IN,
        counts_out=BUYERS_OUT,
        recipe=share_along(("breadth",), HEADS, missing="discipline", categories=tuple((one,) for one in BREADTHS)),
        window_months=24,
        grain=Grain.BUYER,
        base=PERSONS_F30,
        needs=(
            "buyer",
            "discipline",
        ),
        source="proposed",
        examples=("flow-1",),
    ),
)
