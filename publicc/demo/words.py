"""Names, streets and titles. First names and surnames come from Faker's lists; how frequent each is, from its rank."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from faker.providers.person.en_US import Provider as EnglishNames
from faker.providers.person.es_ES import Provider as SpanishNames
from faker.providers.person.fr_CA import Provider as QuebecNames
from faker.providers.person.fr_FR import Provider as FrenchNames
from faker.providers.person.it_IT import Provider as ItalianNames

from publicc.demo.chance import Floats, Words, words

NICKNAMES: Final = {
    "Catherine": "Cath", "Christine": "Chris", "Alexandre": "Alex", "Alexandra": "Alex", "Dominique": "Dom",
    "Frédéric": "Fred", "Gabriel": "Gab", "Gabrielle": "Gab", "Jacqueline": "Jackie", "Joseph": "Jos", "Michel": "Mike",
    "Nicolas": "Nic", "Patrick": "Pat", "Philippe": "Phil", "Suzanne": "Suzie", "Thomas": "Tom", "Vincent": "Vince",
    "Robert": "Bob", "Elizabeth": "Liz", "Michael": "Mike", "William": "Bill", "James": "Jim", "Jennifer": "Jenn",
    "Christopher": "Chris", "Matthew": "Matt", "Daniel": "Dan", "Benjamin": "Ben", "Samuel": "Sam", "Victoria": "Vicky",
    "Stéphanie": "Steph", "Stéphane": "Steph", "Valérie": "Val", "Isabelle": "Isa", "Jonathan": "Jo", "Josée": "Jo",
    "Olivier": "Oli", "Zacharie": "Zac", "Raymond": "Ray", "Laurence": "Lo", "Margaret": "Maggie",
    "Marguerite": "Margot",
}  # fmt: skip
"""First name → what friends, and some box offices, write."""

STREETS_FR: Final = (
    "rue Saint-Denis", "rue Sainte-Catherine Est", "avenue du Parc", "boulevard Saint-Laurent", "rue Principale",
    "rue Saint-Joseph",
    "chemin du Lac", "rue Notre-Dame", "avenue De Lorimier", "rue Fleury", "boulevard Gouin Ouest", "rue de l'Église",
    "rang Saint-Georges", "avenue Cartier", "rue Sherbrooke Ouest", "rue Beaubien Est", "rue des Érables",
    "rue Papineau",
    "chemin de la Côte-Sainte-Catherine", "rue Racine", "boulevard René-Lévesque Ouest", "rue King Ouest",
    "rue Saint-Jean",
    "avenue du Mont-Royal Est", "rue Rachel", "rue Laurier", "boulevard Talbot", "rue Wellington", "montée Masson",
    "rue du Quai",
)  # fmt: skip
STREETS_EN: Final = (
    "Queen Street West", "King Street East", "Bloor Street West", "Dundas Street", "College Street", "Yonge Street",
    "Main Street",
    "Maple Avenue", "Danforth Avenue", "Church Street", "Ossington Avenue", "Elm Street", "Lakeshore Road",
    "Park Road", "Bay Street",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameList:
    """Names with how often each is drawn, and their plain form for addresses."""

    names: Words
    weights: Floats
    plain: Words


def plain(name: str) -> str:
    """`Noémie Côté` → `noemiecote`: lower case ASCII letters only."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in folded if letter.isalnum())


def without_accents(name: str) -> str:
    """`Noémie Côté` → `Noemie Cote`."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def _ranked(*lists: tuple[Iterable[str], float], flatness: float = 6.0) -> NameList:
    weights: dict[str, float] = {}
    for names, share in lists:
        distinct = list(dict.fromkeys(name.strip() for name in names))
        ranks = share / (np.arange(len(distinct)) + flatness) ** 0.85
        for name, weight in zip(distinct, ranks / ranks.sum() * share, strict=True):
            weights[name] = weights.get(name, 0.0) + float(weight)
    return NameList(words(list(weights)), np.array(list(weights.values())), words([plain(name) for name in weights]))


@cache
def surnames(*, english: bool) -> NameList:
    """Surnames of Québec (with the long tail of other origins), or of English Canada."""
    if english:
        return _ranked((EnglishNames.last_names, 0.85), (ItalianNames.last_names, 0.08), (QuebecNames.last_names, 0.07))
    return _ranked(
        (QuebecNames.last_names, 0.76),
        (FrenchNames.last_names, 0.12),
        (ItalianNames.last_names, 0.05),
        (SpanishNames.last_names, 0.04),
        (EnglishNames.last_names, 0.03),
        flatness=4.0,
    )


@cache
def first_names(*, english: bool, female: bool) -> NameList:
    """First names, the commonest first as the list gives them."""
    if english:
        return _ranked((EnglishNames.first_names_female if female else EnglishNames.first_names_male, 1.0))
    own = QuebecNames.first_names_female if female else QuebecNames.first_names_male
    tail = FrenchNames.first_names_female if female else FrenchNames.first_names_male
    return _ranked((_shuffled(own), 0.85), (tail, 0.15), flatness=12.0)


def _shuffled(names: Iterable[str]) -> list[str]:
    """Faker's lists are alphabetical: an order of our own, always the same, stands for frequency."""
    listed = list(names)
    return [listed[i] for i in np.random.Generator(np.random.PCG64(1774)).permutation(len(listed))]
