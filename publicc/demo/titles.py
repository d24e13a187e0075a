"""Titles of shows that were never played, and the words a box office adds to them."""

from typing import Final

from publicc.demo.chance import Stream

_NOUNS: Final = (
    "La Marée", "Le Phare", "Les Sœurs",
    "L'Hiver", "La Chambre", "Le Dernier Train", "Les Oiseaux", "La Traversée", "Le Verger",
    "L'Écho", "Les Ombres", "La Forge", "Le Silence", "La Lettre", "Les Fenêtres", "Le Jardin", "L'Étoile",
    "La Tempête", "Le Fleuve",
    "Les Racines", "La Partition", "Le Grenier",
    "L'Horloge", "La Frontière", "Le Carrousel", "Les Heures", "La Neige", "Le Pacte",
)  # fmt: skip
_COMPLEMENTS: Final = (
    "de verre", "du soir", "sans retour", "de Zoé", "et le vent",
    "à l'envers", "des absents", "de minuit", "du nord", "de papier",
    "retrouvée", "de novembre", "& la Lune",
    "d'Élodie", "en sursis", "du dimanche", "des Îles", "de grand-mère", "qui danse",
    "de poussière", "selon Aimé", "d'à côté", "au long cours", "de l'ours", "à deux voix", "du 3e étage", "de sel",
    "en mineur",
)  # fmt: skip
_ENGLISH: Final = (
    "The Lantern", "Harbour", "Seven Letters", "The Orchard", "Paper Boats", "North of Here", "The Clockmaker",
    "Small Fires",
    "A Winter Garden", "The Crossing", "Salt & Smoke", "Second Sunday", "The Quiet Room", "Tin Roof",
    "Borrowed Light", "Red Kite",
)  # fmt: skip
_ENGLISH_TAILS: Final = (
    "Diaries", "Revisited", "in Blue", "Sessions", "at Dawn", "for Two", "Unplugged", "Stories", "Waltz", "on Main",
    "Again", "Tour",
)  # fmt: skip
TOURING_SHOW: Final = "La Grande Déneigeuse"
"""Played at several presenters, written a little differently by each."""
TOURING_SPELLINGS: Final = {
    "diffusion-cap-au-nord": "LA GRANDE DÉNEIGEUSE",
    "spectacles-pointe-aux-vents": "Grande Déneigeuse (La)",
    "theatre-de-la-pinede-rouge": "Cie du Chasse-neige : La grande déneigeuse",
}
"""Presenter → how its box office writes the touring show."""


def show_titles(stream: Stream, n: int, *, english: bool) -> list[str]:
    """`n` different titles; a number is added when the words run out."""
    heads, tails = (_ENGLISH, _ENGLISH_TAILS) if english else (_NOUNS, _COMPLEMENTS)
    pairs = stream.permutation(len(heads) * len(tails))
    titles = []
    for i in range(n):
        lap, pair = divmod(i, len(pairs))
        head, tail = divmod(int(pairs[pair]), len(tails))
        titles.append(f"{heads[head]} {tails[tail]}" + (f" ({lap + 1})" if lap else ""))
    return titles
