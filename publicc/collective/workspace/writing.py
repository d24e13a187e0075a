"""Writing together: each save is a version; a save over another's is told, not lost; an undo is a version too."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from django.db import transaction
from django.utils import timezone

from publicc.collective.models import PartVersion, Project
from publicc.collective.trail import record
from publicc.collective.workspace.desk import Desk
from publicc.collective.workspace.words import Part
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.text import Text

LONGEST: Final = 20_000


class Overtaken(BadUsage):
    """Somebody wrote the same part in between."""

    def __init__(self, current: PartVersion) -> None:
        """`current`: what they wrote."""
        super().__init__(
            Text("{who} a écrit cette partie entre-temps.", "{who} wrote this part in the meantime.").filled(
                who=current.of
            ),
            do=Text(
                "Rien n'est perdu : réunir les deux textes ci-dessous, puis garder.",
                "Nothing is lost: bring the two texts below together, then keep.",
            ),
        )
        self.current = current


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a difference."""

    kind: Literal["same", "gone", "new"]
    words: str


def current_of(project: Project) -> dict[Part, PartVersion]:
    """The version in force of every part that was written."""
    found: dict[Part, PartVersion] = {}
    for one in PartVersion.objects.filter(project=project).select_related("by").order_by("number"):
        found[Part(one.part)] = one
    return found


def history_of(project: Project, part: Part) -> list[PartVersion]:
    """Every version of a part, the newest first."""
    return list(PartVersion.objects.filter(project=project, part=part.value).select_related("by"))


@transaction.atomic
def write(*, desk: Desk, part: Part, words: str, base: int) -> PartVersion | None:
    """Keep a new version of a part; None when nothing changed. `base`: the number of the version it was written over.

    Raises Overtaken when another was kept since, BadInput when it is too long.
    """
    desk.check_may_write()
    told = _clean(words)
    current = _locked(desk.project, part)
    if current is not None and current.words == told:
        return None
    if base != (current.number if current else 0):
        raise Overtaken(current) if current else BadInput(Text("Recharger la page.", "Load the page again."))
    return _kept(desk, part, told, current)


@transaction.atomic
def undo(*, desk: Desk, part: Part, number: int) -> PartVersion:
    """Take up the words of an earlier version again, as a new one. Raises BadInput when there is no such version."""
    desk.check_may_write()
    current = _locked(desk.project, part)
    wanted = PartVersion.objects.filter(project=desk.project, part=part.value, number=number).first()
    if current is None or wanted is None or wanted.number == current.number:
        raise BadInput(Text("Cette version n'existe pas.", "There is no such version."))
    return _kept(desk, part, wanted.words, current, restores=wanted.number)


def difference(before: str, after: str) -> tuple[Line, ...]:
    """The two texts line by line: what stayed, what went, what came."""
    old, new = before.splitlines(), after.splitlines()
    told: list[Line] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        told += _lines("same", old[a:b]) if kind == "equal" else [*_lines("gone", old[a:b]), *_lines("new", new[c:d])]
    return tuple(told)


def _lines(kind: Literal["same", "gone", "new"], words: Sequence[str]) -> list[Line]:
    return [Line(kind, one) for one in words]


def _clean(words: str) -> str:
    told = "\n".join(line.rstrip() for line in words.replace("\r\n", "\n").strip().split("\n"))
    if len(told) > LONGEST:
        raise BadInput(
            Text("Ce texte est trop long.", "This text is too long."),
            found=Text("{n} caractères; au plus {most}.", "{n} characters; {most} at most.").filled(
                n=len(told), most=LONGEST
            ),
            do=Text("En déposer le détail comme fichier.", "Bring its details as a file."),
        )
    return told


def _locked(project: Project, part: Part) -> PartVersion | None:
    """The version in force; whoever writes next waits for this one."""
    Project.objects.select_for_update().get(pk=project.pk)
    return PartVersion.objects.filter(project=project, part=part.value).order_by("-number").first()


def _kept(
    desk: Desk, part: Part, words: str, current: PartVersion | None, *, restores: int | None = None
) -> PartVersion:
    made = PartVersion.objects.create(
        project=desk.project,
        part=part.value,
        number=(current.number if current else 0) + 1,
        words=words,
        by_id=desk.person.pk,
        of=desk.name,
        at=timezone.now(),
        restores=restores,
    )
    action = "write_part" if restores is None else "undo_part"
    record(action=action, actor=desk.person, organization=desk.organization, object_id=f"{desk.project.pk} {part}"[:80])
    return made
