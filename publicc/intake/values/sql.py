"""SQL expressions that turn a column of text into typed values, for DuckDB, without a Python call per row.

Each builder takes a column name of ours (`c3`, or `t.c3`) and a form, and gives an expression that is NULL for an empty
or unreadable cell; the raw cell stays where it is. Nothing that comes from a file enters the text of the expression but
strptime formats, zone names and words of forms, which are quoted.
"""

import re
from typing import Final

from publicc.intake.values.date_shapes import PLAIN_STEPS
from publicc.intake.values.forms import BooleanForm, Clock, DateForm, MoneyForm

DEFAULT_ZONE: Final = "America/Toronto"
_NAME: Final = re.compile(r"^(?:[a-z_][a-z0-9_]*\.)?[a-z_][a-z0-9_]*$")
_ODD_SPACES: Final = (0xA0, 0x202F, 0x2009)
"""Non-breaking, narrow non-breaking, thin."""


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(column: str) -> str:
    """A quoted column name. Raises ValueError for anything but a plain name."""
    if not _NAME.match(column):
        raise ValueError("not the name of a column")
    return ".".join(f'"{part}"' for part in column.split("."))


def sql_raw(column: str, *, as_is: bool = False) -> str:
    """The cell trimmed, odd spaces made plain, the guard before `= + - @` taken off; NULL when empty.

    Most cells need none of it: cheap tests pick those that do, which makes it ten times faster than treating all. In a
    column seen to have no such cell (`ColumnProfile.as_is`) it is the cell itself.
    """
    cell = identifier(column)
    if as_is:
        return cell
    plain = f"trim(translate({cell}, {' || '.join(f'chr({code})' for code in (9, *_ODD_SPACES))}, '    '))"
    guard_off = f"nullif(regexp_replace({plain}, '^''([=+@-])', '\\1'), '')"
    return f"CASE WHEN {_needs_trimming(cell)} THEN {guard_off} ELSE {cell} END"


def sql_needs_care(column: str) -> str:
    """BOOLEAN: whether `sql_text` may give anything but the cell itself."""
    cell = identifier(column)
    return f"{_needs_trimming(cell)} OR {_needs_composing(cell)} OR {_has_line_end(cell)}"


def _needs_trimming(cell: str) -> str:
    odd = " OR ".join(f"contains({cell}, chr({code}))" for code in _ODD_SPACES)
    return (
        f"{cell} < '!' OR ends_with({cell}, ' ') OR starts_with({cell}, '''') OR contains({cell}, chr(9)) "
        f"OR (strlen({cell}) <> length({cell}) AND ({odd}))"
    )


def _needs_composing(cell: str) -> str:
    return f"(strlen({cell}) <> length({cell}) AND regexp_matches({cell}, '[\\x{{300}}-\\x{{36f}}]'))"


def _has_line_end(cell: str) -> str:
    return f"contains({cell}, chr(10)) OR contains({cell}, chr(13))"


def sql_text(column: str, *, as_is: bool = False) -> str:
    """VARCHAR: the text as given, NFC, trimmed, line ends as spaces, guard taken off."""
    name = identifier(column)
    if as_is:
        return name
    cell = sql_raw(column)
    one_line = f"trim(replace(replace({cell}, chr(13), ' '), chr(10), ' '))"
    return (
        f"CASE WHEN {_has_line_end(name)} THEN nfc_normalize({one_line}) "
        f"WHEN {_needs_composing(name)} THEN nfc_normalize({cell}) ELSE {cell} END"
    )


def sql_identifier(column: str, *, as_is: bool = False) -> str:
    """VARCHAR: a code; `123.0`, which spreadsheets make of 123, gets its own form back."""
    cell = sql_raw(column, as_is=as_is)
    own_form = f"regexp_replace({cell}, '^(\\d+)\\.0$', '\\1')"
    return f"CASE WHEN contains({identifier(column)}, '.0') THEN {own_form} ELSE {cell} END"


