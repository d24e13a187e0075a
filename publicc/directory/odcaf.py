"""Venues of Canada from Statistics Canada's Open Database of Cultural and Art Facilities (ODCAF), as candidates.

Licence: Open Government Licence – Canada. The file is in Windows-1252, and writes `..` for what is missing. Of its
types, only houses that may give shows are taken; artists and festival sites are not places one sits in.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

TYPES: Final = frozenset({"theatre/performance and concert hall", "art or cultural centre"})
_NEEDED: Final = frozenset({"Index", "Facility_Name", "ODCAF_Facility_Type", "CSD_Name", "Prov_Terr", "Postal_Code"})
_MISSING: Final = ".."


@dataclass(frozen=True, slots=True)
class Facility:
    """One house: its number in the file, its name as written there, where it is."""

    number: str
    name: str
    municipality: str
    postal_code: str
    latitude: float | None
    longitude: float | None


def facilities(told: bytes, *, provinces: frozenset[str]) -> Iterator[Facility]:
    """The houses of these provinces (`QC`, `ON`…) that may give shows. Raises BadInput when it is another file."""
    reader = csv.DictReader(io.StringIO(told.decode("cp1252", errors="replace")))
    missing = _NEEDED - set(reader.fieldnames or ())
    if missing:
        raise BadInput(
            Text("Ce n'est pas le fichier ODCAF.", "This is not the ODCAF file."),
            found=Text(
                "Colonnes absentes : {names}.".format(names=", ".join(sorted(missing))),
                "Missing columns: {names}.".format(names=", ".join(sorted(missing))),
            ),
            do=Text("Donner ODCAF_v1.0.csv.", "Give ODCAF_v1.0.csv."),
        )
    for line in reader:
        kind, province = line["ODCAF_Facility_Type"].strip().lower(), line["Prov_Terr"].strip().upper()
        if kind in TYPES and province in provinces and _said(line["Facility_Name"]):
            yield Facility(
                number=line["Index"],
                name=_said(line["Facility_Name"])[:400],
                municipality=_said(line["CSD_Name"]) or _said(line.get("City") or "").title(),
                postal_code=_said(line["Postal_Code"]).replace(" ", "").upper()[:7],
                latitude=_degree(line.get("Latitude")),
                longitude=_degree(line.get("Longitude")),
            )


def _said(value: str) -> str:
    bare = " ".join(value.split())
    return "" if bare == _MISSING else bare


def _degree(value: str | None) -> float | None:
    try:
        return float(value or "")
    except ValueError:
        return None
