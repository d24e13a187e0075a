"""What the cells of a column are, and how to turn them into dates, instants, amounts and answers.

A form is decided for a whole column, shown with its evidence, confirmed by a person where nothing settles it, and
applied by SQL expressions: the raw cell always stays beside the value that was read from it.
"""

from publicc.intake.values.cell_shapes import without_html
from publicc.intake.values.forms import (
    BooleanForm,
    Clock,
    ColumnProfile,
    DateForm,
    DayOrder,
    Kind,
    MoneyForm,
    Settled,
    TableProfile,
)
from publicc.intake.values.profiling import profile_table
from publicc.intake.values.sql import (
    sql_bool,
    sql_date,
    sql_datetime,
    sql_email,
    sql_identifier,
    sql_integer,
    sql_money_cents,
    sql_number,
    sql_raw,
    sql_text,
    sql_time,
)

__all__ = [
    "BooleanForm",
    "Clock",
    "ColumnProfile",
    "DateForm",
    "DayOrder",
    "Kind",
    "MoneyForm",
    "Settled",
    "TableProfile",
    "profile_table",
    "sql_bool",
    "sql_date",
    "sql_datetime",
    "sql_email",
    "sql_identifier",
    "sql_integer",
    "sql_money_cents",
    "sql_number",
    "sql_raw",
    "sql_text",
    "sql_time",
    "without_html",
]