def sql_email(column: str) -> str:
    """VARCHAR: lower case, without `mailto:`."""
    return f"regexp_replace(lower({sql_raw(column)}), '^mailto:', '')"


def sql_bool(column: str, form: BooleanForm, *, as_is: bool = False) -> str:
    """BOOLEAN by the words of the form; other words are NULL."""
    cell = f"lower({sql_raw(column, as_is=as_is)})"
    yes, no = (", ".join(map(quoted, words)) for words in (form.yes, form.no or ("",)))
    empty = f"WHEN {cell} IS NULL THEN false " if form.empty_is_no else ""
    return f"CASE {empty}WHEN {cell} IN ({yes}) THEN true WHEN {cell} IN ({no}) THEN false END"


def sql_integer(column: str, *, as_is: bool = False) -> str:
    """BIGINT: whole numbers, spaces between thousands and a void `.0` allowed."""
    cell, name = sql_raw(column, as_is=as_is), identifier(column)
    dressed = f"contains({name}, '.') OR contains({name}, ',') OR contains({cell}, ' ')"
    bare = f"regexp_replace(replace({cell}, ' ', ''), '[.,]0+$', '')"
    return f"CASE WHEN {dressed} THEN TRY_CAST({bare} AS BIGINT) ELSE TRY_CAST({cell} AS BIGINT) END"


def sql_number(column: str, form: MoneyForm, *, as_is: bool = False) -> str:
    """DECIMAL(18, 4), negative in parentheses or before a trailing minus; currency, percent and thousands taken off."""
    dressed = _dressed_number(sql_raw(column, as_is=as_is), form)
    name = identifier(column)
    if form.decimal == ",":
        bare = f"TRY_CAST(replace({name}, ',', '.') AS DECIMAL(18, 4))"
        return f"CASE WHEN contains({name}, '.') THEN {dressed} ELSE coalesce({bare}, {dressed}) END"
    bare = f"TRY_CAST({name} AS DECIMAL(18, 4))"
    return f"CASE WHEN contains({name}, ',') THEN {dressed} ELSE coalesce({bare}, {dressed}) END"


def _dressed_number(cell: str, form: MoneyForm) -> str:
    """A number with anything around it or inside it."""
    bare = f"translate({cell}, ' $€£%’''', '')"
    if form.currency and any(char.isalpha() for char in form.currency):
        bare = f"regexp_replace({bare}, '(?i)CAD|USD|EUR|CA|US|C|dollars?', '', 'g')"
    negative = f"({bare} LIKE '(%)' OR {bare} LIKE '%-')"
    digits = f"trim(translate({bare}, '()', ''), '-')"
    sign = f"CASE WHEN {negative} OR {bare} LIKE '-%' OR {bare} LIKE '(-%' THEN -1 ELSE 1 END"
    return f"(({sign}) * TRY_CAST({_plain_number(digits, form.decimal)} AS DECIMAL(18, 4)))"


def _plain_number(digits: str, decimal: str) -> str:
    """The digits with a point as decimal mark and nothing between thousands."""
    by_point = f"replace({digits}, ',', '')"
    by_comma = f"replace(replace({digits}, '.', ''), ',', '.')"
    if decimal == "either":
        return f"CASE WHEN regexp_matches({digits}, ',\\d{{1,2}}$|\\..*,') THEN {by_comma} ELSE {by_point} END"
    return by_comma if decimal == "," else by_point


def sql_money_cents(column: str, form: MoneyForm, *, as_is: bool = False) -> str:
    """BIGINT cents, half away from zero; NULL when unreadable."""
    return f"CAST(round({sql_number(column, form, as_is=as_is)} * 100) AS BIGINT)"


def sql_date(column: str, form: DateForm, *, zone: str = DEFAULT_ZONE) -> str:
    """DATE on the clock of `zone`; NULL when unreadable, and everywhere while the order of day and month is unknown."""
    return f"CAST({sql_datetime(column, form, zone=zone)} AS DATE)"


def sql_time(column: str, form: DateForm, *, as_is: bool = False) -> str:
    """TIME of a column of times."""
    return f"CAST({_parsed(_cell(column, form, as_is=as_is), form.formats, zoned=False)} AS TIME)"


