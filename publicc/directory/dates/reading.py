"""Planned dates out of a CSV or an iCalendar file: every line is good, or nothing is taken and the faults are told.

Pure. Columns are found by name, in French or English; a line is known again by its `id`, else by what it says.
"""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from publicc.directory.dates.openness import Openness
from publicc.directory.disciplines import discipline_of
from publicc.kernel import postal_codes
from publicc.kernel.errors import BadInput
from publicc.kernel.later import later
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = later("icalendar")

MOST_BYTES: Final = 5_000_000
MOST_DATES: Final = 5_000
MOST_SEATS: Final = 100_000
FIRST_YEAR, LAST_YEAR = 2000, 2099
_TOLD: Final = 10
"""Faults told at once."""
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "code", "identifiant", "uid"),
    "date": ("date", "jour", "day"),
    "time": ("heure", "time", "hour", "start"),
    "title": ("titre", "spectacle", "title", "show", "nom", "name"),
    "discipline": ("discipline", "genre"),
    "room": ("salle", "lieu", "room", "venue"),
    "postal_code": ("code postal", "postal code", "code_postal", "postal_code"),
    "seats": ("jauge", "places", "capacite", "seats", "capacity"),
    "openness": ("ouverture", "openness"),
}
_CLOCK: Final = re.compile(r"(\d{1,2})\s*(?:[:h]\s*(\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned date as it was given. `key` finds it again in the next file; an empty word was not said."""

    key: str
    title: str
    on: date
    at: time | None = None
    discipline: str = Discipline.UNKNOWN.value
    room: str = ""
    postal_code: str = ""
    seats: int | None = None
    openness: str = Openness.HELD.value


class _WrongLineError(Exception):
    """A line that cannot be taken, and why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def read_plans(content: bytes, openness: Openness, zone: str) -> tuple[Planned, ...]:
    """The dates of a file, by date; `openness` for those that say none, `zone` for the hours of an iCalendar file.

    Raises BadInput with every fault (the first ten in words) when a line cannot be taken.
    """
    if len(content) > MOST_BYTES:
        raise BadInput(Text("Le fichier dépasse 5 Mo.", "The file is over 5 MB."))
    rows = _of_calendar(content, openness, zone) if b"BEGIN:VCALENDAR" in content[:2000] else _of_csv(content, openness)
    good: dict[str, Planned] = {}
    faults: list[tuple[int, Text]] = []
    for number, row in rows:
        if isinstance(row, Planned):
            good[row.key] = row
        else:
            faults.append((number, row))
    if faults:
        raise _faulty(faults)
    if not good:
        raise BadInput(
            Text("Le fichier ne contient aucune date.", "The file holds no date."),
            do=Text("Vérifier que c'est le bon fichier.", "Check that it is the right file."),
        )
    if len(good) > MOST_DATES:
        raise BadInput(Text("Le fichier contient plus de 5 000 dates.", "The file holds more than 5,000 dates."))
    return tuple(sorted(good.values(), key=lambda one: (one.on, one.at or time.min, one.key)))


def _faulty(faults: list[tuple[int, Text]]) -> BadInput:
    lines = [Text("ligne {n} : {why}", "line {n}: {why}").filled(n=n, why=why) for n, why in faults[:_TOLD]]
    if len(faults) > _TOLD:
        lines.append(Text("et {n} autres", "and {n} more").filled(n=len(faults) - _TOLD))
    return BadInput(
        Text("Rien n'a été importé : des lignes sont à corriger.", "Nothing was imported: some lines are wrong."),
        found=Text("; ".join(one.fr for one in lines) + ".", "; ".join(one.en for one in lines) + "."),
        do=Text("Les corriger, puis importer le fichier de nouveau.", "Correct them, then import the file again."),
    )  # fmt: skip


def _of_csv(content: bytes, openness: Openness) -> Iterator[tuple[int, Planned | Text]]:
    told = _decoded(content)
    heading = told.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    lines = csv.reader(io.StringIO(told), delimiter=delimiter)
    columns = _columns(next(lines, []))
    missing = {"date", "title"} - set(columns)
    if missing:
        raise BadInput(
            Text("Il manque la colonne de la date ou du titre.", "The column of the date or of the title is missing."),
            do=Text(
                "Nommer les colonnes date, titre, et au besoin heure, discipline, salle, code postal, jauge.",
                "Name the columns date, title, and if needed time, discipline, room, postal code, seats.",
            ),
        )
    for number, line in enumerate(lines, 2):
        if any(cell.strip() for cell in line):
            yield number, _taken({name: line[at].strip() for name, at in columns.items() if at < len(line)}, openness)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _columns(heading: list[str]) -> dict[str, int]:
    given = {_plain(name): at for at, name in enumerate(heading)}
    return {
        column: next(given[name] for name in names if name in given)
        for column, names in _NAMES.items()
        if any(name in given for name in names)
    }


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.strip().casefold())
    return "".join(one for one in bare if not unicodedata.combining(one))


def _taken(row: Mapping[str, str], openness: Openness) -> Planned | Text:
    try:
        on, at = day_of(row.get("date", "")), clock_of(row.get("time", ""))
        title, room = _title(row.get("title", "")), row.get("room", "")[:200]
        return Planned(
            key=f"id:{row['id'][:100]}" if row.get("id") else key_of(on.isoformat(), str(at or ""), title, room),
            title=title,
            on=on,
            at=at,
            discipline=kind_of(row.get("discipline", "")),
            room=room,
            postal_code=code_of(row.get("postal_code", "")),
            seats=seats_of(row.get("seats", "")),
            openness=_openness(row.get("openness", ""), openness),
        )
    except _WrongLineError as problem:
        return problem.why


def _title(told: str) -> str:
    if not told:
        raise _WrongLineError(Text("aucun titre", "no title"))
    return told[:400]


def key_of(*told: str) -> str:
    """A digest of what makes it this date and no other, where no id was given."""
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:32]


def day_of(told: str) -> date:
    """`2027-03-05`; other forms are refused, since 05/03 may be two days."""
    try:
        found = date.fromisoformat(told)
    except ValueError:
        found = None
    if found is None or len(told) != len("2027-03-05"):
        raise _WrongLineError(Text("la date ne s'écrit pas AAAA-MM-JJ", "the date is not written YYYY-MM-DD"))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _WrongLineError(Text("l'année n'est pas plausible", "the year is not plausible"))
    return found


def clock_of(told: str) -> time | None:
    """`19:30`, `19 h 30`, `19h`; None when nothing is written, or midnight, which stands for an unknown hour."""
    if not told:
        return None
    found = _CLOCK.fullmatch(told.casefold().replace("\u00a0", " ").strip())
    try:
        at = time(int(found[1]), int(found[2] or 0)) if found else None
    except ValueError:
        at = None
    if at is None:
        raise _WrongLineError(Text("l'heure ne s'écrit pas 19:30", "the time is not written 19:30"))
    return None if at == time.min else at


def kind_of(told: str) -> str:
    """A discipline by its code or in words of the trade; `UNKNOWN` when nothing is written."""
    if not told:
        return Discipline.UNKNOWN.value
    if told.upper() in Discipline.__members__:
        return told.upper()
    named = next((one for one in Discipline if _plain(told) in {_plain(one.label.fr), _plain(one.label.en)}), None)
    found = named or discipline_of(told)
    if found is Discipline.UNKNOWN:
        raise _WrongLineError(Text("la discipline n'est pas reconnue", "the discipline is not recognized"))
    return found.value


def code_of(told: str) -> str:
    """A Canadian postal code without its space; empty when nothing is written."""
    if not told:
        return ""
    code = postal_codes.full_code(told)
    if code is None:
        raise _WrongLineError(Text("le code postal n'est pas valide", "the postal code is not valid"))
    return code


def seats_of(told: str) -> int | None:
    """A whole number of seats; None when nothing is written."""
    bare = told.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if not bare:
        return None
    if not (bare.isascii() and bare.isdecimal() and len(bare) <= 6 and 0 < int(bare) <= MOST_SEATS):
        raise _WrongLineError(Text("la jauge n'est pas un nombre de places", "the seats are no number of seats"))
    return int(bare)


def _openness(told: str, fallback: Openness) -> str:
    if not told:
        return fallback.value
    names = {_plain(word): one for one in Openness for word in (one.value, one.label.fr, one.label.en)}
    if _plain(told) not in names:
        raise _WrongLineError(
            Text("l'ouverture n'est pas HELD, OFFERED ou ANNOUNCED", "openness is not HELD, OFFERED or ANNOUNCED")
        )
    return names[_plain(told)].value


def _of_calendar(content: bytes, openness: Openness, zone: str) -> Iterator[tuple[int, Planned | Text]]:
    try:
        events = icalendar.Calendar.from_ical(_decoded(content)).walk("VEVENT")
    except ValueError as problem:
        raise BadInput(
            Text("Le calendrier ne se lit pas.", "The calendar cannot be read."),
            do=Text("L'exporter de nouveau en format iCalendar (.ics).", "Export it again as iCalendar (.ics)."),
        ) from problem
    for number, event in enumerate(events, 1):
        if str(event.get("STATUS", "")).upper() != "CANCELLED":
            yield number, _event(event, openness, zone)


def _event(event: "icalendar.cal.Component", openness: Openness, zone: str) -> Planned | Text:
    if "RRULE" in event or "RDATE" in event:
        return Text("l'événement se répète : donner chaque date", "the event repeats: give each date")
    try:
        on, at = _moment(event.decoded("DTSTART"), zone)
        kinds = event.get("CATEGORIES")
        words = [str(one) for one in kinds.cats] if isinstance(kinds, icalendar.vCategory) else []
        row = {
            "id": f"{event.get('UID', '')}{event.get('RECURRENCE-ID', '') and on}",
            "date": on.isoformat(),
            "time": at.strftime("%H:%M") if at else "",
            "title": str(event.get("SUMMARY", "")).strip(),
            "room": str(event.get("LOCATION", "")).strip(),
            "seats": str(event.get("X-PUBLICC-SEATS", "")),
            "openness": str(event.get("X-PUBLICC-OPENNESS", "")),
            "postal_code": str(event.get("X-PUBLICC-POSTAL-CODE", "")),
            "discipline": next((word for word in words if _is_kind(word)), ""),
        }
    except (KeyError, ValueError, AttributeError):
        return Text("la date de l'événement ne se lit pas", "the date of the event cannot be read")
    return _taken(row, openness)


def _is_kind(word: str) -> bool:
    try:
        return kind_of(word) != Discipline.UNKNOWN.value
    except _WrongLineError:
        return False


def _moment(start: date | datetime, zone: str) -> tuple[date, time | None]:
    if not isinstance(start, datetime):
        return start, None
    local = start.astimezone(ZoneInfo(zone)) if start.tzinfo else start
    return local.date(), local.time().replace(second=0, microsecond=0)
