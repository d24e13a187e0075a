"""The words of the screens, each in a sentence: what a newcomer asks a colleague on the first day. Pure."""

from dataclasses import dataclass
from typing import Final

from publicc.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Word:
    """A word and what it means here. `key` is its place in the address of the page."""

    key: str
    word: Text
    meaning: Text


# fmt: off
WORDS: Final = (
    Word("show", Text("spectacle", "show"), Text("L'œuvre mise en scène, sans date ni lieu : « Roméo et Juliette ».", "The staged work, without date or place: “Romeo and Juliet”.")),
    Word("performance", Text("représentation", "performance"), Text("Un spectacle, un soir, une salle. Un spectacle joué douze fois compte douze représentations.", "One show, one evening, one room. A show played twelve times counts twelve performances.")),
    Word("season", Text("saison", "season"), Text("Du 1er septembre au 31 août. La saison 2025-2026 finit le 31 août 2026.", "From September 1 to August 31. The 2025-2026 season ends on August 31, 2026.")),
    Word("same-point", Text("même point", "same point"), Text("Le même nombre de jours avant la fin de la saison : on compare mi-février à mi-février, jamais à une saison entière.", "The same number of days before the season ends: mid-February is compared with mid-February, never with a whole season.")),
    Word("order", Text("transaction", "order"), Text("Un achat, par une personne, à un moment. Il peut tenir plusieurs billets.", "One purchase, by one person, at one moment. It may hold several tickets.")),
    Word("admission", Text("entrée", "admission"), Text("Un billet valide d'une représentation jouée, payé ou non.", "A valid ticket of a performance that took place, paid or not.")),
    Word("comp", Text("faveur", "comp"), Text("Un billet gratuit dans une représentation payante. Un spectacle gratuit pour tous est une gratuité.", "A free ticket in a paid performance. A show that is free for all is free admission.")),
    Word("capacity", Text("jauge, places offertes", "capacity, seats offered"), Text("Les places réellement mises en vente pour une représentation, sans celles qu'on a bloquées.", "The seats really put on sale for a performance, without those held back.")),
    Word("buyer", Text("acheteur", "buyer"), Text("La personne qui a payé, une fois ses doublons regroupés. La billetterie ne connaît pas les autres spectateurs de la rangée.", "The person who paid, once duplicates are grouped. Ticketing does not know the others in the row.")),
    Word("lifecycle", Text("parcours", "lifecycle (parcours)"), Text("Où en est un acheteur : nouveau (une seule visite), de retour, régulier (4 visites ou plus en 24 mois), passionné (plus de 10), dormant (pas venu depuis 18 mois), perdu (depuis 36 mois), à venir (a acheté, pas encore venu).", "Where a buyer stands: new (a single visit), returning, regular (4 visits or more in 24 months), passionate (more than 10), dormant (not seen for 18 months), lost (for 36 months), upcoming (has bought, has not come yet).")),
    Word("fsa", Text("secteur postal (RTA)", "postal area (FSA)"), Text("Les trois premiers caractères d'un code postal : H2X est un quartier du centre de Montréal.", "The first three characters of a postal code: H2X is a neighbourhood of central Montréal.")),
    Word("catchment", Text("aire de marché", "catchment"), Text("Les secteurs rangés du plus payant au moins payant : noyau, primaire, secondaire, reste.", "Areas ranked from the one that brings most to the one that brings least: core, primary, secondary, rest.")),
    Word("index", Text("indice", "index"), Text("Une comparaison à 100 : 120 veut dire un cinquième de plus que la référence, 80 un cinquième de moins.", "A comparison with 100: 120 means a fifth more than the reference, 80 a fifth less.")),
    Word("median", Text("médiane", "median"), Text("Le chiffre du milieu : la moitié est dessous, la moitié est dessus. Une vente exceptionnelle ne la déplace pas.", "The figure in the middle: half is under it, half over. One exceptional sale does not move it.")),
    Word("n", Text("n", "n"), Text("Sur combien de billets, d'acheteurs ou de représentations un chiffre est calculé.", "How many tickets, buyers or performances a figure is computed on.")),
    Word("fragile", Text("fragile", "fragile"), Text("Calculé sur moins de 30 : vrai, mais quelques billets suffiraient à le changer. Souligné de tirets.", "Computed on fewer than 30: true, but a few tickets would change it. Underlined with dashes.")),
    Word("provisional", Text("provisoire", "provisional"), Text("L'historique déposé est trop court pour en être sûr.", "The history deposited is too short to be sure.")),
    Word("withheld", Text("masqué", "withheld"), Text("Trop peu de monde derrière ce chiffre pour le montrer sans désigner quelqu'un. Ce n'est pas un zéro.", "Too few stand behind this figure to show it without pointing at someone. It is not a zero.")),
    Word("not-applicable", Text("sans objet", "not applicable"), Text("La question n'a pas de sens ici, ou pas encore : le taux de retour d'une saison qui n'est pas finie.", "The question has no meaning here, or not yet: the return rate of a season that is not over.")),
    Word("coverage", Text("couverture", "coverage"), Text("La part des lignes qui portent l'information nécessaire. À 60 %, le chiffre parle pour six billets sur dix.", "The share of rows that carry what is needed. At 60%, the figure speaks for six tickets in ten.")),
    Word("vault", Text("coffre", "vault"), Text("L'endroit chiffré où restent les noms, courriels et adresses de votre organisme. Aucune page de chiffres ne l'ouvre.", "The encrypted place where your organization's names, e-mails and addresses stay. No page of figures opens it.")),
    Word("harmonization", Text("harmonisation", "harmonization"), Text("Nettoyer, regrouper les doublons et remplacer les identités par des codes avant de compter.", "Cleaning, grouping duplicates and replacing identities by codes before counting.")),
)
# fmt: on
