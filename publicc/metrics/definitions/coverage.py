"""How far buyers' homes are known."""

from typing import Final

from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Grain, IntervalRule, Metric
from publicc.metrics.formulas import ratio
from publicc.metrics.words import PAID_OUT, SHOWS_F30

TOGETHER: Final = Atom("paid_in_person", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND in_person)")
HOMES: Final = Atom(
    "known_homes", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND in_person AND origin <> 'UNKNOWN')"
)

METRICS: Final = (
    Metric(
        id="postal_coverage",
        label=Text("Couverture des codes postaux", "Postal coverage"),
        unit=Unit.RATIO,
        formula=Text("TP d'origine connue ÷ TP", "TP with known origin ÷ TP"),
        counts_in=Text(
            "Billets payants des représentations jouées en salle.", "Paid tickets of performances played in person."
        ),
        counts_out=PAID_OUT,
        recipe=ratio(HOMES, TOGETHER),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("geo-1",),
    ),
)
