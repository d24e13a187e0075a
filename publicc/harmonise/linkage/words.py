"""The model's fields and levels as a person reads them, in both languages."""

from collections.abc import Mapping
from typing import Final

from publicc.harmonise.linkage.evidence import ABSENT
from publicc.kernel.text import Text

FIELDS: Final[Mapping[str, Text]] = {
    "given_name": Text("Prénom", "First name"),
    "surname": Text("Nom de famille", "Surname"),
    "place": Text("Adresse", "Address"),
    "phone": Text("Téléphone", "Telephone"),
    "email": Text("Courriel", "E-mail"),
}
"""Name of a comparison of our model → what it compares."""

LEVELS: Final[Mapping[str, Text]] = {
    ABSENT: Text("Inconnu d'un côté au moins", "Unknown on one side at least"),
    "exact": Text("Identique", "The same"),
    "swapped": Text("Prénom et nom échangés", "First name and surname exchanged"),
    "in the surname's place": Text("À la place du nom de famille", "In the surname's place"),
    "nickname": Text("Diminutif ou forme usuelle", "Nickname or formal form"),
    "part of a compound": Text("Partie d'un prénom composé", "Part of a compound first name"),
    "initials": Text("Initiales qui conviennent", "Initials that fit"),
    "one of the couple": Text("L'un des deux d'un couple", "One of a couple"),
    "typing slip": Text("Une faute de frappe", "A typing slip"),
    "beginning": Text("L'un commence l'autre", "One begins the other"),
    "alike": Text("Semblable", "Alike"),
    "same initial": Text("Même initiale seulement", "Same initial only"),
    "different": Text("Différent", "Different"),
    "part of a double name": Text("Partie d'un nom double", "Part of a double name"),
    "same door": Text("Même porte", "Same door"),
    "same address": Text("Même adresse", "Same address"),
    "almost the same address": Text("Presque la même adresse", "Almost the same address"),
    "same postal code, address unknown": Text(
        "Même code postal, adresse inconnue", "Same postal code, address unknown"
    ),
    "same postal code, number or city": Text(
        "Même code postal, même numéro ou même ville", "Same postal code, same number or city"
    ),
    "same street and city": Text("Même rue de la même ville", "Same street of the same city"),
    "same postal code": Text("Même code postal, autre porte", "Same postal code, another door"),
    "almost the same postal code": Text("Presque le même code postal", "Almost the same postal code"),
    "same sector": Text("Même secteur postal", "Same postal sector"),
    "same city": Text("Même ville", "Same city"),
    "same municipality": Text("Même municipalité", "Same municipality"),
    "same user elsewhere": Text("Même nom, autre fournisseur", "Same user at another provider"),
}
"""Name of a level of our model → how the two sides agree."""
