"""How many came, and how many of them paid."""

from typing import Final

from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Grain, IntervalRule, Metric
from publicc.metrics.formulas import counted, ratio, share_along
from publicc.metrics.sets import ADMISSIONS, PAID
from publicc.metrics.words import NEVER_SHARED, PAID_IN, PAID_OUT, SHOWS_F30, VALID_IN, VALID_OUT

_COMPS: Final = Atom("comps", Grain.TICKET, "count(*) FILTER (WHERE is_comp)")
_PAID_OR_COMP: Final = Atom("paid_or_comp", Grain.TICKET, "count(*) FILTER (WHERE is_paid OR is_comp)")
_GIVEN_BACK: Final = Atom(
    "given_back", Grain.TICKET, "count(*) FILTER (WHERE ever_paid AND ticket_status IN ('CANCELLED', 'REFUNDED'))"
)
_EVER_SOLD: Final = Atom(
    "ever_sold",
    Grain.TICKET,
    "count(*) FILTER (WHERE ever_paid AND ticket_status IN ('VALID', 'CANCELLED', 'REFUNDED'))",
)
_SEATINGS: Final = Atom(
    "seatings",
    Grain.TICKET,
    "count(DISTINCT seating) FILTER (WHERE is_paid AND order_id IS NOT NULL)",
)
_ORDERED: Final = Atom("ordered", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND order_id IS NOT NULL)")

METRICS: Final = (
    Metric(
        id="admission_count",
        label=Text("Entrées", "Admissions"),
        unit=Unit.COUNT,
        formula=Text("|TV|", "|TV|"),
        counts_in=VALID_IN,
        counts_out=VALID_OUT,
        recipe=counted(ADMISSIONS),
        grain=Grain.TICKET,
        base=NEVER_SHARED,
        source="OCCQ",
        examples=("occ-1", "price-1"),
    ),
    Metric(
        id="paid_admission_count",
        label=Text("Entrées payantes", "Paid admissions"),
        unit=Unit.COUNT,
        formula=Text("|TP|", "|TP|"),
        counts_in=PAID_IN,
        counts_out=PAID_OUT,
        recipe=counted(PAID),
        grain=Grain.TICKET,
        base=NEVER_SHARED,
        source="OCCQ",
        examples=("occ-1", "price-1"),
    ),
    Metric(
        id="comp_rate",
        label=Text("Taux de faveurs", "Comp rate"),
        unit=Unit.RATIO,
        formula=Text("|TC| ÷ (|TP| + |TC|)", "|TC| ÷ (|TP| + |TC|)"),
        counts_in=Text("Billets payants et faveurs.", "Paid and complimentary tickets."),
        counts_out=Text(
            "Représentations gratuites; billets annulés ou remboursés.",
            "Free performances; cancelled or refunded tickets.",
        ),
        recipe=ratio(_COMPS, _PAID_OR_COMP),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("occ-1",),
    ),
    Metric(
        id="party_size",
        label=Text("Billets par sortie", "Tickets per outing"),
        unit=Unit.PLAIN,
        formula=Text("|TP| ÷ (transaction, représentation) distinctes", "|TP| ÷ distinct (order, performance)"),
        counts_in=PAID_IN,
        counts_out=PAID_OUT,
        recipe=ratio(_ORDERED, _SEATINGS),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        source="proposed",
        examples=("cart-1",),
    ),
    Metric(
        id="refund_rate",
        label=Text("Taux de remboursement", "Refund rate"),
        unit=Unit.RATIO,
        formula=Text(
            "Billets payants remboursés ou annulés ÷ billets payants jamais vendus, valides ou non",
            "Paid tickets refunded or cancelled ÷ paid tickets ever sold",
        ),
        counts_in=Text(
            "Billets payants valides, remboursés ou annulés des représentations jouées.",
            "Paid tickets of performances played, valid, refunded or cancelled.",
        ),
        counts_out=Text(
            "Représentations annulées, faveurs, gratuités, échanges, réservations.",
            "Cancelled performances, complimentary and free tickets, exchanges, reservations.",
        ),
        recipe=ratio(_GIVEN_BACK, _EVER_SOLD),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("cart-1",),
    ),
    Metric(
        id="channel_share",
        label=Text("Canaux", "Channels"),
        unit=Unit.RATIO,
        formula=Text("TP par canal ÷ TP", "TP per channel ÷ TP"),
        counts_in=PAID_IN,
        counts_out=PAID_OUT,
        recipe=share_along(("channel",), PAID, missing="channel", unknown_counts=True),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("channel",),
        source="–",
        examples=("cart-1",),
    ),
)
