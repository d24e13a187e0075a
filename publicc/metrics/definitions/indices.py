"""The three indices of 2019: distance, local penetration, sale period. 100 is the reference period."""

from typing import Final

from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Grain, Indexed, Metric, Scalar
from publicc.metrics.definitions.origins import distance, share_of_homes
from publicc.metrics.definitions.timing import LEAD, LED, ORDER_DATE
from publicc.metrics.formulas import quantile
from publicc.metrics.words import HOMES_OUT, LEAD_IN, LEAD_OUT, SHOWS_F30

_LOCAL: Final = Atom(
    "local", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND in_person AND origin = 'CANADA' AND is_local)"
)


def _indexed(of: Scalar) -> Indexed:
    return Indexed(of.atoms, of.compute)


METRICS: Final = (
    Metric(
        id="distance_index",
        label=Text("Indice distance", "Distance index"),
        unit=Unit.INDEX,
        formula=Text(
            "100 × distance médiane(t) ÷ distance médiane(T₀)", "100 × median distance(t) ÷ median distance(T₀)"
        ),
        counts_in=Text("Billets payants à distance connue.", "Paid tickets with a distance."),
        counts_out=HOMES_OUT,
        recipe=_indexed(distance(0.5)),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="Synapse C 2019, formula proposed",
        examples=("idx-1",),
    ),
    Metric(
        id="local_penetration_index",
        label=Text("Indice pénétration locale", "Local penetration index"),
        unit=Unit.INDEX,
        formula=Text("100 × part locale(t) ÷ part locale(T₀)", "100 × local share(t) ÷ local share(T₀)"),
        counts_in=Text(
            "Billets payants d'origine connue, étranger compris.", "Paid tickets with known origin, abroad included."
        ),
        counts_out=HOMES_OUT,
        recipe=_indexed(share_of_homes(_LOCAL)),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="Synapse C 2019, formula proposed",
        examples=("idx-1",),
    ),
    Metric(
        id="sale_period_index",
        label=Text("Indice période de vente", "Sale-period index"),
        unit=Unit.INDEX,
        formula=Text(
            "100 × délai d'achat médian(t) ÷ délai médian(T₀)", "100 × median lead time(t) ÷ median lead time(T₀)"
        ),
        counts_in=LEAD_IN,
        counts_out=LEAD_OUT,
        recipe=_indexed(quantile(LEAD, LED, ORDER_DATE)),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("ordered_on",),
        source="Synapse C 2019, formula proposed",
        examples=("idx-1",),
    ),
)
