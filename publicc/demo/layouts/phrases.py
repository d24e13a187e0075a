"""SQL expressions of values as systems print them: labels, money, dates."""

from collections.abc import Mapping
from typing import Final

from publicc.kernel.vocabulary import Discipline

CATEGORIES_FR: Final = {
    "full": "Général", "senior": "Aîné 65+", "student": "Étudiant", "under30": "30 ans et moins",
    "promo": "Rabais promo",
    "subscription": "Abonnement", "school": "Groupe scolaire", "comp": "Faveur",
}  # fmt: skip
CATEGORIES_OTHER_FR: Final = {
    "full": "Plein tarif", "senior": "Réduit - aînés", "student": "Réduit - étudiants", "under30": "Moins de 30 ans",
    "promo": "Code promo", "subscription": "Abonnement saison", "school": "Scolaire", "comp": "Courtoisie",
}  # fmt: skip
CATEGORIES_EN: Final = {
    "full": "Regular", "senior": "Senior", "student": "Student", "under30": "Under 30", "promo": "Promo code",
    "subscription": "Subscription", "school": "School group", "comp": "Comp",
}  # fmt: skip
CHANNELS_FR: Final = {
    "web": "Internet", "phone": "Téléphone", "counter": "Guichet", "reseller": "Réseau de revente",
    "group": "Ventes aux groupes",
    "subscription": "Service aux abonnés",
}  # fmt: skip
CHANNELS_EN: Final = {
    "web": "Web", "phone": "Phone", "counter": "Box office", "reseller": "Reseller", "group": "Group sales",
    "subscription": "Subscription office",
}  # fmt: skip
DISCIPLINES_FR: Final = {d.value: d.label.fr for d in Discipline}
DISCIPLINES_EN: Final = {d.value: d.label.en for d in Discipline}


def quoted(text: str) -> str:
    """An SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def said(column: str, labels: Mapping[str, str]) -> str:
    """The label of the code in `column`."""
    cases = " ".join(f"WHEN {quoted(code)} THEN {quoted(label)}" for code, label in labels.items())
    return f"CASE {column} {cases} END"


def comma(cents: str = "cents") -> str:
    """`4250` → `42,50`."""
    return f"replace(printf('%.2f', {cents} / 100.0), '.', ',')"


def point(cents: str = "cents") -> str:
    """`4250` → `42.50`."""
    return f"printf('%.2f', {cents} / 100.0)"


def minute(column: str) -> str:
    """`2018-09-12 19:30`."""
    return f"strftime({column}, '%Y-%m-%d %H:%M')"


CUSTOMER_FR: Final = """
    code AS "Code client", title AS "Titre", first_name AS "Prénom", last_name AS "Nom", address AS "Adresse",
    city AS "Ville",
    province AS "Province", country AS "Pays", postal_code AS "Code Postal", phone AS "Téléphone", email AS "Courriel"
"""
CUSTOMER_EN: Final = """
    code AS "Customer number", title AS "Title", first_name AS "First name", last_name AS "Last name",
    address AS "Address",
    city AS "City", province AS "Province", country AS "Country", postal_code AS "Postal code", phone AS "Phone number",
    email AS "Email"
"""
CONSENT: Final = "CASE WHEN email IS NULL OR record % 9 = 4 THEN NULL WHEN record % 9 < 7 THEN '{yes}' ELSE '{no}' END"
"""What a record answers to the newsletter: about two thirds yes, one in nine never asked."""
EVENT_FR: Final = f"""
    code AS "Code événement", title AS "Titre événement", room AS "Nom de la salle",
    {minute("starts_at")} AS "Date & heure de début",
    capacity AS "Nombre de sièges", {said("discipline", DISCIPLINES_FR)} AS "Discipline"
"""
EVENT_EN: Final = f"""
    code AS "Performance code", title AS "Performance title", room AS "Venue name",
    {minute("starts_at")} AS "Start date & time",
    capacity AS "Total number of seats", {said("discipline", DISCIPLINES_EN)} AS "Artform"
"""
ORDER_FR: Final = f"""
    order_no + 100000 AS "Numéro de transaction", customer AS "Code client", code AS "Code événement",
    {minute("ordered_at")} AS "Date & heure transaction", {comma()} AS "Montant du billet",
    {said("category", CATEGORIES_FR)} AS "Catégorie de prix", {said("channel", CHANNELS_FR)} AS "Canal de transaction"
"""
ORDER_EN: Final = f"""
    order_no + 200000 AS "Order number", customer AS "Customer number", code AS "Performance code",
    {minute("ordered_at")} AS "Order date & time", {point()} AS "Amount", {
    said("category", CATEGORIES_EN)
} AS "Price type",
    {said("channel", CHANNELS_EN)} AS "Channel"
"""
