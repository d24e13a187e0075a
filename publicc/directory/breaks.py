"""The hub's table of school and trade breaks: what holds now, and each change of it as a version that can come back."""

from datetime import date
from typing import Final

from django.db import transaction

from publicc.collective.access import Visitor, check_can_settle_directory
from publicc.collective.profiles import slug_of
from publicc.collective.trail import record
from publicc.directory.actions import Person
from publicc.directory.calendar import Rule, breaks_in, shipped_rules
from publicc.directory.models import BreaksVersion
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Text

KINDS: Final = {"school": Text("Congé scolaire", "School break"), "trade": Text("Métier", "Trade")}
LONGEST_DAYS: Final = 120
FIRST_YEAR, LAST_YEAR = 2000, 2099


def current_rules() -> tuple[tuple[Rule, ...], str]:
    """The rules that hold, and the version they are of; those that come with Public C, and no version, at first."""
    last = BreaksVersion.objects.first()
    return (tuple(last.rules), str(last.pk)) if last else (shipped_rules(), "")


@transaction.atomic
def add_break(
    *, who: Visitor, by: Person, name: Text, kind: str, area: str, first_on: date, last_on: date, source: str
) -> BreaksVersion:
    """Add a break of one year to the table. Raises BadInput when its days or its words do not hold."""
    check_can_settle_directory(who)
    if not name.fr.strip() or not name.en.strip() or kind not in KINDS:
        raise BadInput(
            Text("Le congé n'a pas de nom dans les deux langues.", "The break has no name in both languages."),
            do=Text("Écrire le nom en français et en anglais.", "Write the name in French and in English."),
        )
    plausible = FIRST_YEAR <= first_on.year <= last_on.year <= LAST_YEAR
    if not plausible or not 0 <= (last_on - first_on).days < LONGEST_DAYS:
        raise BadInput(
            Text("Les dates du congé ne se suivent pas.", "The days of the break do not follow."),
            do=Text("Donner le premier jour, puis le dernier, à 120 jours au plus.",
                    "Give the first day, then the last, 120 days later at most."),
        )  # fmt: skip
    rules, _ = current_rules()
    added: dict[str, object] = {
        "slug": slug_of(f"{name.fr} {area} {first_on}"), "fr": name.fr.strip()[:120], "en": name.en.strip()[:120],
        "kind": kind, "area": area.strip()[:80] or "QC", "from": first_on.isoformat(), "to": last_on.isoformat(),
        "source": source.strip()[:200] or "pôle",
    }  # fmt: skip
    kept = [dict(rule) for rule in rules if rule["slug"] != added["slug"]]
    return _keep(who, by, [*kept, added], f"+ {added['fr']} {first_on}")


@transaction.atomic
def remove_break(*, who: Visitor, by: Person, slug: str) -> BreaksVersion:
    """Take a break out of the table. Raises NotFound when it is not there."""
    check_can_settle_directory(who)
    rules, _ = current_rules()
    kept = [dict(rule) for rule in rules if rule["slug"] != slug]
    if len(kept) == len(rules):
        raise NotFound(Text("Ce congé n'est pas dans la table.", "This break is not in the table."))
    gone = next(rule for rule in rules if rule["slug"] == slug)
    return _keep(who, by, kept, f"− {gone['fr']}")


@transaction.atomic
def bring_back(*, who: Visitor, by: Person, version_id: int | None) -> BreaksVersion:
    """Make an earlier version hold again, as a new one; None: the table that comes with Public C. Raises NotFound."""
    check_can_settle_directory(who)
    if version_id is None:
        return _keep(who, by, [dict(rule) for rule in shipped_rules()], "= 0")
    told = BreaksVersion.objects.filter(pk=version_id).first()
    if told is None:
        raise NotFound(Text("Cette version n'existe pas.", "This version does not exist."))
    return _keep(who, by, told.rules, f"= {version_id}")


def _keep(who: Visitor, by: Person, rules: list[dict[str, object]], what: str) -> BreaksVersion:
    breaks_in(rules, FIRST_YEAR)  # a table that cannot be read is refused before it holds
    made = BreaksVersion.objects.create(author_id=by.pk, rules=rules, what=what[:200])
    record(action="set_breaks", actor=by, organization=who.organization, object_id=str(made.pk))
    return made
