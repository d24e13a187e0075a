"""Composing a report: begun, its blocks put in order, shared, copied, taken away and put back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from publicc.collective.access import Visitor, check_can_export
from publicc.collective.trail import record
from publicc.dashboards.models import SavedView
from publicc.kernel.errors import BadInput, BadUsage, NotAllowed, NotFound
from publicc.kernel.period import parse_period
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.reports.custom.blocks import VIEW, WORDS, Block, block_of
from publicc.reports.models import CustomReport
from publicc.reports.prose import LONGEST
from publicc.reports.recurring.times import Over

Person = AbstractBaseUser | AnonymousUser
MOST_BLOCKS: Final = 40
MOST_REPORTS: Final = 50
LONGEST_NAME: Final = 80
Change = Callable[[list[Block]], list[Block]]


def reports_for(who: Visitor, by: Person) -> list[CustomReport]:
    """A person's own composed reports in this organization and those shared there, by name."""
    found = CustomReport.objects.filter(organization=who.organization, removed_at=None)
    return list(found.filter(Q(author_id=by.pk) | Q(is_shared=True)).select_related("author"))


def report_of(who: Visitor, by: Person, number: UUID) -> CustomReport:
    """One that the person may see. Raises NotFound."""
    found = next((one for one in reports_for(who, by) if one.pk == number), None)
    if found is None:
        raise NotFound(Text("Ce rapport n'existe pas.", "There is no such report."))
    return found


def may_change(report: CustomReport, who: Visitor, by: Person) -> bool:
    """Its author may, and the director for a shared one."""
    return report.author_id == by.pk or (report.is_shared and who.role is UserRole.DIRECTOR)


def blocks_of(report: CustomReport) -> tuple[Block, ...]:
    """Its blocks, in order."""
    return tuple(block_of(one) for one in report.blocks)


@transaction.atomic
def begin(*, who: Visitor, by: Person, name: str, like: CustomReport | None = None) -> CustomReport:
    """A new report, empty or with the blocks of another. Raises NotAllowed, BadInput."""
    check_can_export(who)
    own = CustomReport.objects.filter(organization=who.organization, removed_at=None)
    if own.count() >= MOST_REPORTS:
        raise BadInput(
            Text(
                f"Il y a déjà {MOST_REPORTS} rapports sur mesure.", f"There are already {MOST_REPORTS} custom reports."
            ),
            do=Text("En retirer un d'abord.", "Remove one first."),
        )
    made = CustomReport(organization=who.organization, author_id=by.pk or 0, name=_name(name))
    if like is not None:
        made.blocks, made.over, made.with_before = like.blocks, like.over, like.with_before
    made.save(force_insert=True)
    record(action="compose_report", actor=by, organization=who.organization, object_id=str(made.pk))
    return made


@transaction.atomic
def settle(*, who: Visitor, by: Person, number: UUID, name: str, over: str, with_before: bool, shared: bool) -> None:
    """Name it, choose its period, say who finds it."""
    report = _to_change(who, by, number)
    report.name, report.over, report.with_before, report.is_shared = _name(name), _over(over), with_before, shared
    report.save()
    record(action="compose_report", actor=by, organization=who.organization, object_id=str(number))


@transaction.atomic
def change(*, who: Visitor, by: Person, number: UUID, how: Change) -> CustomReport:
    """Change its blocks, once; the change before can be gone back on."""
    report = _to_change(who, by, number)
    after = how(list(blocks_of(report)))
    if len(after) > MOST_BLOCKS:
        raise BadInput(
            Text(f"Un rapport a au plus {MOST_BLOCKS} blocs.", f"A report has at most {MOST_BLOCKS} blocks."),
            do=Text("En retirer d'abord.", "Remove some first."),
        )
    report.before, report.blocks, report.can_go_back = report.blocks, [one.as_json() for one in after], True
    report.save()
    record(action="compose_report", actor=by, organization=who.organization, object_id=str(number))
    return report


@transaction.atomic
def go_back(*, who: Visitor, by: Person, number: UUID) -> None:
    """Take the last change back; once more does it again."""
    report = _to_change(who, by, number)
    if report.can_go_back:
        report.before, report.blocks = report.blocks, report.before
        report.save()
        record(action="compose_report", actor=by, organization=who.organization, object_id=str(number))


@transaction.atomic
def remove(*, who: Visitor, by: Person, number: UUID) -> CustomReport:
    """Take it away; it can be put back."""
    report = _to_change(who, by, number)
    report.removed_at = timezone.now()
    report.save(update_fields=["removed_at"])
    record(action="remove_composed_report", actor=by, organization=who.organization, object_id=str(number))
    return report


