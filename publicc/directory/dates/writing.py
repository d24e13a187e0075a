"""One's own planned dates as an iCalendar file that any calendar opens, and that can be brought back. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from publicc.directory.dates.openness import Openness
from publicc.directory.dates.reading import Planned
from publicc.kernel.later import later
from publicc.kernel.text import Lang
from publicc.kernel.vocabulary import Discipline

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = later("icalendar")

USUAL_LENGTH: Final = timedelta(hours=2)
_STATUS: Final = {Openness.HELD: "TENTATIVE", Openness.OFFERED: "TENTATIVE", Openness.ANNOUNCED: "CONFIRMED"}


def to_calendar(plans: Iterable[Planned], *, name: str, zone: str, lang: Lang) -> bytes:
    """The dates, in the organization's own time; all day when the hour is not known. Private: it is one's own file."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Public C//calendar//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for plan in plans:
        calendar.add_component(_event(plan, zone, lang))
    return bytes(calendar.to_ical())


def _event(plan: Planned, zone: str, lang: Lang) -> "icalendar.Event":
    event = icalendar.Event()
    event.add("uid", plan.key.removeprefix("id:"))
    event.add("summary", plan.title)
    event.add("dtstamp", datetime.combine(plan.on, time.min, UTC))
    if plan.at is None:
        event.add("dtstart", plan.on)
    else:
        begins = datetime.combine(plan.on, plan.at, ZoneInfo(zone))
        event.add("dtstart", begins)
        event.add("dtend", begins + USUAL_LENGTH)
    if plan.room:
        event.add("location", plan.room)
    if plan.discipline != Discipline.UNKNOWN.value:
        event.add("categories", [Discipline(plan.discipline).label.said(lang)])
    event.add("class", "PRIVATE")
    event.add("status", _STATUS[Openness(plan.openness)])
    for name, value in (("seats", plan.seats), ("openness", plan.openness), ("postal-code", plan.postal_code)):
        if value:
            event.add(f"x-publicc-{name}", str(value))
    return event
