"""The directory as files: rows of a CSV, or JSON-LD in the words of schema.org with Artsdata's identifiers. Pure.

A show is an `EventSeries` (the schema.org event without a date of its own), a venue a `Place`, a room a `Place` in it.
What is written can be read again: codes keep entries the same.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from publicc.directory.disciplines import ARTSDATA
from publicc.directory.groupings import GTFAS, OCCQ
from publicc.directory.states import EntryKind
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline, TargetAudience

_TYPES: Final = {
    EntryKind.SHOW: "EventSeries",
    EntryKind.SERIES: "Festival",
    EntryKind.VENUE: "Place",
    EntryKind.ROOM: "Place",
}
_URN: Final = "urn:publicc:"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as a file says it. `within`: code of the venue or series that holds it. Empty = not said."""

    code: str = ""
    kind: str = EntryKind.SHOW.value
    name_fr: str = ""
    name_en: str = ""
    discipline: str = ""
    genre: str = ""
    language: str = ""
    audience: str = ""
    within: str = ""
    municipality: str = ""
    postal_code: str = ""
    latitude: str = ""
    longitude: str = ""
    artsdata: str = ""


_COLUMNS: Final = tuple(one.name for one in fields(Row))


def to_csv(rows: Iterable[Row]) -> str:
    """The rows with their headers, and the groupings derived from the discipline. Safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*_COLUMNS, "gtfas", "occq"])
    for row in rows:
        discipline = Discipline(row.discipline or Discipline.UNKNOWN.value)
        derived = [table[discipline].fr if discipline in table else "" for table in (GTFAS, OCCQ)]
        writer.writerow([_safe(value) for value in (*asdict(row).values(), *derived)])
    return out.getvalue()


def from_csv(told: str) -> list[Row]:
    """The rows of a CSV that has at least the columns `kind` and `name_fr`. Raises BadInput with the line at fault."""
    reader = csv.DictReader(io.StringIO(told.removeprefix("\ufeff")))
    missing = {"kind", "name_fr"} - set(reader.fieldnames or ())
    if missing:
        raise BadInput(
            Text("Il manque une colonne au répertoire.", "The directory lacks a column."),
            found=Text(", ".join(sorted(missing)), ", ".join(sorted(missing))),
            do=Text("Donner au moins kind et name_fr.", "Give at least kind and name_fr."),
        )
    rows = []
    for number, line in enumerate(reader, 2):
        values = {name: (line.get(name) or "").strip().removeprefix("'") for name in _COLUMNS}
        rows.append(_checked(Row(**values), number))
    return rows


def to_json_ld(rows: Iterable[Row]) -> str:
    """The rows as one JSON-LD graph."""
    graph = {"@context": "https://schema.org", "@graph": [_thing(row) for row in rows]}
    return json.dumps(graph, ensure_ascii=False, indent=1) + "\n"


def from_json_ld(told: str) -> list[Row]:
    """The places and series of events of a JSON-LD graph of ours or of the same shape. Raises BadInput."""
    try:
        graph = json.loads(told)
        things = graph["@graph"] if isinstance(graph, dict) else graph
        rows = [row for thing in things for row in _row_of(thing)]
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BadInput(
            Text("Ce n'est pas un graphe JSON-LD du répertoire.", "This is no JSON-LD graph of the directory."),
            do=Text("Donner un objet avec @graph.", "Give an object with @graph."),
        ) from problem
    return [_checked(row, number) for number, row in enumerate(rows, 1)]


def _thing(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": _TYPES[EntryKind(row.kind)],
        "@id": _URN + row.code,
        "identifier": row.code,
        "name": {"fr": row.name_fr, "en": row.name_en} if row.name_en else row.name_fr,
        "additionalType": row.genre and ARTSDATA + row.genre,
        "keywords": row.discipline,
        "inLanguage": row.language and row.language.split(","),
        "audience": row.audience and {"@type": "Audience", "audienceType": row.audience},
        _holder_word(row): row.within and {"@id": _URN + row.within},
        "address": _address(row),
        "geo": row.latitude
        and {"@type": "GeoCoordinates", "latitude": float(row.latitude), "longitude": float(row.longitude)},
        "sameAs": row.artsdata and ARTSDATA + row.artsdata,
    }
    return {name: value for name, value in told.items() if value}


def _holder_word(row: Row) -> str:
    return "containedInPlace" if row.kind == EntryKind.ROOM.value else "superEvent"


def _address(row: Row) -> dict[str, str]:
    told = {"addressLocality": row.municipality, "postalCode": row.postal_code}
    said = {name: value for name, value in told.items() if value}
    return {"@type": "PostalAddress", **said} if said else {}


def _row_of(thing: Mapping[str, Any]) -> Iterator[Row]:
    told = thing.get("@type")
    held = _code((thing.get("containedInPlace") or thing.get("superEvent") or {}).get("@id", ""))
    kinds = {"EventSeries": EntryKind.SHOW, "Festival": EntryKind.SERIES, "Place": EntryKind.VENUE}
    if told not in kinds:
        return
    kind = EntryKind.ROOM if "containedInPlace" in thing else kinds[told]
    name = thing.get("name", "")
    address, point = thing.get("address") or {}, thing.get("geo") or {}
    yield Row(
        code=str(thing.get("identifier") or _code(str(thing.get("@id", "")))),
        kind=kind.value,
        name_fr=name.get("fr", "") if isinstance(name, dict) else name,
        name_en=name.get("en", "") if isinstance(name, dict) else "",
        discipline=thing.get("keywords", ""),
        genre=str(thing.get("additionalType", "")).removeprefix(ARTSDATA),
        language=",".join(thing.get("inLanguage", [])),
        audience=(thing.get("audience") or {}).get("audienceType", ""),
        within=held,
        municipality=address.get("addressLocality", ""),
        postal_code=address.get("postalCode", ""),
        latitude=str(point.get("latitude", "")),
        longitude=str(point.get("longitude", "")),
        artsdata=str(thing.get("sameAs", "")).removeprefix(ARTSDATA),
    )


def _code(address: str) -> str:
    return address.removeprefix(_URN) if address.startswith(_URN) else ""


def _checked(row: Row, number: int) -> Row:
    """The row, unless a word of it is of no list or a coordinate no number: BadInput names the line and the column."""
    wrong = [
        name
        for name, known in (("kind", EntryKind), ("discipline", Discipline), ("audience", TargetAudience))
        if getattr(row, name) not in {"", *(one.value for one in known)}
    ]
    wrong += [name for name in ("kind", "name_fr") if not getattr(row, name)]
    wrong += [name for name, most in (("latitude", 90), ("longitude", 180)) if not _within(getattr(row, name), most)]
    wrong += ["longitude"] if bool(row.latitude) != bool(row.longitude) else []
    if wrong:
        raise BadInput(
            Text("Une ligne du répertoire ne se lit pas.", "A line of the directory cannot be read."),
            where=Text("Ligne {n}, colonne {name}.", "Line {n}, column {name}.").filled(n=number, name=wrong[0]),
            do=Text("Corriger cette case.", "Correct this cell."),
        )
    return row


def _within(value: str, most: int) -> bool:
    try:
        return not value or -most <= float(value) <= most
    except ValueError:
        return False


def _safe(value: str) -> str:
    """A cell that a spreadsheet takes for no formula; a negative number stays one."""
    if not value.startswith(_FORMULA) or _within(value, 180):
        return value
    return f"'{value}"
