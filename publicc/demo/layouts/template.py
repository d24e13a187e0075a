"""The three tables of the 2021 call, in the hands of five box offices."""

from pathlib import Path
from typing import Final

from publicc.demo.files import Dialect, write_archive, write_text
from publicc.demo.layouts.phrases import (
    CATEGORIES_EN,
    CATEGORIES_OTHER_FR,
    CHANNELS_EN,
    CHANNELS_FR,
    CONSENT,
    CUSTOMER_EN,
    CUSTOMER_FR,
    DISCIPLINES_EN,
    EVENT_EN,
    EVENT_FR,
    ORDER_EN,
    ORDER_FR,
    comma,
    minute,
    point,
    said,
)
from publicc.demo.tables import Box

WITH_TAXES: Final = "round(cents * 1.14975)::BIGINT"
"""GST and QST added: what the second system of the opera writes as the amount."""
ORPHAN_EVERY: Final = 947
"""One line in so many names a customer, another one a performance, that no table holds."""


UPDATED_ON: Final = "2019-03-01"
"""From that day the English template writes its order dates in another form, in the same column."""
REFUNDED: Final = "cents > 0 AND ticket % 613 = 3"
"""After such a ticket, another of the same order was sold and given back: its amount stands again, negative."""
_WITH_REFUNDS: Final = (
    "SELECT *, 0 AS again FROM tickets UNION ALL "
    f"SELECT * EXCLUDE nth, nth AS again FROM tickets, (VALUES (1), (2)) AS n(nth) WHERE {REFUNDED}"
)


def french(box: Box, folder: Path) -> None:
    """Windows-1252, semicolons, decimal commas; a few sales of customers and performances that were since deleted."""
    dialect = Dialect(encoding="cp1252", delimiter=";", newline="\r\n")
    orphans = f"""
        SELECT * REPLACE (
            CASE WHEN line % {ORPHAN_EVERY} = 11 THEN 'CLI9' || lpad((line % 89999)::VARCHAR, 5,
            '0') ELSE customer END AS customer,
            CASE WHEN line % {ORPHAN_EVERY} = 23 THEN 'ANC' || (line % 7)::VARCHAR ELSE code END AS code
        ) FROM tickets
    """
    c = box.connection
    customers = f'{CUSTOMER_FR}, {CONSENT.format(yes="Oui", no="Non")} AS "Infolettre"'
    write_text(c, f"SELECT {customers} FROM records ORDER BY record", folder / "clients.csv", dialect)
    write_text(c, f"SELECT {ORDER_FR} FROM ({orphans}) ORDER BY ticket", folder / "transactions.csv", dialect)
    write_text(c, f"SELECT {EVENT_FR} FROM performances ORDER BY performance", folder / "evenements.csv", dialect)


def english(box: Box, folder: Path) -> None:
    """UTF-8, commas, `$45.00`; `Sep 12, 2018 7:30:00 PM`, then ISO after an update; refunds as negative rows."""
    moment = "strftime({0}, '%b ') || day({0}) || strftime({0}, ', %Y ') || ltrim(strftime({0}, '%I:%M:%S %p'), '0')"
    orders = f"""
        order_no + 500000 AS "Order number", customer AS "Customer number", code AS "Performance code",
        CASE WHEN ordered_at < TIMESTAMP '{UPDATED_ON}' THEN {moment.format("ordered_at")}
             ELSE {minute("ordered_at")} END AS "Order date & time",
        CASE WHEN again = 2 THEN '-' ELSE '' END || printf('$%.2f', cents / 100.0) AS "Amount",
        {said("category", CATEGORIES_EN)} AS "Price type", {said("channel", CHANNELS_EN)} AS "Channel"
    """
    events = f"""
        code AS "Performance code", title AS "Performance title", room AS "Venue name",
        {moment.format("starts_at")} AS "Start date & time", capacity AS "Total number of seats",
        {said("discipline", DISCIPLINES_EN)} AS "Artform"
    """
    c = box.connection
    customers = f'{CUSTOMER_EN}, {CONSENT.format(yes="Yes", no="No")} AS "Newsletter"'
    write_text(c, f"SELECT {customers} FROM records ORDER BY record", folder / "customers.csv", Dialect())
    write_text(c, f"SELECT {orders} FROM ({_WITH_REFUNDS}) ORDER BY ticket, again", folder / "orders.csv", Dialect())
    write_text(c, f"SELECT {events} FROM performances ORDER BY performance", folder / "performances.csv", Dialect())