def sql_datetime(
    column: str,
    form: DateForm,
    *,
    zone: str = DEFAULT_ZONE,
    time_column: str | None = None,
    time_form: DateForm | None = None,
    as_is: bool = False,
) -> str:
    """TIMESTAMP on the clock of `zone`; a date without time is its midnight.

    Offsets and UTC are converted; a local time without offset stays, but for the hour that does not exist in spring,
    which is one hour later (02:30 → 03:30). With `time_column` the time is taken there, not from the date column.
    """
    instant = _instant(column, form, zone, as_is=as_is)
    timed = form.has_time and form.clock is Clock.LOCAL and form.count_of is None
    if time_column is not None and time_form is not None:
        instant = f"(CAST({instant} AS DATE) + coalesce({sql_time(time_column, time_form)}, TIME '00:00:00'))"
        return _out_of_the_spring_gap(instant, zone)
    if not timed:
        return instant
    if form.in_words:
        return _out_of_the_spring_gap(instant, zone)
    gaps = {"T" if "T%" in template else " " for template in form.templates}
    hours = [hour for hour in (" 02", "T02", " 2") if hour[0] in gaps]
    around_two = " OR ".join(f"contains({identifier(column)}, '{hour}:')" for hour in hours)
    return f"CASE WHEN {around_two} THEN {_out_of_the_spring_gap(instant, zone)} ELSE {instant} END"


def _instant(column: str, form: DateForm, zone: str, *, as_is: bool) -> str:
    if form.count_of is not None:
        return _counted(column, form.count_of, zone)
    cell = _cell(column, form, as_is=as_is)
    plain = tuple(f for f in form.formats if "%z" not in f)
    zoned = tuple(f for f in form.formats if "%z" in f)
    local = _parsed(cell, plain, zoned=False)
    if form.clock is Clock.UTC:
        local = f"timezone({quoted(zone)}, timezone('UTC', {local}))"
    if not zoned:
        return local
    shifted = f"timezone({quoted(zone)}, {_parsed(cell, zoned, zoned=True)})"
    return f"coalesce({shifted}, {local})" if plain else shifted


def _counted(column: str, unit: str, zone: str) -> str:
    number = f"TRY_CAST({sql_raw(column)} AS DOUBLE)"
    if unit == "days":
        # Spreadsheets count days from 1899-12-30; half a second is added before cutting, their fractions are not exact.
        seconds = f"CAST(floor({number} * 86400 + 0.5) AS BIGINT)"
        return f"(TIMESTAMP '1899-12-30' + to_seconds({seconds}))"
    seconds = number if unit == "seconds" else f"{number} / 1000"
    return f"timezone({quoted(zone)}, to_timestamp({seconds}))"


def _cell(column: str, form: DateForm, *, as_is: bool) -> str:
    cell = sql_raw(column, as_is=as_is)
    if any("%f" in template for template in form.templates):
        cell = f"regexp_replace({cell}, '(\\.\\d{{6}})\\d+', '\\1')"
    if form.clock is Clock.OFFSET:
        cell = f"replace({cell}, 'Z', '+00:00')"
    if not form.in_words:
        return cell
    cell = f"lower(strip_accents({cell}))"
    for pattern, into in PLAIN_STEPS:
        cell = f"regexp_replace({cell}, {quoted(pattern)}, {quoted(into)}, 'g')"
    return f"trim({cell})"


def _parsed(cell: str, formats: tuple[str, ...], *, zoned: bool) -> str:
    if not formats:
        return f"CAST(NULL AS {'TIMESTAMP WITH TIME ZONE' if zoned else 'TIMESTAMP'})"
    return f"try_strptime({cell}, [{', '.join(map(quoted, formats))}])"


def _out_of_the_spring_gap(instant: str, zone: str) -> str:
    """A local time there and back: only those of the missing hour come back changed, one hour later."""
    return f"timezone({quoted(zone)}, timezone({quoted(zone)}, {instant}))"
