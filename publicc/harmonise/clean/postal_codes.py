"""Canadian postal codes, as SQL over a whole column; the form itself is `kernel.postal_codes`."""

from typing import Final

from publicc.kernel.postal_codes import DUMMY_CODES, PATTERN

_DIGIT_SLIPS: Final = ("OQDILS", "000115")
_DUMMIES: Final = ", ".join(f"'{code}'" for code in sorted(DUMMY_CODES))


def bare_sql(column: str) -> str:
    """SQL: upper case without anything but letters and digits."""
    return f"regexp_replace(upper(left({column}, 20)), '[^A-Z0-9]', '', 'g')"


def usable_sql(bare: str) -> str:
    """SQL: true when the bare code is a full code in use; `H0H0H0` is not."""
    return f"(regexp_full_match({bare}, '{PATTERN}') AND {bare} NOT IN ({_DUMMIES}))"


def foreign_sql(bare: str) -> str:
    """SQL: true when the bare code has the form of those of the United States, of Europe or of Australia."""
    return (
        f"(regexp_full_match({bare}, '[0-9]{{4,5}}|[0-9]{{9}}') AND {bare} <> repeat(left({bare}, 1), length({bare})))"
    )


def slips_mended_sql(bare: str) -> str:
    """SQL: the code with letters read as digits where a digit must stand: `H2XIY4` → `H2X1Y4`.

    A reading to be confirmed by the place.
    """
    wrong, right = _DIGIT_SLIPS
    return "||".join(
        f"translate(substr({bare}, {i}, 1), '{wrong}', '{right}')" if i % 2 == 0 else f"substr({bare}, {i}, 1)"
        for i in range(1, 7)
    )
