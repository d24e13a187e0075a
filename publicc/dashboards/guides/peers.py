"""What a guided answer says of peers: one figure beside theirs with its certainty, or why theirs is not shown. Pure.

Peers are known of closed periods only: a page about a season that goes on tells the latest that was released.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.comparing import Compared, peer_words
from publicc.dashboards.page import Screen
from publicc.dashboards.wording import rate, words
from publicc.kernel.cells import Shown
from publicc.kernel.formats import period_words
from publicc.kernel.text import Text
from publicc.metrics.registry import METRICS
from publicc.releases.catalogue import Released
from publicc.releases.standing import others_words, why_withheld

FIGURES: Final[Mapping[str, str]] = {
    "trends": "buyer_growth",
    "best-customers": "multi_buyer_share",
    "last-season": "occupancy_rate",
    "realistic-growth": "buyer_growth",
    "profile": "new_buyer_share",
    "price": "average_price_paid",
}
"""Guide → the figure that its question turns on. *Quelle offre* is about one segment, and peers are released whole."""


def beside_peers(screen: Screen, asker: Asker) -> Screen:
    """The guide with a sentence on its peers; the same page under filters of one's own, or before any release."""
    metric, releases = FIGURES.get(screen.id), asker.others.releases
    if metric is None or asker.filters.where or not releases or screen.is_empty:
        return screen
    released = asker.others.of(asker.filters.period) or releases[0]
    return replace(screen, beside=_sentence(metric, released, asker))


def _sentence(metric: str, released: Released, asker: Asker) -> Text:
    peers, named = released.peers(metric), METRICS[metric]
    period = Text(period_words(released.period, "fr"), period_words(released.period, "en"))
    if not isinstance(peers.median, Shown):
        return Text("{label} de vos pairs, {period}. {why}", "{label} of your peers, {period}. {why}").filled(
            label=named.label, period=period, why=why_withheld(peers, released.others)
        )
    own = replace(asker, filters=asker.filters.over(released.period)).figures(metric)[metric]
    told = Text("{median} chez vos pairs (médiane de {n})", "{median} at your peers (median of {n})").filled(
        median=peer_words(peers.median, named.unit), n=others_words(peers.median.n or 0)
    )
    if not isinstance(own, Shown):
        return Text("{label}, {period} : {told}.", "{label}, {period}: {told}.").filled(
            label=named.label, period=period, told=told
        )
    ours = rate(own) if Compared(metric, own, peers).interval else words(own, named.unit)
    return Text(
        "{label}, {period} : {ours} chez vous, {told} : {position}.",
        "{label}, {period}: {ours} here, {told}: {position}.",
    ).filled(label=named.label, period=period, ours=ours, told=told, position=Compared(metric, own, peers).position)