def old_macintosh(box: Box, folder: Path) -> None:
    """Mac-Roman, carriage returns, `12/9/2018 20:00`."""
    dialect = Dialect(encoding="mac_roman", delimiter=";", newline="\r")
    moment = "day({0}) || '/' || month({0}) || '/' || strftime({0}, '%Y %H:%M')"
    orders = f"""
        order_no + 3000 AS "No transaction", customer AS "No client", code AS "Code représentation",
        {moment.format("ordered_at")} AS "Date de la transaction", {comma()} AS "Prix",
        {said("category", CATEGORIES_OTHER_FR)} AS "Tarif", {said("channel", CHANNELS_FR)} AS "Canal de vente"
    """
    events = f"""
        code AS "Code représentation", title AS "Spectacle", room AS "Salle",
        {moment.format("starts_at")} AS "Date de représentation",
        capacity AS "Jauge", {
        said("discipline", {"SONG_FR": "Chanson", "HUMOUR": "Humour", "THEATRE": "Théâtre"})
    } AS "Discipline"
    """
    customers = CUSTOMER_FR.replace('"Code client"', '"No client"')
    c = box.connection
    write_text(c, f"SELECT {customers} FROM records ORDER BY last_name, record", folder / "liste_clients.txt", dialect)
    write_text(c, f"SELECT {orders} FROM tickets ORDER BY ticket", folder / "ventes.txt", dialect)
    write_text(c, f"SELECT {events} FROM performances ORDER BY performance", folder / "calendrier.txt", dialect)


def archive(box: Box, folder: Path) -> None:
    """One ZIP of three files, every cell quoted."""
    dialect = Dialect(quote_all=True, newline="\r\n")
    c = box.connection
    members = [folder / "customers.csv", folder / "orders.csv", folder / "performances.csv"]
    write_text(c, f"SELECT {CUSTOMER_EN} FROM records ORDER BY record", members[0], dialect)
    write_text(c, f"SELECT {ORDER_EN} FROM tickets ORDER BY ticket", members[1], dialect)
    write_text(c, f"SELECT {EVENT_EN} FROM performances ORDER BY performance", members[2], dialect)
    write_archive(members, folder / "export.zip")


def two_systems(box: Box, folder: Path) -> None:
    """One archive a system: French until June 2019, then English, where the same customer numbers name others.

    Amounts are without taxes in the former and hold them in the latter, which tells them apart in a column.
    """
    old = Dialect(encoding="cp1252", delimiter=";", newline="\r\n")
    c = box.connection
    members = [folder / "clients.csv", folder / "ventes.csv", folder / "representations.csv"]
    write_text(c, f"SELECT {CUSTOMER_FR} FROM records WHERE source = 0 ORDER BY record", members[0], old)
    write_text(c, f"SELECT {ORDER_FR} FROM tickets WHERE source = 0 ORDER BY ticket", members[1], old)
    write_text(c, f"SELECT {EVENT_FR} FROM performances WHERE source = 0 ORDER BY performance", members[2], old)
    write_archive(members, folder / "ancienne_billetterie_2017-2019.zip")
    members = [folder / "customers.csv", folder / "orders.csv", folder / "performances.csv"]
    write_text(c, f"SELECT {CUSTOMER_EN} FROM records WHERE source = 1 ORDER BY record", members[0], Dialect())
    taxed = f"SELECT * REPLACE ({WITH_TAXES} AS cents), {WITH_TAXES} - cents AS taxes FROM tickets WHERE source = 1"
    orders = f'SELECT {ORDER_EN}, {point("taxes")} AS "Taxes" FROM ({taxed}) ORDER BY ticket'
    write_text(c, orders, members[1], Dialect())
    write_text(c, f"SELECT {EVENT_EN} FROM performances WHERE source = 1 ORDER BY performance", members[2], Dialect())
    write_archive(members, folder / "nouvelle_billetterie_2019-2026.zip")
