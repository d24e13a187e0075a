"""Confidentiality incidents: recorded as the regulation asks, followed step by step, told in drafted notices.

Source: Regulation respecting confidentiality incidents (A-2.1, r. 3.1), s. 3 to 7. The hub tells each organization
without delay; each sees only the incidents that concern it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from publicc.collective.models import Incident, IncidentStep, Organization
from publicc.collective.states import IncidentDeed
from publicc.collective.trail import record
from publicc.kernel import formats
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Clock:
    """What an incident still waits for. `days`: since the hub knew."""

    days: int
    organizations_told: bool
    cai_told: bool
    persons_told: bool
    closed: bool
    serious: bool

    @property
    def waits_for(self) -> tuple[Text, ...]:
        """Who is still to be told, the most pressing first."""
        if self.closed:
            return ()
        told = [(self.organizations_told, _ORGANIZATIONS)]
        if self.serious:
            told += [(self.cai_told, _CAI), (self.persons_told, _PERSONS)]
        return tuple(words for done, words in told if not done)


_ORGANIZATIONS: Final = Text("aviser les organismes, sans délai", "notify the organizations, without delay")
_CAI: Final = Text("aviser la CAI, avec diligence", "notify the CAI, with diligence")
_PERSONS: Final = Text("aviser les personnes", "notify the persons")


def clock_of(incident: Incident, today: date) -> Clock:
    """What an incident waits for, seen from a day."""
    done = {one.deed for one in incident.steps.all()}
    return Clock(
        days=(today - incident.known_on).days,
        organizations_told=IncidentDeed.ORGANIZATIONS_TOLD in done,
        cai_told=IncidentDeed.CAI_TOLD in done,
        persons_told=bool(done & {IncidentDeed.PERSONS_TOLD, IncidentDeed.PUBLIC_NOTICE}),
        closed=IncidentDeed.CLOSED in done,
        serious=incident.serious,
    )


@transaction.atomic
def record_incident(*, by: Any, made: Incident, organizations: Iterable[Organization]) -> Incident:  # noqa: ANN401 - the user
    """Write an incident in the register. Raises BadInput for a day to come."""
    if made.known_on > timezone.localdate():
        raise BadInput(Text("Ce jour n'est pas encore venu.", "This day has not come yet."))
    year = made.known_on.year
    made.number = f"I{year}-{Incident.objects.filter(number__startswith=f'I{year}-').count() + 1:03d}"
    made.recorded_by_id = by.pk
    made.save(force_insert=True)
    concerned = list(organizations)
    made.organizations.set(concerned)
    for one in concerned:
        record(action="record_incident", actor=by, organization=one, object_id=made.number)
    return made


@transaction.atomic
def add_step(*, by: Any, incident: Incident, deed: IncidentDeed, on: date, words: str) -> None:  # noqa: ANN401 - the same
    """Note what was done. Raises BadInput for a day to come or before the incident was known."""
    if not incident.known_on <= on <= timezone.localdate():
        raise BadInput(
            Text("Ce jour est avant l'incident ou à venir.", "This day is before the incident, or to come."),
            do=Text("Choisir un jour depuis qu'il est connu.", "Choose a day since it is known."),
        )
    IncidentStep.objects.create(
        incident=incident, kind=deed.value, on=on, words=words.strip()[:600], recorded_by_id=by.pk
    )
    for one in incident.organizations.all():
        record(action="add_incident_step", actor=by, organization=one, object_id=incident.number)


def notice(incident: Incident, to: str, lang: Lang) -> str:
    """The draft of a notice, to be completed: `organization`, `cai` or `persons`."""
    told = {
        "number": incident.number,
        "known": formats.day(incident.known_on, lang),
        "happened": incident.happened,
        "data": incident.data,
        "circumstances": incident.circumstances,
        "persons": _UNKNOWN.said(lang) if incident.persons is None else formats.number(incident.persons, lang),
        "reasoning": incident.reasoning,
        "measures": incident.measures,
    }
    return "\n\n".join((NOTICES[to].said(lang), *(part.said(lang, **told) for part in _PARTS[to]))) + "\n"


_UNKNOWN: Final = Text("inconnu", "unknown")
NOTICES: Final = {
    "organization": Text("# Avis à l'organisme", "# Notice to the organization"),
    "cai": Text("# Avis à la Commission d'accès à l'information", "# Notice to the Commission d'accès à l'information"),
    "persons": Text("# Avis aux personnes concernées", "# Notice to the persons concerned"),
}
_WHAT: Final = Text("**Renseignements visés.** {data}", "**Information concerned.** {data}")
_HOW: Final = Text(
    "**Ce qui s'est passé** ({happened}). {circumstances}", "**What happened** ({happened}). {circumstances}"
)
_KNOWN: Final = Text("**Connu le** {known}. Incident {number}.", "**Known on** {known}. Incident {number}.")
_MANY: Final = Text("**Personnes touchées :** {persons}.", "**Persons affected:** {persons}.")
_RISK: Final = Text("**Risque de préjudice sérieux.** {reasoning}", "**Risk of serious injury.** {reasoning}")
_DONE: Final = Text("**Mesures prises.** {measures}", "**Measures taken.** {measures}")
_ADVICE: Final = Text(
    "**Ce que vous pouvez faire.** À compléter : mesures suggérées à la personne.",
    "**What you may do.** To complete: measures suggested to the person.",
)
_CONTACT: Final = Text(
    "**Pour en savoir plus.** À compléter : personne responsable et où la joindre.",
    "**To know more.** To complete: person in charge and where to reach them.",
)
_PARTS: Final = {
    "organization": (_KNOWN, _WHAT, _HOW, _MANY, _RISK, _DONE, _CONTACT),
    "cai": (_KNOWN, _WHAT, _HOW, _MANY, _RISK, _DONE, _CONTACT),
    "persons": (_WHAT, _HOW, _DONE, _ADVICE, _CONTACT),
}
