"""Models for benchmark tables whose columns are not a box office's: what the room's own configuration looks like."""

from dataclasses import dataclass
from typing import Final

from publicc.harmonise.clean.civilities import BEFORE
from publicc.harmonise.linkage.group import LARGEST
from publicc.harmonise.linkage.levels import close, key, level, sound
from publicc.harmonise.linkage.model import Comparison, Frequency, Model


@dataclass(frozen=True)
class Table:
    """How a benchmark's file becomes cleaned records, and the model that links them."""

    records_sql: str
    model: Model
    largest: int = LARGEST
    """Rows of one group from which a join is held for review."""


def words(column: str) -> str:
    """SQL: lower case letters and digits only; NULL when nothing is left."""
    return f"nullif(regexp_replace(lower(strip_accents({column})), '[^a-z0-9]', '', 'g'), '')"


def plain_name(column: str) -> str:
    """SQL: a name without civilities before it; NULL when nothing else is there."""
    before = "|".join(
        sorted(BEFORE | {"lord", "lady", "baron", "baronet", "count", "earl", "captain", "major", "majgen"})
    )
    return f"nullif(regexp_replace(lower({column}), '^(\\s*({before}|[0-9]+(st|nd|rd|th))\\b\\.?)+\\s*', ''), '')"


def likeness(
    column: str,
    *,
    same: tuple[float, float, float, float],
    chance: float,
    long: int = 7,
    beside: str | None = None,
    told_by: str | None = None,
) -> Comparison:
    """A word compared as a name is: the same, a slip away, alike, different.

    `beside`: the column with which it may have been exchanged; `told_by`: the one that tells of such an exchange.
    """
    exact, slip, alike, different = same
    exchanged = (
        (level("exchanged", _exchanged(column, beside), same=alike, home=0.1, chance=chance**2),) if beside else ()
    )
    said_already = f" OR ({_exchanged(told_by, column)})" if told_by else ""
    return Comparison(
        column,
        absent=f"l.{column} IS NULL OR r.{column} IS NULL{said_already}",
        levels=(
            level("exact", f"l.{column} = r.{column}", same=exact, home=0.5, chance=chance, rarity=f"{column}_bits"),
            *exchanged,
            level("typing slip", close(f"l.{column}", f"r.{column}", long=long), same=slip, home=0.1, chance=chance),
            level(
                "alike",
                f"jaro_winkler_similarity(l.{column}, r.{column}) >= 0.85",
                same=alike,
                home=0.1,
                chance=5 * chance,
            ),
            level("different", "true", same=different, home=0.3, chance=1 - 7 * chance),
        ),
    )


def _exchanged(one: str, other: str) -> str:
    """Each of two columns holds what the other one holds on the other side, slips apart."""
    alike = "coalesce(jaro_winkler_similarity(l.{}, r.{}) >= 0.85, false)".format
    return f"{alike(one, other)} AND {alike(other, one)}"


def frequency(column: str, holder: str) -> Frequency:
    return Frequency(f"{column}_bits", column, holder)


USUAL: Final = (0.8, 0.1, 0.03, 0.07)

_FEBRL_FIELDS: Final = ("given", "surname", "street_number", "street", "place", "suburb", "postcode")

_BESIDE: Final = {"given": "surname", "street": "place"}
"""Columns that people, or programs, exchange: names, and lines of an address."""
_TOLD_BY: Final = {other: one for one, other in _BESIDE.items()}


def febrl(*, full: bool) -> Table:
    """FEBRL 3 and 4: by name and place only, or with the birth date and the number too."""
    extra = ("birth_date", "number") if full else ()
    fields = (*_FEBRL_FIELDS, *extra)
    chances = {"given": 0.01, "surname": 0.005, "street_number": 0.01, "suburb": 0.002, "postcode": 0.001}
    keys = [
        key("", "name", "least(given, surname)", "greatest(given, surname)"),
        key("", "given and postcode", "given", "postcode"),
        key("", "surname and postcode", "surname", "postcode"),
        key("", "given and suburb", "given", "suburb"),
        key("", "surname and suburb", "surname", "suburb"),
        key("", "street", "street_number", "street"),
        key("", "street and postcode", "street", "postcode"),
        key("", "street and suburb", "street", "suburb"),
        key("", "number and postcode", "street_number", "postcode"),
        key("", "number and suburb", "street_number", "suburb"),
        key("", "place and given", "place", "given"),
        key("", "place and surname", "place", "surname"),
        key("", "place and postcode", "place", "postcode"),
        key("", "place and number", "place", "street_number"),
        key("", "street and given", "street", "given"),
        key("", "street and surname", "street", "surname"),
        key("", "beginnings", "left(given, 3)", "left(surname, 3)", "left(suburb, 3)"),
        key("", "beginnings and postcode", "left(given, 1)", "left(surname, 2)", "postcode"),
        key("", "beginnings and street", "left(surname, 2)", "left(street, 3)", "street_number"),
        *(key("", column, column) for column in ("given", "surname", "street", "place", "postcode")),
        *([key("", "birth date", "birth_date"), key("", "social number", "number")] if full else []),
    ]
    return Table(
        records_sql=f"""SELECT CAST(row_number() OVER (ORDER BY unique_id) AS INTEGER) AS record_no, '' AS organization,
            unique_id AS customer_number, NULL::BIGINT AS input_row, 'INDIVIDUAL' AS buyer_kind,
            {words("given_name")} AS given, {words("surname")} AS surname, {words("street_number")} AS street_number,
            {words("address_1")} AS street, {words("address_2")} AS place, {words("suburb")} AS suburb,
            {words("postcode")} AS postcode, {words("date_of_birth")} AS birth_date, {words("soc_sec_id")} AS number
            FROM source""",
        model=Model(
            comparisons=tuple(
                likeness(f, same=USUAL, chance=chances.get(f, 0.0005), beside=_BESIDE.get(f), told_by=_TOLD_BY.get(f))
                for f in fields
            ),
            keys=tuple(keys),
            frequencies=tuple(frequency(f, "concat(given, surname, birth_date)") for f in fields),
            households=False,
        ),
    )


