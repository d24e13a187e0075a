"""The features of the model, in the words people read: how each is called, asked, and what its levels are.

Their computation is `metrics.traits`; here is only what they are called. No postal code, no age, no gender, nothing
whose meaning depends on one house.
"""

from typing import Final

from publicc.kernel.text import Text
from publicc.metrics.traits import CODES
from publicc.segments.model import POOL, TRANSACTIONS, Feature, Level

_LABELS: Final[dict[str, tuple[Text, Text, tuple[Text, ...]]]] = {
    "breadth": (
        Text("Exploration", "Breadth"),
        Text("À combien de disciplines assistez-vous ?", "How many disciplines do you attend?"),
        (Text("une seule", "only one"), Text("deux", "two"), Text("trois et plus", "three or more")),
    ),
    "usual_discipline": (
        Text("Discipline habituelle", "Usual discipline"),
        Text("Que voyez-vous le plus souvent ?", "What do you see most often?"),
        (
            Text("théâtre", "theatre"),
            Text("danse", "dance"),
            Text("musique ou opéra", "music or opera"),
            Text("chanson ou comédie musicale", "song or musicals"),
            Text("humour ou variétés", "comedy or variety"),
            Text("cirque, conte ou autre", "circus, storytelling or other"),
        ),
    ),
    "party": (
        Text("Billets par sortie", "Tickets per outing"),
        Text(
            "D'habitude, à combien sortez-vous, vous compris ?", "How many of you go out, as a rule, yourself included?"
        ),
        (
            Text("seul", "alone"),
            Text("à deux", "two"),
            Text("à trois ou quatre", "three or four"),
            Text("à cinq et plus", "five or more"),
        ),
    ),
    "lead_time": (
        Text("Délai d'achat", "Lead time"),
        Text("Quand prenez-vous vos billets ?", "When do you buy your tickets?"),
        (
            Text("la dernière semaine", "in the last week"),
            Text("dans le mois", "within the month"),
            Text("de un à trois mois d'avance", "one to three months ahead"),
            Text("plus tôt encore", "earlier still"),
        ),
    ),
    "price_level": (
        Text("Prix choisi", "Price chosen"),
        Text("Quelles places prenez-vous d'habitude ?", "Which seats do you usually take?"),
        (
            Text("les moins chères", "the cheapest"),
            Text("celles du milieu", "those in the middle"),
            Text("les plus chères", "the dearest"),
        ),
    ),
    "distance": (
        Text("Distance", "Distance"),
        Text("À quelle distance de chez vous sortez-vous ?", "How far from home do you go out?"),
        (
            Text("moins de 5 km", "under 5 km"),
            Text("5 à 10 km", "5 to 10 km"),
            Text("10 à 25 km", "10 to 25 km"),
            Text("25 à 50 km", "25 to 50 km"),
            Text("50 km et plus", "50 km or more"),
        ),
    ),
    "moment": (
        Text("Moment", "Time of the week"),
        Text("À quel moment sortez-vous le plus souvent ?", "When do you go out most often?"),
        (
            Text("en matinée, avant 17 h", "at matinees, before 5 p.m."),
            Text("le soir, du vendredi au dimanche", "evenings, Friday to Sunday"),
            Text("le soir, du lundi au jeudi", "evenings, Monday to Thursday"),
        ),
    ),
    "channel": (
        Text("Canal d'achat", "Sales channel"),
        Text("Où prenez-vous vos billets ?", "Where do you buy your tickets?"),
        (
            Text("en ligne", "online"),
            Text("au guichet", "at the box office"),
            Text("par téléphone ou autrement", "by telephone or otherwise"),
        ),
    ),
    "subscription": (
        Text("Abonnement", "Subscription"),
        Text("Sortez-vous par abonnement ?", "Do you go out by subscription?"),
        (Text("jamais", "never"), Text("parfois", "sometimes"), Text("le plus souvent", "most often")),
    ),
    "organizations": (
        Text("Organismes fréquentés", "Organizations attended"),
        Text("Combien d'organismes fréquentez-vous ?", "How many organizations do you attend?"),
        (Text("un seul", "only one"), Text("deux", "two"), Text("trois et plus", "three or more")),
    ),
}


def _feature(name: str) -> Feature:
    label, question, levels = _LABELS[name]
    return Feature(
        id=name,
        label=label,
        question=question,
        levels=tuple(Level(code, told) for code, told in zip(CODES[name], levels, strict=True)),
        source=POOL if name == "organizations" else TRANSACTIONS,
    )


FEATURES: Final[tuple[Feature, ...]] = tuple(_feature(name) for name in _LABELS)
"""Every feature, with the levels that it starts from."""
UNORDERED: Final = frozenset({"usual_discipline", "channel", "moment"})
"""Features whose levels have no order: a rare one joins the last of the list, not its neighbour."""
