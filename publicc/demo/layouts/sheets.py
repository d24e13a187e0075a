"""Workbooks of three sheets."""

from pathlib import Path
from typing import Final

from publicc.demo.files import Dialect, write_text
from publicc.demo.layouts.phrases import (
    CATEGORIES_FR,
    CATEGORIES_OTHER_FR,
    CHANNELS_FR,
    CUSTOMER_FR,
    DISCIPLINES_FR,
    said,
)
from publicc.demo.seasons import AS_OF
from publicc.demo.spreadsheets import write_open_document, write_workbook
from publicc.demo.tables import Box

SUBSCRIBERS_KNOWN: Final = "record IN (SELECT record FROM lines WHERE category = 'subscription') AND email IS NOT NULL"
"""Customers whom a second base, that of subscribers, holds too."""
SCANNED: Final = "ticket % 13 <> 5"
"""Tickets that came through the door, of those valid for a performance that was played."""


def workbook(box: Box, folder: Path) -> None:
    """XLSX: dates and amounts typed, sale dates of performances, and a second base of subscribers beside it."""
    orders = f"""
        SELECT order_no + 10000 AS "No commande", customer AS "Code client", code AS "Code concert",
               ordered_at AS "Date de commande",
               cents / 100.0 AS "Montant", {said("category", CATEGORIES_FR)} AS "Catégorie de prix",
               {said("channel", CHANNELS_FR)} AS "Canal", CASE WHEN refused THEN 'Remboursé' ELSE 'Payé' END AS "Statut"
        FROM tickets ORDER BY ticket
    """
    concerts = f"""
        SELECT code AS "Code concert", title AS "Titre", room AS "Salle", starts_at AS "Début", capacity AS "Places",
               {said("discipline", DISCIPLINES_FR)} AS "Discipline", on_sale_on::TIMESTAMP AS "Mise en vente",
               CASE status WHEN 'CANCELLED' THEN 'Annulée' ELSE 'Prévue' END AS "Statut"
        FROM performances ORDER BY performance
    """
    sheets = {
        "Clients": f"SELECT {CUSTOMER_FR} FROM records ORDER BY record",
        "Commandes": orders,
        "Concerts": concerts,
    }
    write_workbook(box.connection, sheets, folder / "billetterie.xlsx")
    subscribers = f"""
        SELECT 'AB-' || lpad(row_number() OVER (ORDER BY md5('s' || record))::VARCHAR, 4, '0') AS "No abonné",
               first_name AS "Prénom",
               upper(last_name) AS "Nom", postal_code AS "Code postal", email AS "Courriel"
        FROM records WHERE {SUBSCRIBERS_KNOWN} ORDER BY 1
    """
    dialect = Dialect(encoding="utf-8-sig", delimiter=";")
    write_text(box.connection, subscribers, folder / "base_abonnes.csv", dialect)


def open_document(box: Box, folder: Path) -> None:
    """ODS: other words for the same things, a column of languages that says two things, entries scanned at the door."""
    buyers = """
        SELECT code AS "No acheteur", first_name AS "Prénom", last_name AS "Nom de famille", address AS "Rue",
               city AS "Municipalité",
               province AS "Province", postal_code AS "Code postal", phone AS "Tél.", email AS "Adresse courriel",
               CASE record % 9 WHEN 0 THEN 'anglais' WHEN 1 THEN 'Spectacle sans paroles'
                             WHEN 2 THEN NULL ELSE 'français' END AS "Langue"
        FROM records ORDER BY record
    """
    tickets = f"""
        SELECT ticket AS "No billet", order_no AS "No commande", customer AS "No acheteur", code AS "No représentation",
               strftime(ordered_at, '%Y-%m-%d') AS "Date d'achat", strftime(ordered_at, '%H:%M') AS "Heure d'achat",
               cents / 100.0 AS "Prix payé", {said("category", CATEGORIES_OTHER_FR)} AS "Type de tarif",
               {said("channel", CHANNELS_FR)} AS "Canal",
               CASE WHEN refused THEN 'Annulé' ELSE 'Valide' END AS "État du billet",
               CASE WHEN starts_at > TIMESTAMP '{AS_OF}' OR refused THEN NULL WHEN {SCANNED} THEN 'Oui' ELSE 'Non'
               END AS "Entrée validée"
        FROM tickets ORDER BY ticket
    """
    shows = f"""
        SELECT code AS "No représentation", title AS "Spectacle", room AS "Lieu", starts_at AS "Date et heure",
               capacity AS "Jauge",
               {said("discipline", {"THEATRE": "Théâtre jeune public", "DANCE": "Danse jeune public"})} AS "Discipline",
               CASE status WHEN 'CANCELLED' THEN 'annulée' ELSE 'prévue' END AS "Statut"
        FROM performances ORDER BY performance
    """
    sheets = {"Acheteurs": buyers, "Billets": tickets, "Représentations": shows}
    write_open_document(box.connection, sheets, folder / "billetterie.ods")
