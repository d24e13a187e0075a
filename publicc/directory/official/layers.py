"""The layers that can be imported, what is kept of a file, and the line that must stand beside it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text


class Layer(StrEnum):
    """One kind of official file."""

    FSA_LIMITS = "fsa_limits"
    CENSUS = "census"
    MUNICIPALITIES = "municipalities"
    POSTAL_CODES = "postal_codes"
    WEATHER = "weather"


LABELS: Final[Mapping[Layer, Text]] = {
    Layer.FSA_LIMITS: Text("Limites des RTA", "FSA limits"),
    Layer.CENSUS: Text("Profil du recensement par RTA", "Census Profile by FSA"),
    Layer.MUNICIPALITIES: Text("Répertoire des municipalités", "Register of municipalities"),
    Layer.POSTAL_CODES: Text("Codes postaux", "Postal codes"),
    Layer.WEATHER: Text("Météo quotidienne", "Daily weather"),
}
FILES: Final[Mapping[Layer, str]] = {
    Layer.FSA_LIMITS: "lfsa000b21a_e.zip",
    Layer.CENSUS: "98-401-X2021013_eng_CSV.zip",
    Layer.MUNICIPALITIES: "MUN.csv",
    Layer.POSTAL_CODES: "CA_full.txt",
    Layer.WEATHER: "fr_climat_quotidiennes.csv",
}
"""The file of each layer under the name that its publisher gives it."""
_STATISTICS_CANADA: Final = Text(
    "Statistique Canada, {what}, {vintage}. Reproduit et diffusé « tel quel » avec la permission de Statistique Canada "
    "(Licence ouverte de Statistique Canada), données adaptées",
    "Statistics Canada, {what}, {vintage}. Reproduced and distributed on an “as is” basis with the permission of "
    "Statistics Canada (Statistics Canada Open Licence), adapted",
)
ATTRIBUTIONS: Final[Mapping[Layer, Text]] = {
    Layer.FSA_LIMITS: _STATISTICS_CANADA.filled(
        what=Text("limites des régions de tri d'acheminement", "forward sortation area boundaries"), vintage="{vintage}"
    ),
    Layer.CENSUS: _STATISTICS_CANADA.filled(
        what=Text("Profil du recensement, 98-401-X2021013", "Census Profile, 98-401-X2021013"), vintage="{vintage}"
    ),
    Layer.MUNICIPALITIES: Text(
        "Répertoire des municipalités du Québec, ministère des Affaires municipales et de l'Habitation, {vintage}, "
        "CC BY 4.0, données adaptées",
        "Register of Québec municipalities, ministère des Affaires municipales et de l'Habitation, {vintage}, "
        "CC BY 4.0, adapted",
    ),
    Layer.POSTAL_CODES: Text(
        "Codes postaux et lieux : GeoNames (geonames.org), {vintage}, CC BY 4.0, données modifiées",
        "Postal codes and places: GeoNames (geonames.org), {vintage}, CC BY 4.0, modified",
    ),
    Layer.WEATHER: Text(
        "Météo : Environnement et Changement climatique Canada, données quotidiennes, {vintage}",
        "Weather: Environment and Climate Change Canada, daily data, {vintage}",
    ),
}
INVENTED: Final = Text(
    "Recensement inventé pour la démonstration : aucun de ses chiffres n'est vrai",
    "Census invented for the demonstration: none of its figures is true",
)
UNDATED: Final = Text("millésime non dit", "vintage not stated")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is kept of an official file."""

    layer: Layer
    vintage: str
    """Year of the data as the file says it; empty when it does not."""
    rows: int
    """Areas, municipalities or codes kept."""
    files: Mapping[str, bytes] = field(repr=False)
    covers: tuple[str, ...] = ()
    """Provinces it holds, by their two letters."""
    invented: bool = False
    notes: tuple[Text, ...] = ()
    """What was left out or mended, in words."""


def attribution(layer: Layer, vintage: str, *, invented: bool = False) -> Text:
    """The line that must stand beside every figure and map made with the layer."""
    if invented:
        return INVENTED
    dated = Text(vintage, vintage) if vintage else UNDATED
    return ATTRIBUTIONS[layer].filled(vintage=dated)


def refused(what: Text, *, found: Text | None = None, do: Text | None = None) -> BadInput:
    """An official file that cannot be used; what was there before stays."""
    return BadInput(what, found=found, do=do)


def truncated(where: Text) -> BadInput:
    """The file stops before its end."""
    return refused(
        Text("Le fichier est tronqué.", "The file is truncated."),
        found=where,
        do=Text("Le télécharger de nouveau.", "Download it again."),
    )
