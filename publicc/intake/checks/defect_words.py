"""What each defect of 2019 looks for, why it matters and what to do, in both languages."""

from typing import Final

from publicc.intake.checks.catalogue import Entry
from publicc.intake.checks.report import Dimension
from publicc.kernel.text import Text

_C, _H, _A, _I = Dimension.COMPLETENESS, Dimension.CONSISTENCY, Dimension.ACCURACY, Dimension.INTEGRITY

DEFECTS: Final[dict[str, Entry]] = {
    "accents_capitals": Entry(
        _A, "last_name", Text("Accents perdus, majuscules", "Lost accents, capitals"),
        Text("Une même personne écrite de deux façons se reconnaît moins bien.",
        "The same person written in two ways is harder to recognise."),
        Text("Rien ne presse : la comparaison n'en tient pas compte. Saisir avec accents et minuscules à l'avenir.",
             "No hurry: comparison ignores them. Type accents and small letters from now on."),
    ),
    "mojibake": Entry(
        _A, "first_name", Text("Caractères mal décodés", "Characters decoded wrongly"),
        Text("Des lettres accentuées ont été abîmées par un ancien transfert; ces noms ne se comparent plus.",
             "Accented letters were damaged by an old transfer; these names no longer compare."),
        Text("Corriger ces noms dans la billetterie, ou exporter en UTF-8.",
        "Correct these names in the ticketing system, or export in UTF-8."),
    ),
    "date_forms": Entry(
        _H, "ordered_at", Text("Dates impossibles", "Impossible dates"),
        Text("Une date d'avant 1990 ou de l'avenir remplit la cellule sans dire quand.",
        "A date before 1990 or in the future fills the cell without saying when."),
        Text("Corriger ces dates, ou préciser le format de la colonne.",
        "Correct these dates, or state the format of the column."),
    ),
    "several_uses_title": Entry(
        _H, "salutation", Text("Champ « titre » à plusieurs usages", "Title field used for several things"),
        Text("La colonne contient autre chose que des titres (langue, statut, abonnement) : rien de sûr.",
             "The column holds other things than titles (language, status, subscription)."),
        Text("Mettre la langue et le statut dans leurs propres champs.",
        "Put language and status in fields of their own."),
    ),
    "several_uses_language": Entry(
        _H, "buyer_language", Text("Champ « langue » à plusieurs usages", "Language field used for several things"),
        Text("La colonne mêle la langue de la personne et celle du spectacle.",
        "The column mixes the language of the person and that of the show."),
        Text("Séparer la langue de l'acheteur de celle du spectacle.",
        "Separate the buyer's language from the show's."),
    ),
    "two_people": Entry(
        _H, "first_name", Text("Deux personnes dans un dossier", "Two people in one record"),
        Text("Un couple dans un dossier compte pour une personne.", "A couple in one record counts as one person."),
        Text("Ouvrir un dossier par personne quand c'est possible.", "Open one record a person when possible."),
    ),
    "empty_field": Entry(
        _C, "", Text("Champ peu rempli", "Field seldom filled"),
        Text("Un champ vide ne permet ni de reconnaître ni de situer la personne.",
        "An empty field neither recognises nor places the person."),
        Text("Rendre ce champ plus facile à remplir à l'achat; ne pas le forcer.",
        "Make this field easier to fill at purchase; do not force it."),
    ),
    "fill_drop": Entry(
        _C, "", Text("Champ perdu en chemin", "Field lost on the way"),
        Text("Un champ rempli l'année d'avant ne l'est presque plus : l'exportation a sans doute changé.",
             "A field filled the year before hardly is any more: the export has probably changed."),
        Text("Comparer les colonnes des deux exportations, puis déposer de nouveau.",
        "Compare the columns of the two exports, then deposit again."),
    ),
    "several_sources": Entry(
        _I, "", Text("Changement de système", "Change of system"),
        Text("Plusieurs billetteries, chacune avec ses propres codes : les historiques sont cousus bout à bout.",
             "Several ticketing systems, each with codes of its own: their histories are stitched together."),
        Text("Vérifier qu'aucune vente n'a été reprise dans les deux systèmes.",
        "Check that no sale was carried over into both systems."),
    ),
    "sold_twice": Entry(
        _I, "", Text("Ventes reprises dans deux systèmes", "Sales carried over into two systems"),
        Text("Le même billet paraît dans les deux billetteries : il est compté deux fois.",
             "The same ticket appears in both ticketing systems: it is counted twice."),
        Text("Déposer l'ancien système jusqu'au jour du changement seulement.",
             "Deposit the former system up to the day of the change only."),
    ),
    "codes_reused": Entry(
        _I, "customer_key", Text("Codes client donnés à d'autres", "Customer codes given to others"),
        Text("Le même code désigne une autre personne dans l'autre système : il ne sert de clé que dans le sien.",
             "The same code names another person in the other system: it is a key in its own system only."),
        Text("Déposer chaque système comme une source à part.", "Deposit each system as a source of its own."),
    ),
    "several_bases": Entry(
        _I, "", Text("Plusieurs dossiers ou bases pour une personne", "Several records or bases for one person"),
        Text("La même personne, même courriel et même nom, a plusieurs dossiers; ils sont reconnus ensemble.",
             "The same person, same e-mail and name, has several records; they are recognised as one."),
        Text("Rien à faire pour les chiffres; fusionner les dossiers si la billetterie le permet.",
             "Nothing to do for the figures; merge the records if the ticketing system allows it."),
    ),
    "last_contact": Entry(
        Dimension.FRESHNESS, "", Text("Dernier contact", "Last contact"),
        Text("Les dernières ventes reçues datent : tout ce qui suit est inconnu.",
        "The last sales received are old: all that follows is unknown."),
        Text("Déposer une exportation récente.", "Deposit a recent export."),
    ),
    "never_bought": Entry(
        _C, "customer_key", Text("Clients sans aucun achat", "Customers without any purchase"),
        Text("Ces dossiers n'ont aucun billet : prospects, infolettre, ou ventes qui manquent.",
        "These records have no ticket: prospects, newsletter, or missing sales."),
        Text("Si ce sont des acheteurs, exporter leurs ventes.", "If they are buyers, export their sales."),
    ),
    "exceptional_titles": Entry(
        _A, "show_title", Text("Caractère exceptionnel dans le titre", "Exceptional mark in the title"),
        Text("« Supplémentaire », « première mondiale », « complet » : un même spectacle paraît en être plusieurs.",
             "“Extra show”, “world premiere”, “sold out”: one show looks like several."),
        Text("Ces mots sont lus comme un attribut de la représentation; le titre est gardé tel quel.",
             "These words are read as attributes of the performance; the title is kept as it is."),
    ),
    "room_spellings": Entry(
        _A, "room", Text("Salle écrite de plusieurs façons", "Room written in several ways"),
        Text("Une salle écrite de deux façons en fait deux.", "A room written in two ways makes two."),
        Text("Choisir une seule écriture par salle.", "Choose one spelling a room."),
    ),
    "tax_detail": Entry(
        _H, "taxes", Text("Détail des taxes absent", "No detail of taxes"),
        Text("Rien ne dit si les montants comprennent les taxes (14,975 %) : les revenus se comparent mal.",
             "Nothing says whether amounts include taxes (14.975%): revenues hardly compare."),
        Text("Exporter le montant avant taxes, ou une colonne de taxes.",
        "Export the amount before taxes, or a column of taxes."),
    ),
    "manual_entry": Entry(
        _A, "city", Text("Saisie manuelle", "Manual entry"),
        Text("Espaces doublés, chiffre dans un nom, ville écrite diversement, domaine à une lettre près.",
             "Doubled spaces, digits in a name, a city written in several ways, an e-mail domain one letter off."),
        Text("Proposer une liste ou une complétion plutôt qu'un champ libre.",
        "Offer a list or completion rather than a free field."),
    ),
    "courtesy_email": Entry(
        _A, "email", Text("Courriel de courtoisie", "Courtesy e-mail"),
        Text("L'adresse de la maison, ou une adresse que plusieurs noms partagent, ne désigne personne.",
             "The house's address, or one shared by several names, stands for no one: it never serves to recognise."),
        Text("Laisser le champ vide quand la personne ne donne pas de courriel.",
        "Leave the field empty when the person gives no e-mail."),
    ),
    "cancelled_tickets": Entry(
        _H, "ticket_status", Text("Billets annulés, remboursés ou échangés",
        "Cancelled, refunded or exchanged tickets"),
        Text("Ils sont gardés et ne comptent dans aucune entrée ni aucun revenu.",
        "They are kept and count in no admission and no revenue."),
        Text("Rien à faire.", "Nothing to do."),
    ),
    "valid_of_cancelled": Entry(
        _H, "ticket_status", Text("Billets valides d'une représentation annulée",
        "Valid tickets of a cancelled performance"),
        Text("La représentation n'a pas eu lieu : ces billets ne comptent pas, même s'ils se lisent valides.",
             "The performance did not take place: these tickets do not count, even though they read valid."),
        Text("Vérifier qu'ils ont été remboursés ou échangés.", "Check that they were refunded or exchanged."),
    ),
    "formula_cells": Entry(
        _I, "first_name", Text("Cellules qui ressemblent à des formules", "Cells that look like formulas"),
        Text("Un tableur exécuterait ces cellules; elles sont gardées comme du texte.",
        "A spreadsheet would run these cells; they are kept as text."),
        Text("Vérifier qui a saisi ces dossiers.", "Check who typed these records."),
    ),
    "refused": Entry(
        _I, "", Text("Lignes refusées", "Rows refused"),
        Text("Ces lignes n'entrent dans aucun chiffre.", "These rows enter no figure."),
        Text("Télécharger les lignes refusées, les corriger, puis déposer le fichier de nouveau.",
        "Download the refused rows, correct them, then deposit the file again."),
    ),
}  # fmt: skip
"""Defects of docs/reference/quality.en.md, by id of their check."""