@transaction.atomic
def restore(*, who: Visitor, by: Person, number: UUID) -> CustomReport:
    """Put back one that was taken away."""
    check_can_export(who)
    held = CustomReport.objects.filter(organization=who.organization, pk=number, removed_at__isnull=False).first()
    if held is None or not may_change(held, who, by):
        raise NotFound(Text("Ce rapport n'existe pas.", "There is no such report."))
    held.removed_at = None
    held.save(update_fields=["removed_at"])
    record(action="restore_composed_report", actor=by, organization=who.organization, object_id=str(number))
    return held


def adding(chosen: Sequence[Block]) -> Change:
    """A change that puts these at the end."""
    return lambda blocks: [*blocks, *chosen]


def words_block(written: str) -> Block:
    """A block of words. Raises BadInput for none or too many."""
    written = written.replace("\r\n", "\n").strip()
    if not 0 < len(written) <= LONGEST:
        raise BadInput(
            Text(f"Un texte a de 1 à {LONGEST} caractères.", f"A text has 1 to {LONGEST} letters."),
            do=Text("Écrire quelques phrases.", "Write a few sentences."),
        )
    return Block(WORDS, part=written, label=Text(_first(written), _first(written)))


def _first(written: str) -> str:
    line = written.lstrip("# ").partition("\n")[0]
    return line if len(line) <= 60 else f"{line[:59]}…"


def rewriting(at: int, written: str) -> Change:
    """A change of the words at a place."""
    return partial(_put, at=at, one=words_block(written))


def _put(blocks: list[Block], *, at: int, one: Block) -> list[Block]:
    if not 0 <= at < len(blocks) or blocks[at].kind != WORDS:
        raise _no_block()
    return [*blocks[:at], one, *blocks[at + 1 :]]


def moving(at: int, by: int) -> Change:
    """A change of place: one up (-1) or down (1)."""
    return partial(_moved, at=at, to=at + by)


def _moved(blocks: list[Block], *, at: int, to: int) -> list[Block]:
    if not (0 <= at < len(blocks) and 0 <= to < len(blocks)):
        raise _no_block()
    blocks[at], blocks[to] = blocks[to], blocks[at]
    return blocks


def dropping(at: int) -> Change:
    """A change without the block at a place."""
    return partial(_dropped, at=at)


def _dropped(blocks: list[Block], *, at: int) -> list[Block]:
    if not 0 <= at < len(blocks):
        raise _no_block()
    return [*blocks[:at], *blocks[at + 1 :]]


def view_of(report: CustomReport, number: str) -> SavedView | None:
    """A kept view that a report may hold: shared in its organization, or its author's own."""
    try:
        wanted = UUID(number)
    except ValueError:
        return None
    held = SavedView.objects.filter(organization_id=report.organization_id, pk=wanted)
    return held.filter(Q(is_shared=True) | Q(author_id=report.author_id)).first()


def view_block(view: SavedView) -> Block:
    """The block of a kept view."""
    return Block(VIEW, view.screen, str(view.pk), Text(view.name, view.name))


def _to_change(who: Visitor, by: Person, number: UUID) -> CustomReport:
    check_can_export(who)
    report = report_of(who, by, number)
    if not may_change(report, who, by):
        raise NotAllowed(
            Text("Ce rapport est celui d'une autre personne.", "This report is another person's."),
            do=Text("En faire une copie, et changer la copie.", "Make a copy, and change the copy."),
        )
    return report


def _name(written: str) -> str:
    name = " ".join(written.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput(
            Text(
                f"Le nom d'un rapport a de 1 à {LONGEST_NAME} caractères.",
                f"A report's name has 1 to {LONGEST_NAME} letters.",
            ),
            do=Text("Dire pour qui il est, comme « Comité de mai ».", "Say whom it is for, such as “May committee”."),
        )
    return name


def _over(written: str) -> str:
    if written in {one.value for one in Over}:
        return written
    try:
        parse_period(written)
    except BadUsage as problem:
        raise BadInput(
            Text("Cette période n'est pas offerte.", "This period is not offered."),
            do=Text("La choisir dans la liste.", "Choose it in the list."),
        ) from problem
    return written[:9]


def _no_block() -> BadInput:
    return BadInput(
        Text("Ce bloc n'est plus à cette place.", "This block is no longer in this place."),
        do=Text("Recharger la page.", "Reload the page."),
    )
