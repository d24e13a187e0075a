"""The confidentiality agreement, by version: what is signed, word for word. A change of words is a new version.

Written for a Québec organization that gives a mandate to the hub; counsel reads it again before a collective uses it.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

from publicc.kernel.text import Text


@dataclass(frozen=True, slots=True)
class AgreementText:
    """One version. `articles`: title and words."""

    version: str
    since: date
    years: int
    """How long it holds once signed."""
    title: Text
    articles: tuple[tuple[Text, Text], ...]

    @property
    def digest(self) -> str:
        """SHA-256 of every word, in both languages: what a signature is bound to."""
        told = [self.version, self.title.fr, self.title.en, str(self.years)]
        told += [part for article in self.articles for one in article for part in (one.fr, one.en)]
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()


FIRST: Final = AgreementText(
    version="1",
    since=date(2026, 11, 22),
    years=3,
    title=Text("Entente de confidentialité et mandat", "Confidentiality agreement and mandate"),
    articles=(
        (
            Text("Objet", "Purpose"),
            Text(
                "L'organisme confie au pôle ses données de billetterie pour les seules finalités qu'il accorde, une par "
                "une, dans son espace. Ce qui n'est pas accordé n'est pas fait.",
                "The organization entrusts the hub with its ticketing data for the purposes it grants, one by one, in its "
                "space. What is not granted is not done.",
            ),
        ),
        (
            Text("Propriété", "Ownership"),
            Text(
                "L'organisme reste responsable de ses données. Le pôle n'en devient ni propriétaire ni cessionnaire.",
                "The organization remains responsible for its data. The hub becomes neither owner nor assignee of it.",
            ),
        ),
        (
            Text("Confidentialité", "Confidentiality"),
            Text(
                "Les renseignements personnels restent dans le coffre chiffré de l'organisme. Aucun autre membre ne voit ses "
                "chiffres exacts. Ce qui circule entre organismes est dépersonnalisé; ce qui est publié est protégé selon la "
                "politique du collectif. Chaque accès du pôle est écrit dans un journal que l'organisme lit.",
                "Personal information stays in the organization's encrypted vault. No other member sees its exact figures. What "
                "moves between organizations is de-identified; what is published is protected under the collective's policy. "
                "Each access by the hub is written in a trail that the organization reads.",
            ),
        ),
        (
            Text("Usages interdits", "Forbidden uses"),
            Text(
                "Ni sollicitation, ni vente, ni tentative de réidentification, ni décision automatisée au sujet d'une personne.",
                "No solicitation, no sale, no attempt at re-identification, no automated decision about a person.",
            ),
        ),
        (
            Text("Hébergement et sous-traitance", "Hosting and sub-processing"),
            Text(
                "Les données sont gardées au Québec. Tout sous-traitant est nommé à l'avance et lié aux mêmes obligations.",
                "Data is kept in Québec. Any sub-processor is named beforehand and bound by the same obligations.",
            ),
        ),
        (
            Text("Incident", "Incident"),
            Text(
                "Le pôle avise l'organisme sans délai de toute violation ou tentative de violation, et permet toute vérification "
                "relative à la confidentialité.",
                "The hub notifies the organization without delay of any breach or attempted breach, and allows any verification "
                "of confidentiality.",
            ),
        ),
        (
            Text("Collecte", "Collection"),
            Text(
                "L'organisme assure que sa politique de confidentialité mentionne l'amélioration des services ou l'analyse "
                "statistique, et que ses données ont été recueillies selon elle.",
                "The organization warrants that its privacy policy mentions service improvement or statistical analysis, and that "
                "its data was collected under it.",
            ),
        ),
        (
            Text("Durée, retrait et départ", "Term, withdrawal and exit"),
            Text(
                "L'entente vaut trois ans. L'organisme peut retirer une finalité ou mettre fin à l'entente en tout temps : rien "
                "n'est harmonisé ensuite. À la fin, le pôle remet à l'organisme ses données, détruit ses clés et ses rangées, et le "
                "certifie. Les diffusions déjà anonymisées demeurent.",
                "The agreement holds for three years. The organization may withdraw a purpose or end the agreement at any time: "
                "nothing is harmonised after that. At the end, the hub returns the organization its data, destroys its keys and its "
                "rows, and certifies it. Releases already anonymized remain.",
            ),
        ),
        (
            Text("Droit applicable", "Governing law"),
            Text("Les lois du Québec s'appliquent.", "The laws of Québec apply."),
        ),
    ),
)

VERSIONS: Final[dict[str, AgreementText]] = {FIRST.version: FIRST}
CURRENT: Final = FIRST
"""The version that is signed today."""
