"""One row an order line: several equal tickets on a row, with a quantity."""

from pathlib import Path
from typing import Final

from publicc.demo.files import Dialect, write_text
from publicc.demo.layouts.phrases import (
    CATEGORIES_FR,
    CATEGORIES_OTHER_FR,
    CHANNELS_FR,
    CUSTOMER_FR,
    DISCIPLINES_FR,
    minute,
    point,
    said,
)
from publicc.demo.seasons import WINDOWS
from publicc.demo.tables import Box

_LINES = "(SELECT * FROM tickets WHERE position = 1)"


RESCHEDULED: Final = "(status = 'SCHEDULED' AND performance % 11 = 4)"
"""Performances put off by nine days, decided three days before they were first to be given."""


def order_lines(box: Box, folder: Path) -> None:
    """UTF-16 with tabs: quantity, unit price, both taxes apart, status of the line; performances that were put off."""
    dialect = Dialect(encoding="utf-16", delimiter="\t", newline="\r\n")
    sales = f"""
        SELECT order_no + 7000000 AS "No commande", {minute("ordered_at")} AS "Date commande",
               customer AS "Code client",
               code AS "Code représentation", {said("category", CATEGORIES_FR)} AS "Tarif", quantity AS "Quantité",
               {point()} AS "Prix unitaire", {point("quantity * cents")} AS "Sous-total",
               {point("round(quantity * cents * 0.05)")} AS "TPS",
               {point("round(quantity * cents * 0.09975)")} AS "TVQ",
               {said("channel", CHANNELS_FR)} AS "Canal de vente",
               CASE WHEN refused THEN 'Remboursé' ELSE 'Payé' END AS "Statut"
        FROM {_LINES} ORDER BY line
    """
    programme = f"""
        SELECT code AS "Code représentation", title AS "Spectacle", room AS "Lieu",
               {minute("starts_at")} AS "Date et heure",
               capacity AS "Jauge", {said("discipline", DISCIPLINES_FR)} AS "Discipline",
               strftime(on_sale_on, '%Y-%m-%d') AS "Mise en vente",
               CASE WHEN {RESCHEDULED} THEN 'Reportée' WHEN status = 'CANCELLED' THEN 'Annulée' ELSE 'Prévue'
               END AS "Statut de la représentation",
               CASE WHEN {RESCHEDULED} THEN strftime(starts_at - INTERVAL 9 DAY, '%Y-%m-%d') END AS "Ancienne date",
               CASE WHEN {RESCHEDULED} THEN strftime(starts_at - INTERVAL 12 DAY, '%Y-%m-%d') END AS "Reporté le"
        FROM performances ORDER BY performance
    """
    c = box.connection
    write_text(c, f"SELECT {CUSTOMER_FR} FROM records ORDER BY record", folder / "clients.tsv", dialect)
    write_text(c, sales, folder / "ventes.tsv", dialect)
    write_text(c, programme, folder / "programmation.tsv", dialect)


def embedded(box: Box, folder: Path) -> None:
    """One file a season, the customer written again on every line."""
    for i, window in enumerate(WINDOWS):
        query = f"""
            SELECT order_no + 30000 AS "Commande", {minute("ordered_at")} AS "Date de commande",
                   customer AS "No client", salutation AS "Titre",
                   first_name AS "Prénom", last_name AS "Nom", address AS "Adresse", city AS "Ville",
                   province AS "Province",
                   country AS "Pays", postal_code AS "Code postal", phone AS "Téléphone", email AS "Courriel",
                   t.title AS "Spectacle", t.room AS "Salle", {minute("t.starts_at")} AS "Date du spectacle",
                   t.capacity AS "Sièges",
                   {said("t.discipline", DISCIPLINES_FR)} AS "Discipline", {
            said("category", CATEGORIES_OTHER_FR)
        } AS "Tarif",
                   quantity AS "Quantité", {point()} AS "Prix unitaire", {point("quantity * cents")} AS "Total",
                   {said("channel", CHANNELS_FR)} AS "Canal"
            FROM {_LINES} t JOIN performances p USING (performance) WHERE p.window_no = {i} ORDER BY line
        """
        name = f"commandes_{window.first_on.year}-{window.last_on.year}.csv"
        write_text(box.connection, query, folder / name, Dialect(encoding="utf-8-sig"))
