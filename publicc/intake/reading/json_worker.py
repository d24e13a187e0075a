"""Script of the sandbox: a JSON document → one CSV a table. Imports nothing of Public C.

Records are the items of the document's list; nested objects become dotted names (`name.fr`), language-tagged values
their language, lists of values one cell joined by ` | `. A list of objects with several of them in some record is a
child table whose rows repeat their record's own fields: positions of orders become one row a ticket, customer included.
"""

import csv
import json
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

WRAPPERS = ("results", "data", "items", "value", "records", "rows", "@graph", "graph")
REFERENCE = {"id", "type", "@id", "@type"}
JOIN = " | "
RARELY = 0.1
DEEPEST = 12


class TooManyColumns(Exception):
    """A table wider than allowed."""


class NotATable(Exception):
    """No list of objects anywhere."""


def main() -> None:
    """Read the request, cap this process, write the tables, answer."""
    request = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (request["memory"], request["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (request["cpu"], request["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (request["disk"], request["disk"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: dict[str, Any]
    try:
        records = records_of(parsed(Path(request["source"]).read_bytes()))
        answer = (
            {"tables": written(records, Path(request["out"]), request["columns"])}
            if records
            else {"refused": "no_rows"}
        )
    except TooManyColumns as problem:
        answer = {"refused": "too_many_columns", "found": problem.args[0]}
    except NotATable:
        answer = {"refused": "not_a_table"}
    except (MemoryError, OSError):
        answer = {"refused": "too_heavy"}
    except RecursionError:
        answer = {"refused": "not_a_table"}
    except ValueError:
        answer = {"refused": "damaged"}
    json.dump(answer, sys.stdout)


def parsed(content: bytes) -> Any:  # noqa: ANN401 (a document is what it says)
    """The document, numbers as they are written; JSON Lines when each line is one."""
    try:
        text = content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    text = text.removeprefix("\ufeff")
    try:
        return json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        return [json.loads(line, parse_float=str, parse_int=str) for line in lines]


def records_of(document: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """The records: the list itself, the list a page of answers carries, or the lone object."""
    for _ in range(2):
        if not isinstance(document, dict):
            break
        inner = next((document[k] for k in WRAPPERS if isinstance(document.get(k), list | dict)), None)
        if inner is None:
            return [document]
        document = inner
    if isinstance(document, dict):
        return [document]
    if not isinstance(document, list) or not all(isinstance(record, dict) for record in document):
        raise NotATable
    return document


def written(records: list[dict[str, Any]], out: Path, columns: int) -> list[dict[str, Any]]:
    """The table of the records, and one for each list that holds several objects in some record."""
    several = lists_of_objects(records)
    joined = {path for path, lengths in several.items() if sum(n > 1 for n in lengths) <= RARELY * len(lengths)}
    flat = [Flat(record, inline=joined) for record in records]
    tables = [table(out / "0.csv", "", flat, columns)]
    for number, path in enumerate((p for p, lengths in several.items() if max(lengths) > 1), start=1):
        rows = list(children(records, flat, path))
        tables.append(table(out / f"{number}.csv", path, rows, columns))
    return tables


def lists_of_objects(records: Iterable[dict[str, Any]]) -> dict[str, list[int]]:
    """Dotted names of the lists of objects, with their lengths in the records that have them."""
    found: dict[str, list[int]] = {}

    def walk(value: dict[str, Any], path: str) -> None:
        for key, inner in value.items():
            name = f"{path}.{key}" if path else key
            if isinstance(inner, dict):
                walk(inner, name)
            elif is_list_of_objects(inner):
                found.setdefault(name, []).append(len(inner))

    for record in records:
        walk(record, "")
    return found


def is_list_of_objects(value: Any) -> bool:  # noqa: ANN401
    """A list of objects that say more than one thing each: neither a text in several languages nor bare references."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) for item in value)
        and not all("@value" in item for item in value)
        and any(len(item) > 1 and not set(item) <= REFERENCE for item in value)
    )


class Flat(dict[str, str]):
    """A record as dotted names and texts. Lists of objects are taken in only where `inline` allows them."""

    def __init__(self, record: dict[str, Any], *, inline: set[str], prefix: str = "") -> None:
        super().__init__()
        self._inline = inline
        self._below = bool(prefix)
        self._take(record, prefix, 0)

    def _take(self, value: Any, name: str, depth: int) -> None:  # noqa: ANN401
        if depth > DEEPEST:
            raise RecursionError
        if isinstance(value, dict):
            self._take_object(value, name, depth)
        elif isinstance(value, list):
            if not is_list_of_objects(value) or (name in self._inline and not self._below):
                for item in value:
                    self._take(item, name, depth + 1)
        else:
            self._put(name, text_of(value))

    def _take_object(self, value: dict[str, Any], name: str, depth: int) -> None:
        if "@value" in value:
            language = value.get("@language")
            self._put(f"{name}.{language}" if language else name, text_of(value["@value"]))
            return
        for key, inner in value.items():
            self._take(inner, f"{name}.{key}" if name else str(key), depth + 1)

    def _put(self, name: str, text: str) -> None:
        self[name] = f"{self[name]}{JOIN}{text}" if self.get(name) else text


def children(records: list[dict[str, Any]], flat: list[Flat], path: str) -> Iterator[dict[str, str]]:
    """The objects of one list, each with the fields of its record."""
    for record, own in zip(records, flat, strict=True):
        value: Any = record
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        kept = {name: text for name, text in own.items() if not name.startswith(f"{path}.")}
        for item in value if is_list_of_objects(value) else []:
            yield {**kept, **Flat(item, inline=set(), prefix=path)}


def table(file: Path, part: str, rows: Sequence[dict[str, str]], columns: int) -> dict[str, Any]:
    """Write rows of named texts as CSV, columns in the order they appear."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(names) > columns:
        raise TooManyColumns(len(names))
    if not names:
        raise NotATable
    with file.open("w", newline="", encoding="utf-8", errors="replace") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([row.get(name, "") for name in names] for row in rows)
    return {"file": file.name, "part": part, "width": len(names), "header": names}


def text_of(value: Any) -> str:  # noqa: ANN401
    """A value as text: nothing for null, `true` and `false` as written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\0", "")


if __name__ == "__main__":
    main()
