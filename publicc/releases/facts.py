"""Exact figures of a show that an owner granted: kept as they are shown, known to their partner for ever.

Each release is protected and audited with them: nothing that a partner was shown may help it to a third organization.
"""

from collections import defaultdict
from collections.abc import Iterable

from publicc.kernel.period import Period
from publicc.releases.granted import Granted, ShownFigure
from publicc.releases.models import Fact


def learn(figures: Iterable[ShownFigure]) -> None:
    """Keep what a partner is shown; the largest of each figure, when it was shown several."""
    rows = [Fact(**{name: getattr(one, name) for name in one.__slots__}) for one in figures]
    known = {
        (one.known_to, one.owner, one.performance, one.metric): one.amount
        for one in Fact.objects.filter(known_to__in={row.known_to for row in rows})
    }
    kept = [row for row in rows if row.amount > known.get((row.known_to, row.owner, row.performance, row.metric), 0.0)]
    Fact.objects.bulk_create(
        kept,
        update_conflicts=True,
        update_fields=["amount", "on"],
        unique_fields=["known_to", "owner", "performance", "metric"],
    )


def granted_within(period: Period) -> Granted:
    """What partners were shown of performances of a period."""
    found: defaultdict[str, dict[str, dict[str, float]]] = defaultdict(dict)
    for fact in Fact.objects.filter(on__range=(period.first_on, period.last_on)).order_by("pk"):
        owners = found[fact.known_to].setdefault(fact.metric, {})
        owners[fact.owner] = owners.get(fact.owner, 0.0) + fact.amount
    return Granted(dict(found))
