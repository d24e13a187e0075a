"""Entries out of the control database as rows, and rows of a file into it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from publicc.directory.exchange import Row
from publicc.directory.models import Entry
from publicc.directory.odcaf import Facility
from publicc.directory.states import EntryKind, EntryOrigin
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text


def rows() -> list[Row]:
    """Every listed entry, by code. What nobody confirmed stays here."""
    listed = Entry.objects.filter(is_listed=True, merged_into__isnull=True).select_related("within").order_by("id")
    return [
        Row(
            code=one.code,
            kind=one.kind,
            name_fr=one.name_fr,
            name_en=one.name_en,
            discipline=one.discipline,
            genre=one.genre,
            language=one.language,
            audience=one.audience,
            within=one.within.code if one.within else "",
            municipality=one.municipality,
            postal_code=one.postal_code,
            latitude="" if one.latitude is None else repr(one.latitude),
            longitude="" if one.longitude is None else repr(one.longitude),
            artsdata=one.artsdata,
        )
        for one in listed
    ]


@transaction.atomic
def take_rows(told: Iterable[Row]) -> tuple[int, int]:
    """Make or bring up to date the entries of a file, all or nothing; how many were made, how many changed.

    A row is the entry of its code, else the listed one of its kind, name and city, else a new one. Raises BadInput when
    a room or a part names a holder that is not there.
    """
    made = changed = 0
    for row in sorted(told, key=lambda row: row.kind == EntryKind.ROOM.value):
        entry = _entry_of(row) or Entry(origin=EntryOrigin.IMPORT.value)
        before = None if entry.pk is None else _facets(entry)
        _fill(entry, row)
        if row.within:
            entry.within = _holder(row.within)
        entry.is_listed = True
        entry.save()
        made += before is None
        changed += before is not None and before != _facets(entry)
    return made, changed


@transaction.atomic
def take_facilities(told: Iterable[Facility]) -> tuple[int, int]:
    """Make candidate venues of these houses: suggested where labels lead to them, listed once confirmed."""
    known = set(Entry.objects.filter(origin=EntryOrigin.ODCAF.value).values_list("origin_id", flat=True))
    whole = list(told)
    new = [
        Entry(
            kind=EntryKind.VENUE.value,
            name_fr=one.name,
            municipality=one.municipality,
            postal_code=one.postal_code,
            latitude=one.latitude if one.longitude is not None else None,
            longitude=one.longitude if one.latitude is not None else None,
            origin=EntryOrigin.ODCAF.value,
            origin_id=one.number,
        )
        for one in whole
        if one.number not in known
    ]
    Entry.objects.bulk_create(new, batch_size=500)
    return len(new), len(whole) - len(new)


def _entry_of(row: Row) -> Entry | None:
    if row.code:
        number = row.code[1:]
        found = Entry.objects.filter(pk=int(number), kind=row.kind).first() if number.isdecimal() else None
        if found is not None:
            return found.merged_into or found
    place = Q(municipality=row.municipality) if row.municipality else Q()
    same = Entry.objects.filter(place, kind=row.kind, name_fr=row.name_fr, is_listed=True, merged_into__isnull=True)
    return same.first()


def _holder(code: str) -> Entry:
    number = code[1:]
    found = Entry.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    if found is None:
        raise BadInput(
            Text("Une fiche est dans une autre qui n'existe pas.", "An entry is in another that does not exist."),
            found=Text("Code {code}.", "Code {code}.").filled(code=code),
            do=Text("Donner le code d'une fiche du répertoire.", "Give the code of an entry of the directory."),
        )
    return found


def _fill(entry: Entry, row: Row) -> None:
    entry.kind, entry.name_fr, entry.name_en = row.kind, row.name_fr[:400], row.name_en[:400]
    entry.discipline, entry.genre, entry.language = row.discipline, row.genre, row.language
    entry.audience, entry.municipality, entry.postal_code = row.audience, row.municipality, row.postal_code
    entry.latitude = float(row.latitude) if row.latitude else None
    entry.longitude = float(row.longitude) if row.longitude else None
    entry.artsdata = row.artsdata


def _facets(entry: Entry) -> tuple[object, ...]:
    return (
        entry.name_fr, entry.name_en, entry.discipline, entry.genre, entry.language, entry.audience, entry.within_id,
        entry.municipality, entry.postal_code, entry.latitude, entry.longitude, entry.artsdata, entry.is_listed,
    )  # fmt: skip
