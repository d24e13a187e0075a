"""Empty tables to fill in by hand, for whoever has no export, in the layout recognized without a question. Pure."""

import csv
import io
from collections.abc import Mapping
from typing import Final

from publicc.kernel.errors import NotFound
from publicc.kernel.text import Lang, Text

BLANKS: Final[Mapping[str, tuple[Text, ...]]] = {
    "clients": (
        Text("Code client", "Customer number"),
        Text("Titre", "Title"),
        Text("Prénom", "First name"),
        Text("Nom", "Last name"),
        Text("Adresse", "Address"),
        Text("Ville", "City"),
        Text("Province", "Province"),
        Text("Pays", "Country"),
        Text("Code postal", "Postal code"),
        Text("Téléphone", "Phone number"),
        Text("Courriel", "Email"),
    ),
    "transactions": (
        Text("Numéro de transaction", "Order number"),
        Text("Code client", "Customer number"),
        Text("Code événement", "Performance code"),
        Text("Date & heure transaction", "Order date & time"),
        Text("Montant du billet", "Amount"),
        Text("Catégorie de prix", "Price type"),
        Text("Canal de transaction", "Channel"),
    ),
    "evenements": (
        Text("Code événement", "Performance code"),
        Text("Titre événement", "Performance title"),
        Text("Nom de la salle", "Venue name"),
        Text("Date & heure de début", "Start date & time"),
        Text("Nombre de sièges", "Total number of seats"),
        Text("Discipline", "Artform"),
    ),
}
"""The three tables of the 2021 layout, in its own words (intake/sources/template/layout.toml)."""
_FILE_NAMES: Final = {
    "clients": Text("clients", "customers"),
    "transactions": Text("transactions", "orders"),
    "evenements": Text("evenements", "performances"),
}


def blank_table(name: str, lang: Lang) -> tuple[str, bytes]:
    """A file name and a CSV that holds only headers, as a spreadsheet of that language opens it. Raises NotFound."""
    if name not in BLANKS:
        raise NotFound(Text("Ce modèle n'existe pas.", "This template does not exist."))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\r\n")
    writer.writerow([one.fr if lang == "fr" else one.en for one in BLANKS[name]])
    return f"{_FILE_NAMES[name].said(lang)}.csv", b"\xef\xbb\xbf" + out.getvalue().encode()
