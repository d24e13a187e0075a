"""The seven questions, in the order in which the sector asks them, each with the page that answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.guides.best_customers import best_customers_guide
from publicc.dashboards.guides.growth import growth_guide
from publicc.dashboards.guides.last_season import last_season_guide
from publicc.dashboards.guides.offer import offer_guide
from publicc.dashboards.guides.price import price_guide
from publicc.dashboards.guides.profile import profile_guide
from publicc.dashboards.guides.trends import trends_guide
from publicc.dashboards.page import Screen
from publicc.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Guide:
    """A question, and how its page is made."""

    question: Text
    build: Callable[[Asker], Screen]


GUIDES: Final[Mapping[str, Guide]] = {
    "trends": Guide(Text("Analyse de tendances", "Trend analysis"), trends_guide),
    "best-customers": Guide(Text("Meilleurs clients ?", "Best customers?"), best_customers_guide),
    "last-season": Guide(
        Text("Comment je me compare à la saison passée ?", "How do I compare with last season?"), last_season_guide
    ),
    "realistic-growth": Guide(
        Text("Quel % de développement est réaliste ?", "Which % of growth is realistic?"), growth_guide
    ),
    "profile": Guide(Text("Profil des publics ?", "Audience profile?"), profile_guide),
    "price": Guide(Text("Devrais-je changer le prix des billets ?", "Should I change ticket prices?"), price_guide),
    "offer": Guide(
        Text("Quelle offre devrais-je amener à tel segment ?", "Which offer should I bring to which segment?"),
        offer_guide,
    ),
}
"""Guide → its question, as the sector put it in 2021."""
