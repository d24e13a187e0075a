"""Files of a project: their kind is read from their bytes, they are served as attachments and never shown."""

import hashlib
import re
from pathlib import PurePath
from typing import Final
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from publicc.collective.models import Project, ProjectFile
from publicc.collective.trail import record
from publicc.collective.workspace.desk import Desk
from publicc.kernel.errors import BadInput, BadUsage, NotAllowed, NotFound
from publicc.kernel.text import Text

LARGEST: Final = 10 * 1024 * 1024
MOST: Final = 50
_STARTS: Final = {
    ".pdf": b"%PDF-",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".pptx": b"PK\x03\x04",
    ".odt": b"PK\x03\x04",
    ".ods": b"PK\x03\x04",
    ".png": b"\x89PNG\r\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}
_TEXTS: Final = frozenset({".csv", ".txt"})
KINDS: Final = (*_STARTS, *sorted(_TEXTS))
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f/\\\\:*?\x22<>|]+")


def files_of(desk: Desk) -> list[tuple[ProjectFile, bool]]:
    """Every file of the project, and whether it is theirs to take away."""
    ours = desk.colleagues()
    found = desk.project.files.defer("content")
    return [(one, desk.may_write and (desk.is_hub or one.by_id in ours)) for one in found]


@transaction.atomic
def add_file(*, desk: Desk, file: File[bytes]) -> ProjectFile:
    """Bring a file. Raises BadInput when its kind, its size or its bytes are not what is taken."""
    desk.check_may_write()
    name = _named(file.name or "")
    if (file.size or 0) > LARGEST:
        raise BadInput(Text("Ce fichier dépasse 10 Mo.", "This file is over 10 MB."))
    content = file.read(LARGEST + 1)
    _check_content(name, content)
    Project.objects.select_for_update().get(pk=desk.project.pk)
    if desk.project.files.count() >= MOST:
        raise BadUsage(
            Text("Ce projet a déjà {n} fichiers.", "This project has {n} files already.").filled(n=MOST),
            do=Text("En retirer un.", "Remove one."),
        )
    made = ProjectFile.objects.create(
        project=desk.project,
        name=name,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        by_id=desk.person.pk,
        of=desk.name,
        at=timezone.now(),
    )
    record(action="add_project_file", actor=desk.person, organization=desk.organization, object_id=str(made.pk))
    return made


def taken(*, desk: Desk, number: UUID) -> ProjectFile:
    """A file of the project, to be downloaded: the trail tells. Raises NotFound."""
    found = _file(desk, number)
    record(action="export_project_file", actor=desk.person, organization=desk.organization, object_id=str(found.pk))
    return found


@transaction.atomic
def remove_file(*, desk: Desk, number: UUID) -> None:
    """Take a file away, for good: one that one's own organization brought, or any at the hub.

    Raises NotFound, NotAllowed for another organization's file.
    """
    desk.check_may_write()
    found = _file(desk, number)
    if not (desk.is_hub or found.by_id in desk.colleagues()):
        raise NotAllowed(
            Text("Un autre organisme a déposé ce fichier.", "Another organization brought this file."),
            do=Text("Lui demander de le retirer, ou au pôle.", "Ask it, or the hub, to remove it."),
        )
    record(action="remove_project_file", actor=desk.person, organization=desk.organization, object_id=str(found.pk))
    found.delete()


def _file(desk: Desk, number: UUID) -> ProjectFile:
    found = ProjectFile.objects.filter(pk=number, project=desk.project).first()
    if found is None:
        raise NotFound(Text("Ce fichier n'existe pas.", "This file does not exist."))
    return found


def _named(given: str) -> str:
    """The last part of a name, without what a system may read as something else."""
    name = _UNFIT.sub(" ", PurePath(given.replace("\\", "/")).name).strip(" .")
    if PurePath(name).suffix.lower() not in KINDS:
        raise BadInput(
            Text("Ce genre de fichier n'est pas pris ici.", "This kind of file is not taken here."),
            do=Text("Apporter {kinds}.", "Bring {kinds}.").filled(kinds=", ".join(one[1:] for one in KINDS)),
        )
    suffix = PurePath(name).suffix
    return f"{name[: 150 - len(suffix)].removesuffix(suffix)}{suffix}"


def _check_content(name: str, content: bytes) -> None:
    suffix = PurePath(name).suffix.lower()
    if not content:
        raise BadInput(Text("Ce fichier est vide.", "This file is empty."))
    held = b"\x00" not in content if suffix in _TEXTS else content.startswith(_STARTS[suffix])
    if not held:
        raise BadInput(
            Text(
                "Le contenu de ce fichier n'est pas celui que son nom annonce.",
                "The content of this file is not what its name says.",
            ),
            found=Text("Nom en {suffix}.", "Name in {suffix}.").filled(suffix=suffix),
            do=Text("L'enregistrer de nouveau dans ce format.", "Save it again in that format."),
        )
