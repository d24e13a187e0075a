"""Organizations, groups and the box office's own accounts among the persons."""

from typing import Final

from publicc.harmonise.clean.text import folded, words_of
from publicc.kernel.vocabulary import BuyerKind

_GROUP_WORDS: Final = frozenset(
    words_of(
        "inc ltee ltd enr senc corp llc ecole ecoles school schools college cegep universite university "
        "polyvalente seminaire academie academy hotel hotels auberge motel association fondation foundation "
        "federation commission conseil council ministere ministry municipalite municipality paroisse "
        "residence residences chsld cpe garderie daycare bibliotheque library musee museum theatre orchestre "
        "orchestra festival ensemble agence agency voyages travel tourisme tourism compagnie company "
        "entreprises enterprises gestion management services solutions technologies assurances insurance "
        "banque bank caisse restaurant syndicat union groupe group club societe society corporation "
        "productions communications media revendeur reseller organisme centre center clinique clinic hopital "
        "hospital maison loisirs cooperative coop"
    )
)
_GENERIC_WORDS: Final = frozenset(
    words_of(
        "guichet billetterie comptoir anonyme anonymous boxoffice walkup invite guest inconnu unknown test "
        "comptant cash internet web nd na"
    )
)
_GENERIC_PHRASES: Final = (
    "box office ", "walk up ", "walk in ", "vente au comptoir ", "vente comptoir ", "client comptoir ",
    "compte generique ", "generic account ", "sans nom ", "no name ", "non identifie ",
)  # fmt: skip


def kind_of_holder(full_name: str) -> BuyerKind:
    """Whose account this is, from its name alone: a person unless the words say a group or the counter itself."""
    words = words_of(folded(full_name))
    line = " ".join(words) + " "
    if line.startswith(_GENERIC_PHRASES) or (words and _GENERIC_WORDS.issuperset(words)):
        return BuyerKind.GENERIC
    return BuyerKind.GROUP if _GROUP_WORDS.intersection(words) else BuyerKind.INDIVIDUAL
