"""The class of each field that is kept: personal, pseudonymous or open. The list is `field_classes.toml`."""

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

_LIST: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


class FieldClass(StrEnum):
    """What a field says of people."""

    PERSONAL = "personal"
    PSEUDONYMOUS = "pseudonymous"
    OPEN = "open"


def class_of(place: str, table: str, field: str) -> FieldClass | None:
    """The class of a field of the `models`, a `vault`, a `linkage` or the `pool`; None when nobody classed it."""
    told = _LIST.get(place, {}).get(table, {})
    if "all" in told:
        return FieldClass(told["all"])
    return next((FieldClass(name) for name, fields in told.items() if field in fields), None)


def classed_fields(place: str) -> dict[str, set[str]]:
    """Table → the fields that the list names one by one: those that are no more must leave it."""
    return {
        table: {field for fields in told.values() if isinstance(fields, list) for field in fields}
        for table, told in _LIST[place].items()
    }
