"""Figures inside sentences, in both languages at once."""

from publicc.kernel.cells import Cell, Number, Shown
from publicc.kernel.formats import MINUS, Unit, cell_words, day, figure
from publicc.kernel.text import Text, count_form
from publicc.metrics.rules import wilson


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


_DAYS = (Text("jour", "day"), Text("jours", "days"))


def rate(cell: Shown) -> Text:
    """`46 % (entre 44 % et 48 %)`: a share with its 95 % interval; the share alone when its base is not known."""
    share = said(cell.value, Unit.RATIO, 0)
    if not cell.n:
        return share
    sure = wilson(float(cell.value), cell.n)
    return Text("{share} (entre {low} et {high})", "{share} (between {low} and {high})").filled(
        share=share, low=said(sure.low, Unit.RATIO, 0), high=said(sure.high, Unit.RATIO, 0)
    )


def days(value: float) -> Text:
    """`38 jours`."""
    return counted(round(value), *_DAYS)


def on_day(when: object) -> Text:
    """A date in words."""
    return Text(day(when, "fr"), day(when, "en"))  # type: ignore[arg-type]


def shown_value(cell: Cell | None) -> Number | None:
    """The value when there is one to compare; None for withheld, unknown and absent."""
    return cell.value if isinstance(cell, Shown) else None
