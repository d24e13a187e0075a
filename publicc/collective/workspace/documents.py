"""The reference document: what the parts say on a day, in both languages, which organizations approve one by one."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from publicc.collective.models import DocumentApproval, Organization, Project, ReferenceDocument
from publicc.collective.paper import Paper, Section, paper_pdf
from publicc.collective.row_wall import everyone
from publicc.collective.trail import record
from publicc.collective.workspace.desk import Desk, partners
from publicc.collective.workspace.words import Part
from publicc.collective.workspace.writing import current_of
from publicc.kernel.errors import BadUsage, NotAllowed, NotFound
from publicc.kernel.formats import day
from publicc.kernel.text import Lang, Text

_TITLE: Final = Text("{name} : document de référence", "{name}: reference document")
_LEDE: Final = Text("Version {v}, du {on}. Participent : {partners}.", "Version {v}, of {on}. Taking part: {partners}.")
_FOOTER: Final = Text("Version {v}, empreinte {d}", "Version {v}, digest {d}")
_EMPTY: Final = Text("Rien n'est encore écrit.", "Nothing is written yet.")


@dataclass(frozen=True, slots=True)
class Standing:
    """A document, who approved it and who has not yet."""

    document: ReferenceDocument
    approvals: tuple[DocumentApproval, ...]
    waiting: tuple[Organization, ...]


@everyone()  # whoever takes part reads who approved
def standing_of(project: Project) -> list[Standing]:
    """Every version, the newest first."""
    members, told = partners(project), []
    for one in ReferenceDocument.objects.filter(project=project).defer("pdf_fr", "pdf_en"):
        given = tuple(one.approvals.all())
        approved = {approval.organization_id for approval in given}
        told.append(Standing(one, given, tuple(member for member in members if member.pk not in approved)))
    return told


@transaction.atomic
def make_document(*, desk: Desk) -> ReferenceDocument:
    """Gather the parts into a new version. Raises NotAllowed but at the hub, BadUsage when nothing is new."""
    desk.check_may_write()
    if not desk.is_hub:
        raise NotAllowed(Text("Le pôle réunit le document.", "The hub gathers the document."))
    Project.objects.select_for_update().get(pk=desk.project.pk)
    words = {part: one.words for part, one in current_of(desk.project).items()}
    last = ReferenceDocument.objects.filter(project=desk.project).first()
    if not any(words.values()):
        raise BadUsage(_EMPTY, do=Text("Écrire au moins une partie.", "Write at least one part."))
    if last is not None and last.digest == _digest(desk.project, last.version, words):
        raise BadUsage(
            Text("Rien n'a changé depuis la version {v}.", "Nothing changed since version {v}.").filled(v=last.version)
        )
    version = (last.version if last else 0) + 1
    digest = _digest(desk.project, version, words)
    made = ReferenceDocument.objects.create(
        project=desk.project,
        version=version,
        made_at=timezone.now(),
        digest=digest,
        pdf_fr=paper_pdf(_paper(desk.project, version, words, lang="fr", digest=digest)),
        pdf_en=paper_pdf(_paper(desk.project, version, words, lang="en", digest=digest)),
    )
    record(action="make_document", actor=desk.person, organization=None, object_id=str(made.pk))
    return made


@transaction.atomic
def approve_document(*, desk: Desk, number: UUID, digest: str) -> DocumentApproval:
    """Approve the newest version in the organization's name. `digest`: of the words that were before the person.

    Raises NotAllowed but for a director, BadUsage for an older version, other words, or a second time.
    """
    if not desk.may_approve or desk.organization is None:
        raise NotAllowed(Text("Seule la direction engage l'organisme.", "Only the director commits the organization."))
    newest = ReferenceDocument.objects.filter(project=desk.project).defer("pdf_fr", "pdf_en").first()
    if newest is None or newest.pk != number or newest.digest != digest:
        raise BadUsage(
            Text("Une version plus récente est à approuver.", "A newer version is to be approved."),
            do=Text("La lire d'abord.", "Read it first."),
        )
    try:
        with transaction.atomic():
            made = DocumentApproval.objects.create(
                document=newest,
                organization=desk.organization,
                organization_name=desk.organization.name,
                by_id=desk.person.pk,
                at=timezone.now(),
                digest=newest.digest,
            )
    except IntegrityError as problem:
        raise BadUsage(
            Text("Votre organisme l'a déjà approuvé.", "Your organization approved it already.")
        ) from problem
    record(action="approve_document", actor=desk.person, organization=desk.organization, object_id=str(newest.pk))
    return made


def document_taken(*, desk: Desk, number: UUID) -> ReferenceDocument:
    """A document, to be downloaded: the trail tells. Raises NotFound."""
    found = ReferenceDocument.objects.filter(pk=number, project=desk.project).first()
    if found is None:
        raise NotFound(Text("Ce document n'existe pas.", "This document does not exist."))
    record(action="export_document", actor=desk.person, organization=desk.organization, object_id=str(found.pk))
    return found


def _digest(project: Project, version: int, words: dict[Part, str]) -> str:
    told = [project.name, version, [[part.value, words.get(part, "")] for part in Part]]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _paper(project: Project, version: int, words: dict[Part, str], *, lang: Lang, digest: str) -> Paper:
    names = ", ".join(one.name for one in partners(project)) or "–"
    return Paper(
        lang=lang,
        title=_TITLE.said(lang, name=project.name),
        lede=_LEDE.said(lang, v=version, on=day(timezone.localdate(), lang), partners=names),
        sections=tuple(
            Section(
                part.label.said(lang),
                tuple(words.get(part, "").split("\n")) if words.get(part) else (_EMPTY.said(lang),),
            )
            for part in Part
        ),
        footer=_FOOTER.said(lang, v=version, d=digest[:16]),
    )
