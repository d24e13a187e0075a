"""A report kept for good: its figures, words, definitions and look, so that it can be made again years later.

What is kept is the document itself, never a program: compressed JSON whose every part names one of a closed list of
types. Snapshots come and go; a document read back needs none of them.
"""

import base64
import dataclasses
import gzip
import json
from datetime import date
from decimal import Decimal
from enum import Enum
from numbers import Integral, Real
from typing import Any, Final

from publicc.dashboards.page import Chart, Column, DataTable, Mark, Notice, Tile
from publicc.kernel.cells import Shown, Unknown, UnknownReason, Withheld, WithheldReason
from publicc.kernel.errors import Broken
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.reports.document import Chapter, Document
from publicc.reports.letterhead import Letterhead
from publicc.reports.prose import Paragraph, Run

VERSION: Final = 1
_RECORDS: Final[dict[str, type[Any]]] = {
    one.__name__: one
    for one in (
        Document,
        Chapter,
        Chart,
        Column,
        DataTable,
        Mark,
        Notice,
        Tile,
        Paragraph,
        Run,
        Text,
        Shown,
        Unknown,
        Withheld,
    )
}
_LISTS: Final[dict[str, type[Enum]]] = {one.__name__: one for one in (Unit, UnknownReason, WithheldReason)}
_OF: Final = "_"


def kept(document: Document, letterhead: Letterhead) -> bytes:
    """A report and its look, to be kept. The same report is the same bytes."""
    look = {"colour": letterhead.colour, "logo": base64.b64encode(letterhead.logo).decode()}
    told = {"version": VERSION, "look": look, "document": _plain(document)}
    return gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def read_back(held: bytes) -> tuple[Document, Letterhead]:
    """What `kept` kept. Raises Broken for anything else."""
    try:
        told = json.loads(gzip.decompress(held))
        document = _made(told["document"])
        look = Letterhead(told["look"]["colour"], base64.b64decode(told["look"]["logo"]))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as problem:
        raise _damaged() from problem
    if not isinstance(document, Document):
        raise _damaged()
    return document, look


def _plain(value: object) -> Any:  # noqa: ANN401 - any value of JSON
    match value:
        case Enum():
            return {_OF: type(value).__name__, "is": value.value}
        case Decimal():
            return {_OF: "Decimal", "is": str(value)}
        case date():
            return {_OF: "date", "is": value.isoformat()}
        case tuple() | list():
            return [_plain(one) for one in value]
        case None | bool() | str() | Integral() | Real():
            return _bare(value)
        case _:
            fields = dataclasses.fields(value)  # type: ignore[arg-type]
            return {_OF: type(value).__name__} | {one.name: _plain(getattr(value, one.name)) for one in fields}


def _bare(value: object) -> object:
    """Words, a truth or a number as Python's own: those of an array have other types and the same value."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return str(value)
    return int(value) if isinstance(value, Integral) else float(value)  # type: ignore[arg-type]


def _made(told: Any) -> Any:  # noqa: ANN401 - any part of a document
    if isinstance(told, list):
        return tuple(_made(one) for one in told)
    if not isinstance(told, dict):
        return told
    name = told[_OF]
    if name == "Decimal":
        return Decimal(told["is"])
    if name == "date":
        return date.fromisoformat(told["is"])
    if name in _LISTS:
        return _LISTS[name](told["is"])
    return _RECORDS[name](**{field: _made(one) for field, one in told.items() if field != _OF})


def _damaged() -> Broken:
    return Broken(
        Text("Ce rapport gardé est endommagé.", "This kept report is damaged."),
        do=Text("Le reprendre d'une sauvegarde.", "Take it from a backup."),
    )
