"""What happens when somebody answers: begin, keep a page, finish, leave a contact. Each is one transaction."""

import hashlib
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Lang, Text
from publicc.store.sealing import Seal
from publicc.surveys.asking import Step, pruned, steps
from publicc.surveys.definition import Definition
from publicc.surveys.exchange import from_surveyjs
from publicc.surveys.invitations import invitation_number, spent_digest
from publicc.surveys.models import Link, OptIn, Response, SpentInvitation, Survey, Version, random_number
from publicc.surveys.pacing import MOST_A_DAY
from publicc.surveys.states import LinkKind, ResponseState, SurveyState, Suspicion
from publicc.surveys.tying import Invitation

_OF_A_LINK: Final = (
    "code", "kind", "is_kiosk", "survey__key", "survey__organization__slug", "survey__organization__name",
)  # fmt: skip
_LINK_SECONDS: Final = 30
_OF_A_RESPONSE: Final = ("token", "state", "day", "marks", "answers", "version__published_at")
LONGEST_SECONDS: Final = 24 * 3600
GRACE: Final = timedelta(days=1)
WISHES: Final = {
    "news": Text("Recevoir l'infolettre", "Receive the newsletter"),
    "draw": Text("Participer au tirage", "Enter the prize draw"),
    "panel": Text("Être invité à d'autres sondages", "Be invited to other surveys"),
}
"""What a contact may be left for; each is asked for by itself."""


@dataclass(frozen=True, slots=True)
class Answering:
    """A person answering: the response, the questionnaire it follows, its screens and the answers so far."""

    response: Response
    definition: Definition
    steps: tuple[Step, ...]
    answers: dict[str, Any]

    @property
    def is_done(self) -> bool:
        """Whether the person went to the end."""
        return self.response.state == ResponseState.DONE