HISTORICAL: Final = Table(
    largest=19,  # a figure has ten records or so: more than that is for a person to look at
    records_sql=f"""SELECT CAST(row_number() OVER (ORDER BY unique_id) AS INTEGER) AS record_no, '' AS organization,
        unique_id AS customer_number, NULL::BIGINT AS input_row, 'INDIVIDUAL' AS buyer_kind,
        {words(f"split_part({plain_name('first_name')}, ' ', 1)")} AS given, {words("first_name")} AS all_given,
        {words(plain_name("surname"))} AS surname,
        dob AS birth_date, left(dob, 4) AS birth_year, {words("birth_place")} AS birth_place,
        {words("postcode_fake")} AS postcode, {words("split_part(postcode_fake, ' ', 1)")} AS district,
        {words("occupation")} AS occupation
        FROM source""",
    model=Model(
        comparisons=(
            likeness("given", same=(0.75, 0.1, 0.05, 0.1), chance=0.02),
            likeness("surname", same=(0.75, 0.12, 0.05, 0.08), chance=0.002, long=8),
            Comparison(
                "birth_date",
                absent="l.birth_date IS NULL OR r.birth_date IS NULL",
                levels=(
                    level(
                        "exact",
                        "l.birth_date = r.birth_date",
                        same=0.7,
                        home=0.5,
                        chance=0.0005,
                        rarity="birth_date_bits",
                    ),
                    level("typing slip", close("l.birth_date", "r.birth_date"), same=0.15, home=0.1, chance=0.003),
                    level("same year", "l.birth_year = r.birth_year", same=0.05, home=0.1, chance=0.006),
                    level("different", "true", same=0.1, home=0.3, chance=0.99),
                ),
            ),
            Comparison(
                "postcode",
                absent="l.postcode IS NULL OR r.postcode IS NULL",
                levels=(
                    level(
                        "exact", "l.postcode = r.postcode", same=0.6, home=0.5, chance=0.0005, rarity="postcode_bits"
                    ),
                    level("typing slip", close("l.postcode", "r.postcode"), same=0.05, home=0.1, chance=0.0005),
                    level("same district", "l.district = r.district", same=0.2, home=0.1, chance=0.002),
                    level("different", "true", same=0.15, home=0.3, chance=0.99),
                ),
            ),
            likeness("birth_place", same=(0.6, 0.05, 0.05, 0.3), chance=0.01),
            likeness("occupation", same=(0.7, 0.02, 0.03, 0.25), chance=0.05),
        ),
        keys=(
            key("", "name and birth date", "given", "surname", "birth_date", cap=60),
            key("", "surname and birth date", "surname", "birth_date", cap=60),
            key("", "given and birth date", "given", "birth_date", cap=60),
            key("", "birth date and postcode", "birth_date", "postcode", cap=60),
            key("", "birth date and place", "birth_date", "birth_place", cap=60),
            key("", "birth date and occupation", "birth_date", "occupation", cap=60),
            key("", "birth date", "birth_date", cap=60),
            key("", "surname and postcode", "surname", "postcode", cap=60),
            key("", "given and postcode", "given", "postcode", cap=60),
            key("", "postcode", "postcode", cap=60),
            key("", "name and birth year", "given", "surname", "birth_year", cap=60),
            key("", "name and district", "given", "surname", "district", cap=60),
            key("", "name and birth place", "given", "surname", "birth_place", cap=60),
            key("", "name and occupation", "given", "surname", "occupation", cap=60),
            key("", "full name", "all_given", "surname", cap=60),
            key("", "surname, year and district", "surname", "birth_year", "district", cap=60),
            key("", "surname and birth place", "surname", "birth_place", cap=40),
            key("", "surname and district", "surname", "district", cap=40),
            key("", "beginning of surname, year, district", "left(surname, 3)", "birth_year", "district", cap=40),
            key("", "given, year, district", "given", "birth_year", "district", cap=40),
            key("", "given, year, birth place", "given", "birth_year", "birth_place", cap=40),
            key("", "surname", "surname", cap=40),
            key("", "surname and birth year", "surname", "birth_year", cap=40),
            key("", "surname and occupation", "surname", "occupation", cap=40),
            key("", "surname and initial", "surname", "left(given, 1)", cap=40),
            key("", "given and birth place", "given", "birth_place", cap=40),
            key("", "beginning of surname and birth place", "left(surname, 4)", "birth_place", cap=40),
            key("", "birth year and birth place", "birth_year", "birth_place", cap=40),
            key("", "given and sound of surname", "given", sound("surname"), cap=40),
            key("", "day of the year and surname", "right(birth_date, 5)", "left(surname, 3)", cap=40),
            key("", "day of the year and given", "right(birth_date, 5)", "given", cap=40),
            key("", "district, occupation and year", "district", "occupation", "birth_year", cap=40),
        ),
        frequencies=(
            frequency("given", "concat(surname, birth_date)"),
            frequency("surname", "concat(given, birth_date)"),
            frequency("birth_date", "concat(left(given, 2), left(surname, 3))"),
            frequency("postcode", "concat(left(given, 2), left(surname, 3), birth_year)"),
            frequency("birth_place", "concat(given, surname, birth_date)"),
            frequency("occupation", "concat(given, surname, birth_date)"),
        ),
        households=False,
    ),
)
