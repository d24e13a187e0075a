"""Tables drawn in the tests: one row a case, columns between bars."""


def drawn(table: str) -> list[tuple[str, ...]]:
    """Cells of the rows under the line of dashes; an empty cell is an empty string."""
    lines = [line for line in table.strip("\n").splitlines() if line.strip()]
    below = next(i for i, line in enumerate(lines) if set(line.strip()) <= set("-+")) + 1
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines[below:]]
