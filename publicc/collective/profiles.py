"""What the pipeline must know of an organization, whether it comes from the control database or from a small file."""

import re
import tomllib
import unicodedata
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

PROFILE_FILE = "organization.toml"


@dataclass(frozen=True, slots=True)
class VenuePlace:
    """Where a room is, when exports name it without saying where. `postal_code` or `city`, the first that is known."""

    label: str
    city: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class OrganizationProfile:
    """One organization, as the pipeline sees it. `slug` names its vault and its rows."""

    slug: str
    name: str
    time_zone: str = "America/Toronto"
    territory: str = ""
    size: str = ""
    disciplines: tuple[str, ...] = ()
    links_across: bool = False
    """It granted the recognition of its buyers at other organizations that granted it too."""
    local_territory: str | None = None
    """Territory that counts as local in its indices, e.g. `montreal`; None = that of its venue."""
    venues: tuple[VenuePlace, ...] = ()
    """Its rooms and where they are, for distances."""


def slug_of(name: str) -> str:
    """`Théâtre du Nord` → `theatre-du-nord`: lower case ASCII, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "organization"


def profile_of_folder(folder: Path) -> OrganizationProfile:
    """The profile of an organization's folder: its name, completed by `organization.toml` when there is one.

    Raises BadInput when that file cannot be read or names an unknown time zone.
    """
    described = folder / PROFILE_FILE
    told = _read(described) if described.is_file() else {}
    name = str(told.get("name") or folder.name)
    zone = str(told.get("time_zone") or "America/Toronto")
    if zone not in zoneinfo.available_timezones():
        raise BadInput(
            Text("Le fuseau horaire n'existe pas.", "The time zone does not exist."),
            where=Text(f"Fichier {PROFILE_FILE}, time_zone.", f"File {PROFILE_FILE}, time_zone."),
            do=Text("Écrire par exemple America/Toronto.", "Write for example America/Toronto."),
        )
    disciplines = told.get("disciplines") or told.get("discipline") or ()
    return OrganizationProfile(
        slug=slug_of(folder.name),
        name=name,
        time_zone=zone,
        territory=str(told.get("territory") or ""),
        size=str(told.get("size") or ""),
        disciplines=(disciplines,) if isinstance(disciplines, str) else tuple(str(d) for d in disciplines),
        links_across=bool(told.get("links_across", False)),
        local_territory=str(told["local_territory"]) if told.get("local_territory") else None,
        venues=venues_of(told.get("venues") or ()),
    )


def venues_of(told: Iterable[Mapping[str, object]]) -> tuple[VenuePlace, ...]:
    """Rooms as a file or the control database tells them: `label`, `city`, `postal_code`."""
    return tuple(
        VenuePlace(str(one.get("label") or ""), str(one.get("city") or ""), str(one.get("postal_code") or ""))
        for one in told
    )


def _read(described: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(described.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(
            Text(f"Le fichier {PROFILE_FILE} ne se lit pas.", f"The file {PROFILE_FILE} cannot be read."),
            do=Text("Le corriger ou le retirer.", "Correct it or remove it."),
        ) from problem
