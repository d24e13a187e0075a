"""Telephone numbers: ten digits for North America, `+` and the country code for others."""

from typing import Final

import phonenumbers

_DIGITS: Final = "regexp_replace(regexp_replace(lower({0}), '(p\\.|poste|post|ext|x|#).*$', ''), '[^0-9+]', '', 'g')"
_NORTH_AMERICAN: Final = "^(\\+?1)?([2-9][0-9]{2}[2-9][0-9]{6})"
_EVIDENT_FILLERS: Final = "^(012|123|098|987)|5555555$|0{5,}$|1234567$|5550[01][0-9]{2}$"


def north_american_sql(column: str) -> str:
    """SQL: the ten digits of the number in `column`; NULL when it is no North American number or an evident filler."""
    tidy = f"regexp_full_match({column}, '[0-9() .-]+')"
    digits = f"CASE WHEN {tidy} THEN translate({column}, '() .-', '') ELSE {_DIGITS.format(column)} END"
    ten = f"nullif(regexp_extract({digits}, '{_NORTH_AMERICAN}', 2), '')"
    return f"CASE WHEN {is_filler_sql(ten)} THEN NULL ELSE {ten} END"


def is_filler_sql(digits: str) -> str:
    """SQL: true when the ten digits are what one types to get past the field: 555-5555, 000-0000, 999-999-9999."""
    return f"(regexp_matches({digits}, '{_EVIDENT_FILLERS}') OR right({digits}, 7) = repeat(right({digits}, 1), 7))"


def foreign_number(raw: str) -> str | None:
    """`+33 1 42 68 53 00` → `+33142685300`; None when it is no possible number of any country but ours."""
    try:
        number = phonenumbers.parse(raw[:40], "CA")
    except phonenumbers.NumberParseException:
        return None
    if number.country_code == 1 or not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
