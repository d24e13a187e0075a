"""One row a ticket, everything on the row."""

from pathlib import Path

from publicc.demo.files import Dialect, write_text
from publicc.demo.layouts.phrases import (
    CATEGORIES_FR,
    CATEGORIES_OTHER_FR,
    CHANNELS_FR,
    DISCIPLINES_FR,
    comma,
    minute,
    said,
)
from publicc.demo.tables import Box

REPEATED_EVERY = 7919
"""One ticket in so many is exported twice, under the same ticket number."""


def french_theatre(box: Box, folder: Path) -> None:
    """The layout of French theatres: days and hours apart, years of two digits, no customer number, no seats."""
    rows = f"""
        SELECT 1400000 + ticket AS "Numero billet", 840000 + order_no AS "Reservation",
               strftime(ordered_at, '%d/%m/%y 00:00') AS "Date reservation", strftime(ordered_at,
               '%H:%M:%S') AS "Heure reservation",
               work + 470 AS "Cle spectacle", title AS "Spectacle", performance + 3190 AS "Cle representation",
               title AS "Representation",
               strftime(starts_at, '%d/%m/%y') AS "Date representation", strftime(starts_at,
               '%H:%M:%S') AS "Heure representation",
               strftime(starts_at + INTERVAL 95 MINUTE, '%d/%m/%y') AS "Date fin representation",
               strftime(starts_at + INTERVAL 95 MINUTE, '%H:%M:%S') AS "Heure fin representation",
               regexp_replace({comma()}, ',00$', '') AS "Prix", {
        said("category", CATEGORIES_OTHER_FR)
    } AS "Type de produit",
               upper(strip_accents({said("channel", CHANNELS_FR)})) AS "Filiere de vente", upper(last_name) AS "Nom",
               first_name AS "Prenom", email AS "Email", address AS "Adresse", postal_code AS "Code postal",
               country AS "Pays",
               NULL AS "Age", CASE salutation WHEN 'Mme' THEN 'F' WHEN 'M.' THEN 'M' END AS "Sexe", ticket AS ticket
        FROM tickets
    """
    query = f"""
        SELECT * EXCLUDE (ticket, again) FROM (
            SELECT *, 0 AS again FROM ({rows})
            UNION ALL SELECT *, 1 AS again FROM ({rows}) WHERE ticket % {REPEATED_EVERY} = 17
        ) ORDER BY again, ticket
    """
    write_text(box.connection, query, folder / "export_billets.csv", Dialect(delimiter=";"))


def pretix(box: Box, folder: Path) -> None:
    """The positions export of pretix in French: the title's column holds a short name, the name's column the title."""
    slug = "regexp_replace(lower(strip_accents(title)), '[^a-z0-9]+', '-', 'g')"
    who = "trim(concat_ws(' ', first_name, last_name))"
    query = f"""
        SELECT {slug} AS "Titre de l'événement", title AS "Nom de l'événement", upper(substr(md5('o' || order_no), 1,
               6)) AS "Code de commande",
               row_number() OVER (PARTITION BY order_no ORDER BY ticket) AS "ID de la position",
               CASE WHEN refused THEN 'annulé' ELSE 'Payé' END AS "Statut", email AS "E-Mail",
               CASE WHEN phone IS NULL THEN NULL ELSE '''+1' || right(regexp_replace(phone, '[^0-9]', '', 'g'),
               10) END AS "Numéro de téléphone",
               strftime(ordered_at, '%Y-%m-%d') AS "Date de commande", strftime(ordered_at,
               '%H:%M:%S') AS "Heure de commande",
               title || ' – ' || strftime(starts_at, '%d/%m') AS "Date", strftime(starts_at,
               '%Y-%m-%d %H:%M:%S') AS "Date de début",
               NULL AS "Date de fin", {said("category", CATEGORIES_FR)} AS "Produit",
               ascii(category) + length(category) AS "ID produit",
               {comma()} AS "Prix", '0' AS "Taux d'imposition", NULL AS "Règle fiscale", '0,00' AS "Valeur fiscale",
               {who} AS "Nom du participant", NULL AS "E-mail du participant", NULL AS "Entreprise du participant",
               upper(md5('p' || ticket)) AS "ID pseudonyme", NULL AS "Adresse de facturation de l'entreprise",
               {who} AS "Nom de l'adresse de facturation", address AS "Adresse de facturation (rue)",
               postal_code AS "Adresse de facturation (Code postal)", city AS "Adresse de facturation (ville)",
               CASE WHEN country IS NULL THEN NULL ELSE 'CA' END AS "Adresse de facturation (pays)",
               province AS "Région de l'adresse de facturation",
               CASE channel WHEN 'web' THEN 'Boutique en ligne' WHEN 'counter' THEN 'Guichet'
                            WHEN 'phone' THEN 'Téléphone'
                            WHEN 'group' THEN 'Ventes aux groupes' ELSE 'Revendeur' END AS "Canal de vente",
               'fr' AS "Langue de la commande", 'Danse' AS "artform"
        FROM tickets ORDER BY ticket
    """
    write_text(box.connection, query, folder / "orderlist_positions.csv", Dialect(delimiter=";", newline="\r\n"))


def one_file(box: Box, folder: Path) -> None:
    """A report under a title, one file for all: `12/09/2018 20h05`, `1 234,50 $`, the name in one column."""
    moment = "strftime({0}, '%d/%m/%Y %Hh%M')"
    query = f"""
        SELECT order_no + 60000 AS "No transaction", {moment.format("ordered_at")} AS "Date et heure de la vente",
               customer AS "No client",
               concat_ws(', ', last_name, first_name) AS "Nom complet", email AS "Courriel", phone AS "Téléphone",
               address AS "Adresse",
               city AS "Ville", province AS "Province", postal_code AS "Code postal", code AS "Code représentation",
               title AS "Titre du spectacle", room AS "Salle",
               {moment.format("starts_at")} AS "Date et heure du spectacle",
               capacity AS "Capacité", {said("discipline", DISCIPLINES_FR)} AS "Discipline",
               {said("category", CATEGORIES_OTHER_FR)} AS "Tarif", {comma()} || ' $' AS "Montant payé",
               {said("channel", CHANNELS_FR)} AS "Canal"
        FROM tickets ORDER BY ticket
    """
    preamble = "Rapport détaillé des ventes;Le Quai des Ombres\nPériode : 2017-09-01 au 2026-02-15\n\n"
    write_text(
        box.connection,
        query,
        folder / "rapport_ventes.csv",
        Dialect(encoding="utf-8-sig", delimiter=";", preamble=preamble),
    )
    coming = f"""
        SELECT code AS "Code représentation", title AS "Titre du spectacle", room AS "Salle",
               {minute("starts_at")} AS "Date et heure du spectacle", capacity AS "Capacité",
               {said("discipline", DISCIPLINES_FR)} AS "Discipline"
        FROM performances WHERE NOT played ORDER BY performance
    """
    write_text(box.connection, coming, folder / "a_venir.csv", Dialect(encoding="utf-8-sig", delimiter=";"))