def link_of(code: str) -> Link:
    """The link of an address, as it stood within the last half minute. Raises NotFound when there is none.

    Every page asks for it, and nothing of it changes from one page to the next but whether the survey is open, which is
    never read here (`newest_version`, `check_still_open`).
    """
    return _link_of(code, int(time.monotonic() // _LINK_SECONDS))


@lru_cache(maxsize=512)
def _link_of(code: str, period: int) -> Link:  # noqa: ARG001 - it renews what is kept
    held = Link.objects.select_related("survey__organization").only(*_OF_A_LINK)
    found = next(iter(held.filter(code=code)), None)
    if found is None:
        raise NotFound(Text("Cette page n'existe pas.", "This page does not exist."))
    return found


def newest_version(link: Link) -> Version | None:
    """What is asked now; None when the survey is closed or was never published."""
    if link.kind == LinkKind.IMPORT:
        return None
    versions = Version.objects.filter(survey=link.survey_id, survey__state=SurveyState.OPEN)
    return versions.only("survey", "consent", "published_at").order_by("-number").first()


def is_full(survey: Survey, *, is_invited: bool) -> bool:
    """Whether the survey took today all that it takes in a day: twice as much for people invited in person.

    Answers brought from elsewhere, which tell no language, are not counted against.
    """
    begun = survey.responses.filter(day=_today()).exclude(language="").count()
    return begun >= MOST_A_DAY * (2 if is_invited else 1)


@transaction.atomic
def begin(
    link: Link,
    lang: Lang,
    marks: Sequence[Suspicion] = (),
    *,
    tied_by: Invitation | None = None,
    version: Version | None = None,
) -> str:
    """Open a response to the newest version; what stands in the person's address from now on.

    `tied_by`: the invitation of someone who agreed that the response be tied to them. `version`: the newest one, where
    it was read already. Raises BadInput when the survey is closed.
    """
    version = version or newest_version(link)
    if version is None:
        raise closed()
    token = f"{secrets.token_hex(16)}-{int(time.time()):x}"
    number = random_number()
    made = Response.objects.create(
        id=number,
        token=_digest(token),
        survey=link.survey,
        version=version,
        link=link,
        state=ResponseState.BEGUN,
        day=_today(),
        language=lang,
        marks=[mark.value for mark in marks],
        answers=_seal(link).closed({}, number),
    )
    if tied_by is not None:
        tied_by.tie(made)
    return token


def answering(link: Link, token: str) -> Answering:
    """The response behind an address. Raises NotFound when it is not one of this link."""
    held = Response.objects.select_related("version").only(*_OF_A_RESPONSE)
    found = next(iter(held.filter(token=_digest(token), link=link)), None)
    if found is None:
        raise NotFound(Text("Cette page n'existe pas.", "This page does not exist."))
    definition, screens = asked_by(found.version)
    return Answering(found, definition, screens, _seal(link).opened(found.answers, found.pk))


def asked_by(version: Version) -> tuple[Definition, tuple[Step, ...]]:
    """What a version asks, and its screens."""
    return _asked(version.pk, version.published_at)


@lru_cache(maxsize=64)
def _asked(version_id: int, published_at: datetime) -> tuple[Definition, tuple[Step, ...]]:  # noqa: ARG001 - see below
    """What a version asks, read once in the life of a process: a version is never rewritten.

    The instant is in the key so that a number given again by a database that was put back is not taken for the former.
    """
    definition = from_surveyjs(Version.objects.values_list("definition", flat=True).get(pk=version_id))
    return definition, steps(definition)


def check_still_open(link: Link, response: Response) -> None:
    """Raise BadInput once the survey is closed, but for who began the same day or the day before."""
    is_late = response.day < _today() - GRACE
    if is_late and not Survey.objects.filter(pk=link.survey_id, state=SurveyState.OPEN).exists():
        raise closed()


def keep(link: Link, person: Answering, answers: dict[str, Any], lang: Lang) -> Answering:
    """Keep the answers of a page, beside those of the others: written before the person sees the next page."""
    check_still_open(link, person.response)
    seal, number = _seal(link), person.response.pk
    with transaction.atomic():
        sealed = Response.objects.select_for_update().values_list("answers", flat=True).get(pk=number)
        kept = {name: value for name, value in (seal.opened(sealed, number) | answers).items() if value is not None}
        Response.objects.filter(pk=number).update(answers=seal.closed(kept, number), language=lang)
    return replace(person, answers=kept)


def finish(link: Link, token: str, invitation: str = "") -> None:
    """Close the response: how long it took, what was asked in the end. A personal invitation is spent."""
    with transaction.atomic():
        person = answering(link, token)
        row = person.response
        if person.is_done:
            return
        row.state = ResponseState.DONE
        row.seconds = _seconds_since(token)
        row.answers = _seal(link).closed(pruned(person.definition, person.answers), row.pk)
        if invitation and not _spend(link, invitation):
            row.marks = [*row.marks, Suspicion.AGAIN.value]
        row.save(update_fields=["state", "seconds", "answers", "marks"])


@transaction.atomic
def leave_contact(link: Link, email: str, wishes: Sequence[str]) -> None:
    """Keep a contact for what was asked, nothing else. Raises BadInput for an address that is none, or no wish."""
    address = email.strip()
    chosen = [wish for wish in WISHES if wish in wishes]
    try:
        validate_email(address)
    except ValidationError as problem:
        raise BadInput(Text("Ce courriel n'en est pas un.", "This is not an e-mail address.")) from problem
    if not chosen:
        raise BadInput(Text("Cochez au moins une raison.", "Tick at least one reason."))
    number = random_number()
    sealed = Seal.of(link.survey.organization.slug, "contacts").closed({"email": address}, number)
    OptIn.objects.create(
        id=number, organization=link.survey.organization, month=_today().replace(day=1), wishes=chosen, contact=sealed
    )


def closed() -> BadInput:
    """The sentence of a survey that takes no answer any more."""
    return BadInput(
        Text("Ce sondage est fermé.", "This survey is closed."),
        do=Text("Merci de l'intérêt que vous y portez.", "Thank you for your interest."),
    )


def _spend(link: Link, invitation: str) -> bool:
    number = invitation_number(link.survey, invitation)
    if number is None:
        return True
    try:
        with transaction.atomic():
            SpentInvitation.objects.create(survey=link.survey, digest=spent_digest(link.survey, number))
    except IntegrityError:
        return False
    return True


def _seal(link: Link) -> Seal:
    return Seal.of(link.survey.organization.slug, "answers")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _seconds_since(token: str) -> int | None:
    """How long since the token was made: the hour stands in the person's address alone, never in a row."""
    passed = int(time.time()) - int(token.rpartition("-")[2], 16)
    return passed if 0 <= passed <= LONGEST_SECONDS else None


def _today() -> date:
    return timezone.localdate()
