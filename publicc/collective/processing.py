"""The processing register: for each purpose what is processed, on what ground, who sees it, how long, where it is.

Wording rule: pooled rows are de-identified (*dépersonnalisées*); only a release, once approved, is anonymized.
"""

from dataclasses import dataclass
from typing import Final

from publicc.collective.purposes import USES, Purpose
from publicc.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Processing:
    """One activity of the register. `ground` is a reading for counsel to confirm."""

    purpose: Purpose
    data: Text
    ground: Text
    seen_by: Text
    kept: Text
    place: Text

    @property
    def use(self) -> Text:
        """What is done."""
        return USES[self.purpose]


_MANDATE: Final = Text("Mandat écrit (P-39.1, art. 18.3)", "Written mandate (P-39.1, s. 18.3)")
_STATISTICS: Final = Text(
    "Mandat (art. 18.3) et statistique sur des renseignements dépersonnalisés (art. 12)",
    "Mandate (s. 18.3) and statistics on de-identified information (s. 12)",
)
_MEMBERS: Final = Text("Les personnes de l'organisme, selon leur rôle", "People of the organization, by role")
_TERM: Final = Text(
    "La durée du mandat; 35 jours pour un portrait remplacé", "Term of the mandate; 35 days once replaced"
)

ACTIVITIES: Final = (
    Processing(
        Purpose.OWN_DASHBOARD,
        Text(
            "Fiches de clients (nom, adresse, téléphone, courriel), achats, représentations",
            "Customer records (name, address, telephone, e-mail), purchases, performances",
        ),
        _MANDATE,
        _MEMBERS,
        Text("La durée du mandat", "Term of the mandate"),
        Text("Coffre chiffré de l'organisme", "The organization's encrypted vault"),
    ),
    Processing(
        Purpose.POOLED_STATISTICS,
        Text(
            "Rangées dépersonnalisées : numéro banalisé, secteur, achats. Toujours des renseignements personnels",
            "De-identified rows: blinded number, postal area, purchases. Still personal information",
        ),
        _STATISTICS,
        Text("Personne en rangées; tous en publications protégées", "Nobody as rows; everyone as protected releases"),
        _TERM,
        Text("Portrait commun du pôle", "The hub's common snapshot"),
    ),
    Processing(
        Purpose.LINKAGE,
        Text(
            "Nom, adresse, téléphone et courriel comparés dans une base passagère chiffrée; en sort un numéro banalisé",
            "Name, address, telephone and e-mail compared in a passing encrypted database; a blinded number comes out",
        ),
        Text("Consentement de l'organisme, annexe d'ÉFVP", "The organization's consent, with its PIA annex"),
        Text("Personne", "Nobody"),
        _TERM,
        Text("Base passagère chiffrée, puis portrait commun", "Passing encrypted database, then the common snapshot"),
    ),
    Processing(
        Purpose.COMPARISONS,
        Text(
            "Chiffres de l'organisme, dans des médianes protégées", "The organization's figures, in protected medians"
        ),
        _STATISTICS,
        Text("Les membres qui permettent les comparatifs", "Members who allow comparisons"),
        Text("Toujours : ce sont des publications", "Always: these are releases"),
        Text("Publications signées", "Signed releases"),
    ),
    Processing(
        Purpose.SHOW_SHARING,
        Text("Totaux d'un spectacle", "Totals of one show"),
        _MANDATE,
        Text("Le partenaire nommé par la direction", "The partner named by the director"),
        Text("Jusqu'à l'échéance ou au retrait de l'accès", "Until the access expires or is withdrawn"),
        Text("Tables de l'organisme", "The organization's tables"),
    ),
    Processing(
        Purpose.SURVEYS,
        Text("Réponses; courriel, si la personne le laisse", "Answers; e-mail, if the person leaves it"),
        Text("Consentement de la personne qui répond", "Consent of the respondent"),
        _MEMBERS,
        Text("Mots écrits : 12 mois; choix : la durée du mandat", "Written words: 12 months; choices: the term"),
        Text("Base de contrôle, scellée par organisme", "Control database, sealed for each organization"),
    ),
)
"""One for each purpose: held by a test."""
HEADERS: Final = (
    Text("Finalité", "Purpose"),
    Text("Ce qui est traité", "What is processed"),
    Text("Fondement", "Ground"),
    Text("Qui le voit", "Who sees it"),
    Text("Conservation", "Retention"),
    Text("Où", "Where"),
)
