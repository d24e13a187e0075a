"""Marks that people put in titles: read as suggestions, the title itself kept as it was written."""

from typing import Final

MARKS: Final = {
    "EXTRA": r"suppl[ée]mentaires?\b|\bsuppl\.|added (?:show|performance)|extra (?:show|performance)",
    "PREMIERE": r"premi[èe]re (?:mondiale|qu[ée]b|canad|nord|m[ée]dia)|premi[èe]re[ )!\]]*$|premiere\b|opening night",
    "CANCELLED": r"\bannul[ée]e?s?\b|\bcancell?ed\b",
    "RESCHEDULED": r"\breport[ée]e?s?\b|\brescheduled\b|nouvelle date|new date",
    "POSTPONED": r"\bpostponed\b|\bsuspendue?s?\b",
    "SOLD_OUT": r"\bcomplet\b|\bsold[ -]out\b",
    "TEST": r"^z+ test\b|\btest event\b|\b[ée]v[ée]nement test\b",
}
"""Mark → RE2 pattern, looked for whatever the capitals."""


def marks_sql(column: str) -> str:
    """SQL of the marks of a title, joined by spaces; NULL when it has none."""
    found = ", ".join(
        f"CASE WHEN regexp_matches({column}, '{pattern}', 'i') THEN '{mark}' END" for mark, pattern in MARKS.items()
    )
    return f"nullif(concat_ws(' ', {found}), '')"
