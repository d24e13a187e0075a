"""Figures inside sentences, in both languages at once."""

from publicc.kernel.cells import Cell, Number, Shown
from publicc.kernel.formats import MINUS, Unit, cell_words, day, figure
from publicc.kernel.text import Text, count_form


def words(cell: Cell, unit: Unit, decimals: int | None = None) -> Text:
    """What a cell says: its figure, or why there is none."""
    return Text(cell_words(cell, unit, "fr", decimals), cell_words(cell, unit, "en", decimals))


def said(value: Number, unit: Unit, decimals: int | None = None) -> Text:
    """A bare figure in its unit."""
    return Text(figure(value, unit, "fr", decimals), figure(value, unit, "en", decimals))


def signed(value: Number, unit: Unit, decimals: int | None = None) -> Text:
    """A difference with its sign: `+12,3 %`, `−640`."""
    plain = said(value, unit, decimals)
    return plain if value < 0 or plain.fr.startswith(MINUS) else Text(f"+{plain.fr}", f"+{plain.en}")


def counted(n: int, one: Text, many: Text) -> Text:
    """`1 spectacle`, `12 spectacles`: the noun agrees with the number in each language."""
    number = said(n, Unit.COUNT)
    return Text(
        f"{number.fr}\u00a0{count_form(n, 'fr', one.fr, many.fr)}",
        f"{number.en}\u00a0{count_form(n, 'en', one.en, many.en)}",
    )


def on_day(when: object) -> Text:
    """A date in words."""
    return Text(day(when, "fr"), day(when, "en"))  # type: ignore[arg-type]


def shown_value(cell: Cell | None) -> Number | None:
    """The value when there is one to compare; None for withheld, unknown and absent."""
    return cell.value if isinstance(cell, Shown) else None
