"""Script of the sandbox: a workbook → one CSV a sheet. Imports nothing of Public C.

Typed cells get their text back: whole numbers without decimals, dates in ISO form, TRUE and FALSE.
"""

import csv
import datetime as dt
import json
import resource
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError


def main() -> None:
    """Read the request, cap this process, write the tables, answer."""
    request = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (request["memory"], request["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (request["cpu"], request["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (request["disk"], request["disk"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = read(Path(request["source"]), Path(request["out"]), request["columns"])
    except PasswordError:
        answer = {"refused": "encrypted"}
    except (MemoryError, OSError):
        answer = {"refused": "too_heavy"}
    except (CalamineError, ValueError):
        answer = {"refused": "damaged"}
    json.dump(answer, sys.stdout)


def read(source: Path, out: Path, columns: int) -> dict[str, Any]:
    """Every sheet with more than a header, as CSV files in `out`."""
    workbook = CalamineWorkbook.from_path(source)
    tables = []
    for number, name in enumerate(workbook.sheet_names):
        sheet = workbook.get_sheet_by_name(name)
        start, end = sheet.start, sheet.end
        if start is None or end is None:
            continue
        width = end[1] + 1
        if width > columns:
            return {"refused": "too_many_columns", "found": width}
        file = out / f"{number}.csv"
        rows = write(sheet.iter_rows(), file, above=start[0], before=start[1])
        if rows > 1:
            tables.append({"file": file.name, "part": name, "width": width, "header": None})
    return {"tables": tables} if tables else {"refused": "no_rows"}


def write(rows: Iterable[list[Any]], file: Path, *, above: int, before: int) -> int:
    """Write the rows, with the empty rows above and columns before the used area; return how many hold something."""
    filled = 0
    with file.open("w", newline="", encoding="utf-8", errors="replace") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in padded(rows, above, before):
            texts = [text_of(cell) for cell in row]
            filled += any(texts)
            writer.writerow(texts)
    return filled


def padded(rows: Iterable[list[Any]], above: int, before: int) -> Iterable[list[Any]]:
    """Rows counted from the sheet's first row and column."""
    blank: list[Any] = []
    for row in rows:
        if not blank:
            blank = [""] * (before + len(row))
            yield from [blank] * above
        yield [*[""] * before, *row]


def text_of(cell: Any) -> str:  # noqa: ANN401 (a cell is what the sheet says)
    """The text a person would have typed."""
    if isinstance(cell, str):
        return cell.replace("\0", "")
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, dt.datetime):
        return (cell + dt.timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    main()
