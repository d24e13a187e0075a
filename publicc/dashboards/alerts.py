"""What needs someone in an organization: shows selling under their band, a deposit overdue. Own rows only."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from publicc.dashboards.describing import staleness
from publicc.dashboards.page import DataTable, Value
from publicc.dashboards.screens.pace import BELOW_BAND
from publicc.dashboards.showing import show
from publicc.dashboards.wording import counted, on_day, words
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.store.snapshots import NoSnapshot

MOST_SHOWS: Final = 8
"""Performances told one by one; the page has them all."""
_PERFORMANCES: Final = (
    Text("représentation se vend", "performance sells"),
    Text("représentations se vendent", "performances sell"),
)

_DAYS: Final = (Text("jour", "day"), Text("jours", "days"))


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at: a sentence, its details, and the page where it is seen (`route`)."""

    title: Text
    details: tuple[Text, ...]
    route: str


def alerts_of(scope: OwnRows) -> tuple[Alert, ...]:
    """What needs someone now, the most pressing first; nothing before the first harmonisation."""
    try:
        pace = show(scope, "pace", {})
    except NoSnapshot:
        return ()
    overdue = staleness(pace)
    late = Alert(Text("Un dépôt est attendu.", "A deposit is due."), (overdue.words,), "deposits") if overdue else None
    return tuple(one for one in (late, _behind(pace.screen.table("coming"))) if one is not None)


def _behind(coming: DataTable | None) -> Alert | None:
    """Performances to come under their usual band, as *Rythme de vente* tells them, the latest first."""
    late = [row for row in coming.rows if row[3] == BELOW_BAND] if coming is not None else []
    if not late:
        return None
    title = Text("{n} moins vite que d'habitude.", "{n} slower than usual.")
    n = counted(len(late), *_PERFORMANCES)
    return Alert(title.filled(n=n), tuple(_told(row) for row in late[:MOST_SHOWS]), "pace")


def _told(row: tuple[Value, ...]) -> Text:
    name, on, days, sold = row[0], row[1], row[2], row[4]
    told = Text("{name}, {day}, dans {days}", "{name}, {day}, in {days}").filled(
        name=name,
        day=on_day(on) if isinstance(on, date) else Text("", ""),
        days=counted(int(days.value) if isinstance(days, Shown) else 0, *_DAYS),
    )
    if not isinstance(sold, Shown):
        return told
    return Text("{told} : {sold} vendu", "{told}: {sold} sold").filled(told=told, sold=words(sold, Unit.RATIO, 0))
