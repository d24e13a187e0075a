"""The questions a person comes with, each answered by one screen. Pure."""

from collections.abc import Mapping
from typing import Final

from publicc.kernel.text import Text

QUESTIONS: Final[Mapping[str, Text]] = {
    "season": Text("Où en suis-je par rapport à l'an dernier ?", "How do I stand against last year?"),
    "pace": Text("Quel spectacle pousser cette semaine ?", "Which show should I push this week?"),
    "audiences": Text("Qui achète, et qui revient ?", "Who buys, and who returns?"),
    "segments": Text("Quelle offre pour quel public ?", "Which offer for which audience?"),
    "habits": Text("Que voient-ils d'autre, et quand ?", "What else do they see, and when?"),
    "territories": Text("D'où vient mon public ?", "Where does my audience come from?"),
    "non-publics": Text(
        "Qui ne vient pas, et quelle croissance viser ?", "Who does not come, and which growth to aim for?"
    ),
    "prices": Text("Le prix freine-t-il mes ventes ?", "Does the price hold my sales back?"),
    "supply": Text("Que se passe-t-il les jours chargés ?", "What happens on crowded days?"),
    "benchmarks": Text("Comment je me compare ?", "How do I compare?"),
    "show": Text("Comment va chaque spectacle ?", "How is each show doing?"),
}
"""Screen → its question, in the order in which they are asked."""

PAGES_TO_GO_TO: Final[Mapping[str, Text]] = {
    "season": Text("Ma saison", "My season"),
    "pace": Text("Rythme de vente", "Sales pace"),
    "audiences": Text("Mes publics", "My audiences"),
    "segments": Text("Segments", "Segments"),
    "habits": Text("Habitudes de sortie", "Going-out habits"),
    "territories": Text("Territoires", "Territories"),
    "non-publics": Text("Non-publics", "Non-audiences"),
    "prices": Text("Prix", "Prices"),
    "show": Text("Spectacles", "Shows"),
    "quality": Text("Qualité et harmonisation", "Quality and harmonization"),
}
"""Pages that a guided answer may lead to, and what they are called."""
