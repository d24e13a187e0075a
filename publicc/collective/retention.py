"""Retention: what is kept and how long is data; each room says what is due and removes it; every run leaves a proof.

The preview lists exactly what the run removes: both ask the same rule for the same day.
"""

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from publicc.collective.daily import ask_again
from publicc.collective.models import RetentionRun
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

_DEFAULT: Final = Path(__file__).with_name("retention.toml")


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing that is kept. `days` None: kept until what `until` says."""

    code: str
    what: Text
    deed: Text
    days: int | None
    until: Text | None


@dataclass(frozen=True, slots=True)
class Rule:
    """How one room knows and removes what is due. Both give the numbers or names of the things, in any order."""

    code: str
    due: Callable[[date, int], tuple[str, ...]]
    """(today, days kept) → what is over its time."""
    remove: Callable[[date, int], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Due:
    """One line of the schedule today: what is kept, and what the next run would remove."""

    kept: Kept
    things: tuple[str, ...]
    runs: bool


def schedule() -> tuple[str, tuple[Kept, ...]]:
    """The schedule in force and its version. Raises BadInput for a file laxer than the project's, or unreadable."""
    version, default = _read(_DEFAULT)
    if not settings.RETENTION_FILE:
        return version, default
    named, own = _read(Path(settings.RETENTION_FILE))
    longest = {one.code: one.days for one in default}
    for one in own:
        most = longest.get(one.code)
        if one.code not in longest or (most is not None and (one.days is None or one.days > most)):
            raise BadInput(
                Text("Un délai de conservation est plus long que permis.", "A retention time is longer than allowed."),
                where=Text(
                    f"Fichier {settings.RETENTION_FILE}, [{one.code}].",
                    f"File {settings.RETENTION_FILE}, [{one.code}].",
                ),
                do=Text("Le raccourcir, ou retirer ce passage.", "Shorten it, or remove this part."),
            )
    mine = {one.code: one for one in own}
    return named, tuple(mine.get(one.code, one) for one in default)


def preview(today: date) -> list[Due]:
    """Every line of the schedule, and what a run of that day would remove."""
    rules = _rules()
    return [
        Due(one, rules[one.code].due(today, one.days) if one.days and one.code in rules else (), one.code in rules)
        for one in schedule()[1]
    ]


@transaction.atomic
def run(today: date, *, by: Any = None) -> RetentionRun:  # noqa: ANN401 - the user model of the settings
    """Remove what is due, and keep the proof: counts, and a digest of the things removed."""
    version, kept = schedule()
    rules = _rules()
    gone = {one.code: rules[one.code].remove(today, one.days) for one in kept if one.days and one.code in rules}
    told = "\n".join(f"{code}:{thing}" for code in sorted(gone) for thing in sorted(gone[code]))
    made = RetentionRun.objects.create(
        at=timezone.now(),
        by_id=by.pk if by else None,
        version=version,
        removed={code: len(things) for code, things in gone.items()},
        digest=hashlib.sha256(told.encode()).hexdigest(),
    )
    record(action="run_retention", actor=by, organization=None, object_id=str(made.pk))
    return made


def _rules() -> Mapping[str, Rule]:
    found: list[Rule] = [import_string(name) for name in settings.RETENTION_RULES]
    return {one.code: one for one in found}


def _read(path: Path) -> tuple[str, tuple[Kept, ...]]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        version = str(told.pop("version"))
        return version, tuple(_kept(code, one) for code, one in told.items())
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as problem:
        raise BadInput(
            Text("Le calendrier de conservation ne se lit pas.", "The retention schedule cannot be read."),
            where=Text(f"Fichier {path.name}.", f"File {path.name}."),
            do=Text("Le corriger sur le modèle de retention.toml.", "Correct it after retention.toml."),
        ) from problem


def _kept(code: str, told: Mapping[str, Any]) -> Kept:
    days = told.get("days")
    until = Text(**told["until"]) if "until" in told else None
    return Kept(code, Text(**told["what"]), Text(**told["deed"]), int(days) if days is not None else None, until)


@task()
def run_daily() -> None:
    """Remove what is due, and again tomorrow."""
    start_running()


def start_running() -> None:
    """Remove what is due now; the next run is asked for. Called when a worker starts."""
    today = timezone.localdate()
    if any(one.things for one in preview(today)):
        run(today)
    ask_again(run_daily)
